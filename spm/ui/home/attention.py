"""What Home puts before a leader: what moved, who needs a look, who deserves praise, what waits for a decision."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

import pandas as pd
import streamlit as st

from spm.benchmarks.internal import queries as internal
from spm.calendar import ONE_DAY, Span
from spm.coaching.attention import queries as attention
from spm.coaching.attention.queries import Mover, Movers
from spm.intake import queries as intake
from spm.metrics import wording
from spm.metrics.queries import Question
from spm.metrics.registry import Unit
from spm.scorecards.queries import personal_of
from spm.ui import asking, filters, menu, opening, show
from spm.ui.benchmarks.page import INSIDE
from spm.ui.filters import View
from spm.ui.forecast import landing
from spm.ui.imports import inbox
from spm.ui.scorecards.page import AGREED

MOST = 4
FEW = 10  # a mean of so many is said in whole ones
SOON, LONG_AGO = timedelta(days=30), timedelta(days=365)


@dataclass(frozen=True)
class Decision:
    """Something that waits for a person, and the page where it is taken; of a page with tabs also which of them."""

    sentence: str
    page: str
    words: str
    tab: str = ""


def cards(view: View) -> None:
    """Short lists side by side, each as long as it is: signals only, never a rank."""
    moved = asking.answer(attention.moved_last_week, view.where)
    everyone = asking.answer(attention.reps_out_of_the_ordinary)
    reps = set(filters.reps(asking.scene(), view.team))
    theirs = [one for one in everyone.found if one.name in reps]
    months = {one.period.title for one in theirs}
    month = months.pop() if len(months) == 1 else "the last month"
    otherwise = f"Nobody: {month} was not {{}} than is normal for anyone."
    left, right = st.columns(2)
    with left:
        _moved(moved)
        with st.container(border=True):
            show.section("Who needs a look", f"Whose {month} was worse than is normal for them.")
            _people([one for one in theirs if not one.is_good], "look", otherwise.format("worse"))
        landing.alerts()
    with right:
        _waiting()
        with st.container(border=True):
            note = f"Whose {month} was better than is normal for them: no rank, a real improvement."
            show.section("Who deserves praise", note)
            _people([one for one in theirs if one.is_good], "praise", otherwise.format("better"))
    st.caption(
        f"Looked at: {everyone.series_count} numbers of reps, month by month. If nothing had changed at all, "
        f"{wording.about(everyone.by_luck_count)} would still look out of the ordinary."
    )


def _moved(moved: Movers) -> None:
    with st.container(border=True):
        show.section("What moved since last week", "Numbers of the last whole week outside what is normal for them.")
        if not moved.found:
            st.caption(f"Nothing: all {moved.series_count} numbers of the week are within what is normal.")
        for one in moved.found[:MOST]:
            st.markdown(_said(one))


def _waiting() -> None:
    with st.container(border=True):
        show.section("Waiting for a decision")
        decisions = waiting()
        if not decisions:
            st.caption("Nothing waits.")
        for decision in decisions:
            with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
                st.markdown(show.plain(decision.sentence), width="stretch")
                if st.button(decision.words, key=f"decide_{decision.page}_{decision.words}", type="tertiary",
                             icon=":material/arrow_forward:"):  # fmt: skip
                    menu.go_to(decision.page, **({f"{decision.page}_tab": decision.tab} if decision.tab else {}))


def waiting() -> list[Decision]:
    """What a person should decide: owners and roles that no sheet names, rows and files refused, targets that end or are old."""
    sheets = intake.imports(opening.store())
    found = (_owners(), _roles(), _untold(), _refused(sheets), _inbox(sheets), _quotas(), _targets(), _benchmarks())
    return [one for one in found if one]


def _owners() -> Decision | None:
    scene = asking.scene()
    period = scene.standing.opens_on
    booked = asking.values(Question("bookings", ("rep",), span=period))
    nobody = float(booked.loc[booked["rep"].isna(), "value"].sum())
    if not nobody:
        return None
    amount = show.number(nobody, scene.metric("bookings"))
    return Decision(f"{amount} of bookings in {period.title} have no owner.", "people", "Say whose")


def _roles() -> Decision | None:
    scene = asking.scene()
    known, today = scene.org.assignments, Span(scene.today, scene.today + ONE_DAY)
    there = set(scene.org.active(today)["person_id"])
    assumed = known[known["is_role_assumed"] & known["person_id"].isin(there)]["person_id"].nunique()
    if not assumed:
        return None
    return Decision(f"{_people_count(assumed)} without a role in the sheets.", "people", "Give roles")


def _untold() -> Decision | None:
    untold = asking.answer(attention.untold)
    if untold.empty:
        return None
    names = wording.named(untold["rep"].tolist(), MOST)
    return Decision(
        f"No sheet has a deal or an activity of {names}; scores count that as 0.", "people", "See who they are"
    )


def _refused(sheets: pd.DataFrame) -> Decision | None:
    refused = sheets[(sheets["refused_count"] > 0) & sheets["undone_in"].isna()]
    if refused.empty:
        return None
    rows = int(refused["refused_count"].sum())
    return Decision(f"{rows:,} rows of {len(refused)} sheets were refused.", "imports", "See why")


def _inbox(sheets: pd.DataFrame) -> Decision | None:
    asides = inbox.missing(sheets)
    names = {name for aside in asides for name in aside.file_names}
    if not names:
        return None
    return Decision(
        f"The inbox refused {min(names) if len(names) == 1 else f'{len(names)} files'}.", "imports", "See it"
    )


def _quotas() -> Decision | None:
    scene = asking.scene()
    quotas = scene.covered_span(["quota"])
    if not quotas or quotas.end > scene.today + SOON:
        return None
    verb = "end" if quotas.last_day >= scene.today else "ended"
    return Decision(f"Quotas {verb} on {quotas.last_day:%-d %b %Y}.", "upload", "Bring the next")


def _targets() -> Decision | None:
    """Targets agreed with one person, of which the last day is near."""
    today, people = asking.scene().today, asking.scene().org.people
    agreed = asking.answer(personal_of).overrides.values()
    ending = [one for own in agreed for one in own if today < one.ends_before <= today + SOON]
    if not ending:
        return None
    names = sorted(people.loc[people["id"].isin([one.person_id for one in ending]), "rep"])
    until = max(one.ends_before for one in ending) - ONE_DAY
    sentence = f"Targets agreed with {wording.named(names, MOST)} end by {until:%-d %b %Y}."
    return Decision(sentence, "scorecards", "Agree on the next", tab=AGREED)


def _benchmarks() -> Decision | None:
    """Benchmarks of the company's own people that were pinned long ago."""
    pinned, today = asking.answer(internal.pinned), asking.scene().today
    old = {row.metric for row in pinned.itertuples() if row.pinned_on < today - LONG_AGO}
    if not old:
        return None
    what = "one metric" if len(old) == 1 else f"{len(old)} metrics"
    return Decision(f"Benchmarks of {what} were pinned more than a year ago.", "benchmarks", "Pin them anew",
                    tab=INSIDE)  # fmt: skip


def _people(movers: Sequence[Mover], key: str, otherwise: str) -> None:
    if not movers:
        st.caption(otherwise)
    for at, one in enumerate(movers[:MOST]):
        with st.container(gap=None):
            if st.button(one.name, key=f"{key}_{at}", type="tertiary", icon=":material/person:"):
                menu.go_to("rep", rep=one.name)
            st.caption(_said(one))
    if len(movers) > MOST:
        st.caption(f"And {len(movers) - MOST} more.")


def _said(one: Mover) -> str:
    """What it was against what is usual: "▲ Opportunities opened in May 2026: 79, usually 53; eight in a row above its mean"."""
    unit = one.metric.unit
    mean = round(one.usual) if unit is Unit.COUNT and one.usual >= FEW else one.usual
    now, usual = (wording.short(unit, value, show.currency()) for value in (one.value, mean))
    mark = "▲" if one.signal.is_above else "▼"
    return show.plain(f"{mark} {one.metric.label} in {one.period.title}: {now}, usually {usual}; {one.signal}.")


def _people_count(count: int) -> str:
    return "1 person is" if count == 1 else f"{count:,} people are"
