"""One person on the People page: assignments over time, details, leave, spellings, and the past."""

from typing import Any

import pandas as pd
import streamlit as st

from spm import charts
from spm.calendar import ONE_DAY
from spm.people import actions, queries
from spm.people.history import Names, assignment, days
from spm.people.leave.actions import add_leave, end_leave
from spm.people.merging.actions import merge_people
from spm.people.roles import label_of
from spm.people.roster import LEFT, TO_COME, alike, roster
from spm.ui import asking, menu, opening, saving, show, tables
from spm.ui.people import page
from spm.ui.people.page import DAY_FORMAT, FIRST, LAST
from spm.ui.tables import Column

TABS = ("Role and team", "Details", "Leave", "Other spellings", "History")
FROM_A_DAY = "Change it from a day on"


def panel(person_id: int) -> None:
    """Everything about one person."""
    row = _row(person_id)
    with st.container(horizontal=True, horizontal_alignment="distribute"):
        st.button("Everybody", on_click=page.close, type="tertiary", icon=":material/arrow_back:")
        if st.button("Scorecard", type="tertiary", icon=":material/monitoring:"):
            menu.go_to("rep", rep=row["rep"])
    saving.confirmation()
    show.headline(row["rep"], _standing(row))
    role, details, leave, spellings, past = st.tabs(TABS, key="person_tab", on_change="rerun")
    with role:
        _assignments(person_id, row["rep"])
    with details:
        _details(person_id)
    with leave:
        _leave(person_id, row["rep"])
    with spellings:
        _spellings(person_id, row["rep"])
    with past:
        _past(person_id, row["rep"])


def _row(person_id: int) -> dict[str, Any]:
    scene = asking.scene()
    one = scene.org.people[scene.org.people["id"] == person_id]
    return dict(roster(one, scene.org.assignments, scene.today).iloc[0])


def _standing(row: dict[str, Any]) -> str:
    """As in "Account executive (assumed), North, under Max Boss · 18 months · ana@x.com"."""
    role = f"{row['role']} (assumed)" if row["is_role_assumed"] else row["role"]
    place = ", ".join(part for part in (role, row["team"], f"under {row['manager']}" if row["manager"] else "") if part)
    months = f"{int(row['tenure_days'] / 30.4375)} months" if row["tenure_days"] else ""
    gone = f"left on {row['ended_on']:%-d %b %Y}" if row["standing"] == LEFT else ""
    coming = f"starts on {row['started_on']:%-d %b %Y}" if row["standing"] == TO_COME else ""
    return " · ".join(part for part in (place, months, gone, coming, row["email"]) if part)


def _assignments(person_id: int, rep: str) -> None:
    org = asking.scene().org
    known = org.assignments[org.assignments["person_id"] == person_id]
    names = Names(_by_id(org.teams, "name"), _by_id(org.people, "rep"))
    options: dict[Any, str] = {None: FROM_A_DAY}
    rows = []
    for row in known.to_dict("records"):
        said = {**row, "role": None if row["is_role_assumed"] else row["role"]}
        options[row["id"]] = f"Correct what is recorded: {assignment(said, names)}"
        role = label_of(row["role"]) + " (assumed)" * bool(row["is_role_assumed"])
        first_day = f"{row['starts_on']:%-d %b %Y}" if row["starts_on"] else "as long as is known"
        last_day = f"{row['ends_before'] - ONE_DAY:%-d %b %Y}" if row["ends_before"] else "further notice"
        rows.append((first_day, last_day, role, row["team"], row["manager"],
                     "a sheet" if pd.notna(row["source_id"]) else "here"))  # fmt: skip
    timeline = pd.DataFrame(rows, columns=["from", "until", "role", "team", "manager", "by"], dtype=object)
    columns = (Column("from", "From"), Column("until", "Until", help="The last day"), Column("role", "Role"),
               Column("team", "Team"), Column("manager", "Manager"), Column("by", "Said by"))  # fmt: skip
    _picture(known, rep)
    tables.table(timeline, columns, "assignments", f"Assignments of {rep}", is_downloadable=False)
    with st.container(border=True):
        st.markdown("**Change role, team or manager**")
        which = st.selectbox(
            "What do you want to do?", list(options), format_func=options.__getitem__, key=f"which_{person_id}"
        )
        now = org.on(person_id, asking.scene().today) if which is None else known.set_index("id").loc[which]
        start = asking.scene().today if which is None or now is None else now["starts_on"]
        until = None if which is None or now is None or not now["ends_before"] else now["ends_before"] - ONE_DAY
        change = page.assignment_inputs(f"assign_{person_id}_{which}", _said(now), person_id)
        left, right = st.columns(2)
        first = left.date_input("First day", start, FIRST, LAST, format=DAY_FORMAT, key=f"first_{person_id}_{which}",
                                help="Empty: for as long as is known")  # fmt: skip
        last = right.date_input("Last day", until, FIRST, LAST, format=DAY_FORMAT, key=f"last_{person_id}_{which}",
                                help="Empty: until the next change that is recorded, or further notice")  # fmt: skip
        if st.button("Save", type="primary", key=f"assign_{person_id}"):
            end = last + ONE_DAY if last else None
            saving.save(f"{rep}’s role and team were saved.", actions.assign, [person_id], change, first, end)


def _picture(known: pd.DataFrame, rep: str) -> None:
    """The assignments as bars; open ends reach to the first fact and to today."""
    scene = asking.scene()
    covered, today = scene.covered_span(), scene.today
    days_known = [day for day in (*known["starts_on"], *known["ends_before"], covered and covered.start, today) if day]
    first, last = min(days_known), max(*days_known, today + ONE_DAY)
    shown = pd.DataFrame(
        [
            {
                "team": row["team"] or "No team",
                "role": label_of(row["role"]) + " (assumed)" * bool(row["is_role_assumed"]),
                "manager": row["manager"] or "–",
                "start": (row["starts_on"] or first).isoformat(),
                "end": (row["ends_before"] or last).isoformat(),
                "days": days(row["starts_on"], row["ends_before"]) or "for as long as is known",
                "is_running": (row["starts_on"] or first) <= today < (row["ends_before"] or last),
            }
            for row in known.to_dict("records")
        ]
    )
    show.chart(shown, charts.assignments(), f"Roles and teams of {rep} over time")


def _said(now: pd.Series | None) -> dict[str, Any]:
    """The content of an assignment, an assumed role as None."""
    if now is None:
        return {}
    role = None if now["is_role_assumed"] else now["role"]
    return {"role": role, "team_id": _id(now["team_id"]), "manager_id": _id(now["manager_id"])}


def _details(person_id: int) -> None:
    person = asking.scene().org.people.set_index("id").loc[person_id]
    with st.form(f"details_{person_id}"):
        left, right = st.columns(2)
        name = left.text_input("Name", person["name"])
        email = right.text_input("E-mail", person["email"] or "")
        first = left.date_input("First day", person["started_on"], FIRST, LAST, format=DAY_FORMAT)
        last = right.date_input("Last day", person["ended_on"], FIRST, LAST, format=DAY_FORMAT,
                                help="The last day on which they count; empty: still here")  # fmt: skip
        st.caption(
            f"The sheets know this person as {person['key']}. A former name stays known, so that they still match."
        )
        if st.form_submit_button("Save", type="primary"):
            saving.save(f"{name} was saved.", actions.edit_person, person_id, name=name, email=email, started_on=first,
                        ended_on=last)  # fmt: skip


def _leave(person_id: int, rep: str) -> None:
    leaves = asking.scene().org.leaves
    known = leaves[leaves["person_id"] == person_id].sort_values("starts_on")
    st.caption(
        "On leave, additive targets shrink by the share of working days away. Quotas from a sheet stay as they are."
    )
    for row in known.itertuples():
        with st.container(border=True, horizontal=True, vertical_alignment="bottom"):
            share = "" if row.away_share == 1 else f", {row.away_share:.0%} away"
            st.markdown(f"**{days(row.starts_on, row.ends_before)}**{share}  \n{row.reason or 'No reason given'}")
            last = st.date_input(
                "Last day", row.ends_before - ONE_DAY, FIRST, LAST, format=DAY_FORMAT, key=f"end_{row.id}"
            )
            if st.button("Save", key=f"end_save_{row.id}"):
                saving.save(f"{rep}’s leave was saved.", end_leave, row.id, last)
            if st.button("Take away", key=f"end_away_{row.id}", type="tertiary"):
                day_before = row.starts_on - ONE_DAY
                saving.save(f"{rep}’s leave was taken away.", end_leave, row.id, day_before)
    with st.form(f"leave_{person_id}", clear_on_submit=True):
        st.markdown("**Add a leave**")
        left, right = st.columns(2)
        first = left.date_input("First day", asking.scene().today, FIRST, LAST, format=DAY_FORMAT)
        last = right.date_input("Last day", asking.scene().today, FIRST, LAST, format=DAY_FORMAT)
        percent = left.number_input("Away, % of the time", 1, 100, 100, 10)
        reason = right.text_input("Reason", placeholder="parental, illness, …")
        if st.form_submit_button("Add the leave", type="primary"):
            saving.save(f"{rep}’s leave was added.", add_leave, person_id, first, last, percent / 100, reason)


def _spellings(person_id: int, rep: str) -> None:
    org = asking.scene().org
    known = queries.spellings_of(opening.store(), person_id)
    if known:
        st.markdown("Sheets also mean this person by " + ", ".join(f"**{text}**" for text in known) + ".")
    else:
        st.caption("No sheet uses another name, id or e-mail for this person.")
    names = {other: name for other, name in _by_id(org.people, "rep").items() if other != person_id}
    near = [one if other == person_id else other for one, other in alike(org.people) if person_id in (one, other)]
    ordered = [*near, *(other for other in names if other not in near)]
    with st.container(border=True):
        st.markdown("**Merge with somebody**")
        st.caption(
            f"For one person under two spellings. {rep} stays; deals, orders, leads, activities, quotas and people of the "
            "other become theirs, and the other name is remembered for the next import. It can be undone under "
            "Settings › Changes."
        )
        other = st.selectbox("The other spelling", ordered, None, format_func=names.__getitem__, placeholder="Choose",
                             key=f"merge_{person_id}")  # fmt: skip
        if (
            st.button("Merge", type="primary", disabled=other is None, key=f"merge_do_{person_id}")
            and other is not None
        ):
            saving.save(f"{names[other]} is {rep} now.", merge_people, person_id, other)


def _past(person_id: int, rep: str) -> None:
    told = queries.past_of(opening.store(), person_id)
    columns = (Column("when", "When"), Column("author", "Who"), Column("what", "What"), Column("before", "From"),
               Column("after", "To"), Column("how", "How"))  # fmt: skip
    how = {"import": "import", "edit": "by hand"}
    shown = told.assign(
        when=told["made_at"].map(lambda at: f"{at:%-d %b %Y, %H:%M}"),
        how=[
            f"{how.get(kind, kind)} {number}" for kind, number in zip(told["kind"], told["change_set_id"], strict=True)
        ],
    )
    tables.table(shown, columns, "past", f"What changed about {rep}")


def _by_id(frame: pd.DataFrame, name: str) -> dict[int, str]:
    return dict(zip(frame["id"], frame[name], strict=True))


def _id(value: Any) -> int | None:
    return None if pd.isna(value) else int(value)
