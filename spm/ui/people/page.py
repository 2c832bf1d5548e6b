"""What the People page shows: everybody as they stand, the teams, and changing several people at once."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from spm.coaching.attention import queries as attention
from spm.metrics.queries import Scene
from spm.metrics.registry import Unit
from spm.metrics.wording import named
from spm.people import actions
from spm.people.roles import DEFAULT_ROLE, label_of
from spm.people.roster import HERE, LEFT, TO_COME, alike, roster, team_list
from spm.scorecards.versions.queries import roles_of
from spm.ui import asking, saving, show, tables
from spm.ui.tables import Column

PERSON = "person"
"""The name under which the link says whose panel is open: a person's id."""

TABS = ("Everybody", "Teams", "Change several", "Add someone")
TAB, SEVERAL = "people_tab", "people_several"
AS_IT_IS = "as it is"
MOST_NAMED = 4
FIRST, LAST = date(1990, 1, 1), date(2100, 12, 31)
DAY_FORMAT = "YYYY-MM-DD"
STANDINGS = {HERE: "Here now", LEFT: "Left", TO_COME: "To come"}

COLUMNS = (
    Column("rep", "Name", width=190),
    Column("role", "Role"),
    Column("team", "Team"),
    Column("manager", "Manager"),
    Column("since", "In this role since", "day", help="Empty: for as long as is known"),
    Column("started_on", "First day", "day"),
    Column("months", "Tenure, months", Unit.COUNT),
    Column("email", "E-mail"),
    Column("ended_on", "Last day", "day"),
)


def everybody() -> pd.DataFrame:
    """The list of everybody on the app's day, see `roster.roster`."""
    return asking.answer(_roster)


def opened() -> int | None:
    """Whose panel the link opens; None where it names nobody who is there."""
    text = st.query_params.get(PERSON, "")
    known = asking.scene().org.people["id"]
    return int(text) if text.isdecimal() and int(text) in set(known) else None


def answer(people: pd.DataFrame) -> None:
    """The headline: how many there are, in what."""
    here = people[people["standing"] == HERE]
    teams = here["team"].nunique()
    left_count = int((people["standing"] == LEFT).sum())
    sentence = _people(len(here)) + (f" in {teams} teams" if teams > 1 else "")
    parts = [f"{count} × {role.lower()}" for role, count in here["role"].value_counts().items()]
    gone = f"; {left_count} more have left" if left_count else ""
    show.headline(sentence, f"{', '.join(parts)}{gone}. As of {asking.scene().today:%-d %b %Y}.")


def worth_a_look(people: pd.DataFrame) -> None:
    """What somebody should decide: roles that no sheet said, and names that may be one person."""
    assumed = people[(people["is_role_assumed"] == True) & (people["standing"] == HERE)]  # noqa: E712  (None is neither)
    names = asking.scene().org.people.set_index("id")["rep"]
    pairs = asking.answer(_alike)[:3]
    if len(assumed):
        count = "1 person has" if len(assumed) == 1 else f"{len(assumed)} people have"
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            st.markdown(
                f":material/badge: **{count} no role in any sheet** and {'is' if len(assumed) == 1 else 'are'} "
                f"scored as {label_of(DEFAULT_ROLE).lower()}. Change it here.",
                width="stretch",
            )
            st.button("Give them a role", on_click=_choose_several, args=(list(assumed["person_id"]),))
    untold = asking.answer(attention.untold)
    if len(untold):
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            who = show.plain(named(untold["rep"].tolist(), MOST_NAMED))
            st.markdown(
                f":material/person_off: **No sheet has a deal, an order, a lead or an activity of {who}.** Scores count "
                "that as 0: whoever has left needs a last day, whoever sells nothing another role.",
                width="stretch",
            )
            st.button("Change it", on_click=_choose_several, args=(list(untold["person_id"]),))
    for first, second in pairs:
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            st.markdown(f":material/join: **{names[first]}** and **{names[second]}**: one person?", width="stretch")
            st.button("Look", key=f"alike_{first}_{second}", on_click=_open, args=(second,))


def table(people: pd.DataFrame) -> None:
    """Everybody; a click opens the person."""
    kinds = [standing for standing in STANDINGS if (people["standing"] == standing).any()]
    chosen = kinds
    if len(kinds) > 1:
        labels = [f"{STANDINGS[kind]} ({(people['standing'] == kind).sum()})" for kind in kinds]
        picked = st.pills("Who", labels, default=labels[0], selection_mode="multi", label_visibility="collapsed")
        chosen = [kind for kind, label in zip(kinds, labels, strict=True) if label in picked] or kinds
    kept = people[people["standing"].isin(chosen)]
    shown = kept.assign(
        role=[f"{role} (assumed)" if is_assumed else role
              for role, is_assumed in zip(kept["role"], kept["is_role_assumed"], strict=True)],
        months=[None if days is None else int(days / 30.4375) for days in kept["tenure_days"]],
    )  # fmt: skip
    columns = [column for column in COLUMNS if shown[column.name].notna().any()]
    tables.table(shown, columns, "people", "Everybody with role, team and manager", on_pick=_picked, file_name="people")


def teams(people: pd.DataFrame) -> None:
    """The teams from the top down, and the two forms that change them."""
    known = asking.scene().org.teams
    listed = team_list(people, known)
    if listed.empty:
        st.caption("There are no teams yet. A people sheet with a team or manager column brings them, or add one here.")
    with st.grid("auto", min_column_width=250, gap="small"):
        for team in listed.itertuples():
            with st.container(border=True, height="stretch", gap="small"):
                st.markdown(f"**{'↳ ' * bool(team.depth)}{team.team}**")
                place = (f"part of {team.below}" if team.below else "", f"led by {team.led_by}" if team.led_by else "")
                st.caption(" · ".join(part for part in place if part) or "at the top")
                st.markdown(_people(team.people_count))
                st.caption(team.roles or "nobody now")
    names: dict[int | None, str] = {None: "None: at the top", **dict(zip(known["id"], known["name"], strict=True))}
    left, right = st.columns(2)
    with left.form("team_new", clear_on_submit=True):
        st.markdown("**Add a team**")
        name = st.text_input("Name of the new team")
        above = st.selectbox("Part of", list(names), format_func=names.__getitem__, key="team_new_above")
        if st.form_submit_button("Add the team", type="primary"):
            saving.save(f"The team {name} was added.", actions.add_team, name, above)
    if listed.empty:
        return
    with right.container(border=True):
        st.markdown("**Rename or move a team**")
        team_id = st.selectbox("Team", list(names)[1:], format_func=names.__getitem__, key="team_edited")
        parent = known.set_index("id")["parent_id"][team_id]
        new = st.text_input("New name", names[team_id], key=f"team_name_{team_id}")
        others = [one for one in names if one != team_id]
        moved = st.selectbox("Part of", others, others.index(parent), format_func=names.__getitem__,
                             key=f"team_above_{team_id}")  # fmt: skip
        if st.button("Save the team", type="primary"):
            saving.save(f"The team {new} was saved.", actions.edit_team, team_id, new, moved)
        st.caption("A sheet that still uses the old name brings a team of that name back.")


def several(people: pd.DataFrame) -> None:
    """Role, team or manager of several people from a day on."""
    names = dict(zip(people["person_id"], people["rep"], strict=True))
    chosen = st.multiselect("Whom to change", list(names), format_func=names.__getitem__, key=SEVERAL,
                            placeholder="Choose people")  # fmt: skip
    with st.form("several"):
        change = {}
        for column, (name, options) in zip(st.columns(3), choices().items(), strict=True):
            options = {AS_IT_IS: "Leave as it is", **options}
            picked = column.selectbox(
                _TITLES[name], list(options), format_func=options.__getitem__, key=f"several_{name}"
            )
            if picked != AS_IT_IS:
                change[name] = picked
        left, right = st.columns([2, 1], vertical_alignment="bottom")
        when = left.radio("From when", ("For all their time", "From a day on"), horizontal=True)
        day = right.date_input("That day", asking.scene().today, FIRST, LAST, format=DAY_FORMAT)
        if st.form_submit_button("Save", type="primary"):
            if not chosen or not change:
                st.warning("Choose people, and what to change about them.", icon=":material/info:")
            else:
                start = day if when == "From a day on" else None
                saving.save(f"Changed: {_people(len(chosen))}.", actions.assign, chosen, change, start)


def newcomer() -> None:
    """The form that adds a person."""
    with st.form("newcomer"):
        left, right = st.columns(2)
        name = left.text_input("Name")
        key = right.text_input("The company’s own id", help="As the sheets write it; empty: the name means the person")
        email = left.text_input("E-mail")
        started_on = right.date_input("First day", None, FIRST, LAST, format=DAY_FORMAT)
        change = assignment_inputs("newcomer", {})
        if st.form_submit_button("Add", type="primary"):
            saving.save(f"{name} was added.", actions.add_person, name, key, change, email=email, started_on=started_on)


def choices() -> dict[str, dict[Any, str]]:
    """What role, team and manager can be: value → words."""
    org = asking.scene().org
    return {
        "role": {None: f"Not said: {label_of(DEFAULT_ROLE).lower()} (assumed)",
                 **{role: label_of(role) for role in asking.answer(roles_of)}},
        "team_id": {None: "No team", **dict(zip(org.teams["id"], org.teams["name"], strict=True))},
        "manager_id": {None: "Nobody", **dict(zip(org.people["id"], org.people["rep"], strict=True))},
    }  # fmt: skip


def assignment_inputs(key: str, now: dict[str, Any], without: int | None = None) -> dict[str, Any]:
    """Three pickers side by side that start at `now`; who is `without` can't be the manager. Returns what is chosen."""
    chosen = {}
    for column, (name, options) in zip(st.columns(3), choices().items(), strict=True):
        known = [value for value in options if name != "manager_id" or value is None or value != without]
        index = known.index(now.get(name)) if now.get(name) in known else 0
        chosen[name] = column.selectbox(
            _TITLES[name], known, index, format_func=options.__getitem__, key=f"{key}_{name}"
        )
    return chosen


_TITLES = {"role": "Role", "team_id": "Team", "manager_id": "Manager"}


def _people(count: int) -> str:
    return "1 person" if count == 1 else f"{count} people"


def close() -> None:
    """Back to the list."""
    st.query_params.pop(PERSON, None)


def _open(person_id: int) -> None:
    st.query_params[PERSON] = str(person_id)


def _picked(row: dict[str, Any]) -> None:
    _open(int(row["person_id"]))


def _choose_several(person_ids: Sequence[int]) -> None:
    st.session_state[SEVERAL] = list(person_ids)
    st.session_state[TAB] = TABS[2]


def _roster(scene: Scene) -> pd.DataFrame:
    return roster(scene.org.people, scene.org.assignments, scene.today)


def _alike(scene: Scene) -> list[tuple[int, int]]:
    return alike(scene.org.people)
