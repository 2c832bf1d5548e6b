"""From draft to quotas that count: versions, what managers say of each rep, publishing, the letters."""

from dataclasses import replace
from typing import Any

import pandas as pd
import streamlit as st

from spm.metrics.registry import Unit
from spm.planning.allocation.roster import person_key
from spm.planning.publishing import actions, changes, queries
from spm.planning.publishing.letter import Letter
from spm.planning.publishing.model import DRAFT, PUBLISHED, REVIEWED, Review, Version, open_reviews
from spm.reports.letter import html, pdf
from spm.ui import asking, saving, show, tables
from spm.ui.quota_plan import simulating, state
from spm.ui.quota_plan.state import Planning
from spm.ui.tables import Column

MARKS = {True: "✓ accepted", False: "✎ commented", None: "– nothing yet"}
NEXT = {DRAFT: "1 of 3 · draft", REVIEWED: "2 of 3 · reviewed", PUBLISHED: "3 of 3 · published"}


def draw(plan: Planning) -> None:
    """Save, review, publish, letters, and the versions that there are."""
    _save(plan)
    if not plan.versions:
        return
    version = _chosen(plan)
    quotas = queries.planned(asking.scene(), version.id)
    said = queries.reviews_of(asking.scene(), version.id)
    _changed(plan, version, quotas)
    with st.container(border=True):
        _review(version, quotas, said)
    with st.container(border=True):
        _letters(version)


def _save(plan: Planning) -> None:
    is_new = not plan.versions or state.is_worked_on(plan.period)
    with st.container(border=True):
        show.section("Save what stands above as a version")
        if not is_new:
            st.caption("Nothing has changed since the last version.")
        with st.container(horizontal=True, vertical_alignment="bottom"):
            _effective(plan)
            note = st.text_input("What is new in it", key=state.key_of("note"), width=420)
            number = plan.versions[-1].number + 1 if plan.versions else 1
            is_off = plan.found is None or not is_new or bool(plan.waiting)
            if st.button(f"Save as version {number}", type="primary", icon=":material/save:", disabled=is_off):
                saving.save(f"Version {number} is saved: it can be reviewed now.", _saved, plan, note)
        for sentence in state.of_months_before(plan):
            st.caption(show.plain(sentence))


def _effective(plan: Planning) -> None:
    """From which month on the quotas hold: a choice where the period has begun."""
    today, key = asking.scene().today, state.key_of("effective_on")
    if plan.baseline.months[0] > today:
        return
    is_held = bool(asking.answer(queries.kept_months, plan.period, today))
    first = min(plan.draft.effective_on, today.replace(day=1)) if is_held else plan.period.start
    months = [month for month in plan.baseline.months if month >= first]
    if len(months) < 2:
        return
    now = plan.draft.effective_on if plan.draft.effective_on in months else months[0]
    st.selectbox("In force from", months, months.index(now), format_func=lambda month: f"{month:%B %Y}", key=key, width=170,
                 help="Months before keep the quotas that hold now, if any.", on_change=_from, args=(plan, key))  # fmt: skip


def _from(plan: Planning, key: str) -> None:
    day = st.session_state[key]
    kept = queries.kept_months(asking.scene(), plan.period, day)
    state.work_on(plan.period, replace(plan.draft, effective_on=day, kept_months=kept))


def _saved(store: Any, author: Any, plan: Planning, note: str) -> None:
    assert plan.found is not None
    likely = simulating.odds_of(plan).probability
    draft = replace(state.ready(plan), scenario=plan.scenario.name)
    actions.save_plan(store, author, plan.baseline, draft, plan.found, likely, state.seed(), note)
    state.let_go(plan.period)


def _chosen(plan: Planning) -> Version:
    """The version in view, the latest where none is chosen."""
    numbers = [version.number for version in reversed(plan.versions)]
    named = {version.number: version.title + (f": {version.note}" if version.note else "") for version in plan.versions}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        number = st.selectbox("Version", numbers, format_func=lambda one: named[one], width=520,
                              key=f"version_{plan.period.label}_{len(numbers)}")  # fmt: skip
        version = next(one for one in plan.versions if one.number == number)
        if version is not plan.versions[-1]:
            st.button("Go on from this one", on_click=_go_on, args=(plan, version), type="tertiary")
    st.caption(NEXT[version.stage])
    return version


def _changed(plan: Planning, version: Version, quotas: pd.DataFrame) -> None:
    """What is different from another version: what was asked, the odds, who carries another quota."""
    others = {other.number: other for other in plan.versions if other is not version}
    if not others:
        return
    before = max((number for number in others if number < version.number), default=min(others))
    with st.expander(f"What changed from version {before} to version {version.number}", icon=":material/difference:"):
        if len(others) > 1:
            numbers = list(others)
            before = st.selectbox(
                "Against version", numbers, numbers.index(before), key=f"against_{version.id}", width=160
            )
        was = others[before]
        names = {person_key(int(row.person_id)): row.rep for row in quotas.itertuples()}
        found = changes.asked_changes(was.draft, version.draft, names, plan.currency)
        likely = changes.odds_change(was, version)
        for change in [*([likely] if likely else []), *found]:
            st.markdown(f"- {show.plain(change.sentence)}")
        rows = changes.quota_changes(queries.planned(asking.scene(), was.id), quotas)
        if rows.empty:
            st.caption("Nobody carries another quota.")
            return
        tables.table(rows, [
            Column("rep", "Rep", is_pinned=True), Column("before_cents", f"Version {was.number}", Unit.MONEY),
            Column("after_cents", f"Version {version.number}", Unit.MONEY), Column("change_cents", "Difference", Unit.MONEY),
            Column("change_share", "Change", "change"),
        ], f"changed_{was.id}_{version.id}", f"Quotas changed from version {was.number} to {version.number}")  # fmt: skip


def _go_on(plan: Planning, version: Version) -> None:
    state.work_on(plan.period, version.draft)
    state.turn_over()


def _review(version: Version, quotas: pd.DataFrame, said: dict[int, Review]) -> None:
    show.section(
        f"Version {version.number}, rep by rep",
        "A manager accepts or comments; when all are accepted it can be published.",
    )
    tables.table(_rows(quotas, said), [
        Column("team", "Team", width=150), Column("rep", "Rep", is_pinned=True),
        Column("amount_cents", "Quota", Unit.MONEY), Column("change", "On last year", "change"),
        Column("months_cents", "By month", "money trend", width=110), Column("said", "Review", width=130),
        Column("comment", "Comment", width=260), Column("by", "By", width=130),
    ], f"review_{version.id}", f"Quotas of version {version.number}")  # fmt: skip
    if version.stage == PUBLISHED:
        since = version.effective_on
        st.markdown(
            f":material/verified: Published: in force from {since.day} {since:%B %Y}. Attainment and pace go by these quotas."
        )
        return
    _say(version, quotas, said)
    missing = open_reviews(quotas["person_id"].tolist(), said)
    with st.container(horizontal=True, vertical_alignment="center"):
        if version.stage == DRAFT:
            if st.button("Take as reviewed", disabled=bool(missing), type="primary" if not missing else "secondary"):
                saving.save("Reviewed: it can be published now.", actions.finish_review, version.id)
            if missing:
                st.caption(f"{len(missing)} of {len(quotas)} not accepted yet.", width="content")
        elif st.button("Publish these quotas", type="primary", icon=":material/campaign:"):
            saving.save(
                f"Published: {len(quotas)} quotas count from {version.effective_on:%B %Y}.", actions.publish, version.id
            )


def _rows(quotas: pd.DataFrame, said: dict[int, Review]) -> pd.DataFrame:
    reviews = [said.get(int(person)) for person in quotas["person_id"]]
    last_year = pd.Series([facts["last_year_cents"] or None for facts in quotas["facts"]], dtype=float)
    return quotas.assign(
        team=[facts["team"] for facts in quotas["facts"]],
        change=quotas["amount_cents"].astype(float) / last_year - 1,
        said=[MARKS[review.is_accepted if review else None] for review in reviews],
        comment=[review.comment if review else "" for review in reviews],
        by=[review.author if review else "" for review in reviews],
    ).sort_values(["team", "rep"])


def _say(version: Version, quotas: pd.DataFrame, said: dict[int, Review]) -> None:
    """Accepting the quotas of one rep, of a team or of all, or commenting on them."""
    names = dict(zip(quotas["person_id"], quotas["rep"], strict=True))
    teams = sorted({facts["team"] for facts in quotas["facts"]})
    whom = st.selectbox("Whose quota", ["All", *teams, *sorted(names.values())], key=f"whom_{version.id}", width=300)
    meant = [
        int(person)
        for person, facts in zip(quotas["person_id"], quotas["facts"], strict=True)
        if whom in ("All", facts["team"], names[person])
    ]
    comment = st.text_input("Comment", key=f"comment_{version.id}_{len(said)}", width=420)
    with st.container(horizontal=True):
        count = f"{len(meant)} {'quota' if len(meant) == 1 else 'quotas'}"
        if st.button(f"Accept {count}", icon=":material/check:"):
            saving.save(f"{count} accepted.", actions.review, version.id, meant, True, comment)
        if st.button("Comment", icon=":material/edit:", disabled=not comment.strip()):
            saving.save(f"{count} commented on.", actions.review, version.id, meant, False, comment)


def _letters(version: Version) -> None:
    show.section("How your quota was set", "One letter a rep, from the numbers as they were saved.")
    letters = {letter.rep: letter for letter in queries.letters_of(asking.scene(), version)}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        rep = st.selectbox("Letter to", sorted(letters), key=f"letter_{version.id}", width=260)
        letter = letters[rep]
        _download("As HTML", lambda: html(letter).encode(), f"quota {rep} {letter.period}.html", "text/html")
        _download("As PDF", lambda: pdf([letter]), f"quota {rep} {letter.period}.pdf", "application/pdf")
        _download("All as PDF", lambda: pdf(list(letters.values())), f"quotas {letter.period}.pdf", "application/pdf")
    _preview(letter)


def _download(words: str, made: Any, name: str, kind: str) -> None:
    st.download_button(words, made, name, kind, icon=":material/download:", on_click="ignore")


def _preview(letter: Letter) -> None:
    with st.container(border=True):
        st.markdown(f"#### {show.plain(letter.title)}")
        st.caption(show.plain(letter.status))
        for sentence in letter.sentences:
            st.markdown(show.plain(sentence))
        for label, said in letter.steps:
            st.markdown(f"- {show.plain(label)}: **{show.plain(said)}**")
