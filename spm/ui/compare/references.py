"""What the chosen of the Compare page are held against: the four references, the peers, and what explains the gap."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from spm.benchmarks.comparing.references import Compared, Reference
from spm.benchmarks.courses.measures import Measure
from spm.benchmarks.explaining import queries as explaining
from spm.benchmarks.industry import queries as industry
from spm.benchmarks.industry.figures import Figure, best_match
from spm.benchmarks.subjects.model import Level, Subject
from spm.metrics import wording
from spm.metrics.registry import Unit
from spm.ui import asking, show, tables
from spm.ui.compare import shown
from spm.ui.compare.choice import Choice
from spm.ui.tables import Column
from spm.ui.teams import change as teams_change

INDUSTRY = "Industry, typical"


def references(found: list[Compared], chosen: Choice) -> None:
    """Each against own past, peers, team and organisation, and the industry; below, where that is from and of how many."""
    show.section("Against what", "What each is above or below what they are held against.")
    if not shown.is_judged(chosen):
        st.caption(f"All of this is of the {chosen.metric.label.lower()} as it is.")
    unit, figures = chosen.metric.unit, asking.answer(industry.figures)
    rows = pd.DataFrame([row for one in found for row in _references(one, chosen, figures)])
    if rows.empty:
        st.caption("Nothing is known to hold them against: nothing earlier, and nobody else.")
        return
    measured = shown.name(chosen) if shown.is_judged(chosen) else chosen.metric.label
    name = f"{measured.capitalize()} against what"
    key = f"references_{chosen.metric.key}"
    _differences(rows, found, key, f"{name}, each in a row")
    columns = [
        Column("name", "Name", is_pinned=True),
        Column("against", "Against", width=178),
        Column("value", "That was", unit, width=75),
        Column("difference", "Difference", "written number", "The value, less what it is held against", width=95),
        Column("n", "How many", Unit.COUNT, "Of how many people or teams it is", width=75),
        Column("sure", "Truly better", Unit.SHARE, "How likely the value is truly better, luck taken out", width=85),
        Column("source", "Source", width=303),
    ]
    with st.expander("What that was, of how many, and where it is from", icon=":material/list:"):
        tables.table(rows.dropna(axis="columns", how="all"), columns, f"{key}_listed", name, file_name=name)
    if not figures:
        st.caption("No industry figures yet: the Benchmarks page keeps those that you can name the source of.")


def _differences(rows: pd.DataFrame, found: list[Compared], key: str, title: str) -> None:
    """A row each, a column for everything they are held against, in the same order whoever comes first."""
    apart = rows.pivot(index="name", columns="against", values="difference").dropna(axis="columns", how="all")
    every = dict.fromkeys([*(_against(other) for one in found for other in one.references), INDUSTRY])
    wide = apart.reindex([one.subject.label for one in found if one.subject.label in apart.index])
    kinds = [kind for kind in every if kind in wide]
    wide = wide[kinds].reset_index()
    columns = [
        Column("name", "Name", is_pinned=True),
        *(Column(kind, _short(kind), "written number") for kind in kinds),
    ]
    tables.table(wide, columns, key, title, file_name=title)


def _short(against: str) -> str:
    """The heading of a column; the table below it says the whole."""
    return against.removeprefix("Mean of ").capitalize()


def peers(found: list[Compared]) -> None:
    """Who the peers of each are."""
    listed = [(one.subject.label, one.peers) for one in found if one.peers]
    if listed:
        with st.expander("Who the peers are", icon=":material/group:"):
            for name, theirs in listed:
                st.markdown(show.plain(f"{name} · {len(theirs)} peers, {theirs.basis}: {', '.join(theirs.reps)}"))


def explained(chosen: Choice) -> None:
    """What explains the bookings of one of them: against an earlier period, or of a rep against the pooled peers."""
    show.section("What explains the bookings", "Split so that the parts add up exactly.")
    by_label = {one.label: one for one in chosen.subjects}
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        one = by_label[st.selectbox("Whose bookings", list(by_label), key="explained", bind="query-params", width=240)]
        periods = {period.title: period for period in asking.answer(explaining.earlier_periods, chosen.period)}
        choices = [*periods, *(["Pooled peers"] if one.level is Level.REP else [])]
        against = None
        if choices:
            against = st.selectbox("Against", choices, key="against", bind="query-params", width=200)
    if against in periods:
        found = asking.answer(explaining.change_by_factor, chosen.period, periods[against], one.where)
        start = against
    else:
        gap = asking.answer(explaining.against_peers, one.name, chosen.period) if against else None
        found, start = (gap.change, f"Peers ({len(gap.peers)})") if gap else (None, "")
    if found is None or not (found.before_cents or found.after_cents):
        st.caption("There is nothing to split: no bookings, or no sheet that says how many deals closed.")
        return
    with st.container(border=True):
        teams_change.waterfall(f"Bookings of {one.label}", found, start, chosen.period.title)


def _references(one: Compared, chosen: Choice, figures: Sequence[Figure]) -> list[dict[str, Any]]:
    role = one.subject.name if one.subject.level is Level.ROLE else _role_of(one.subject)
    figure = best_match(figures, chosen.metric.key, role) if chosen.measure is not Measure.PER_DAY else None
    every = list(one.references)
    if figure and figure.typical is not None:
        every.append(Reference(INDUSTRY, figure.typical, figure.said_by))
    return [
        {
            "name": one.subject.label,
            "against": _against(found),
            "value": found.value,
            "difference": _difference(one.value, found.value, chosen),
            "n": found.people_count,
            "sure": found.probability,
            "source": found.source,
        }
        for found in every
        if found.value is not None
    ]


def _against(one: Reference) -> str:
    return one.against.replace("The mean of the", "Mean of")


def _difference(value: float | None, other: float, chosen: Choice) -> str | None:
    """With its sign; of shares in percentage points."""
    if value is None:
        return None
    if chosen.metric.unit is Unit.SHARE:
        return show.change(value, other, chosen.metric)
    sign = "+" if value > other else "−" if value < other else "±"
    return f"{sign}{wording.whole(chosen.metric.unit, abs(value - other), show.currency())}"


def _role_of(one: Subject) -> str:
    if one.level is not Level.REP:
        return ""
    own = asking.scene().org.assignments
    person = asking.scene().org.people.set_index("rep").loc[one.name, "id"]
    roles = own.loc[own["person_id"] == person, "role"]
    return str(roles.iloc[-1]) if len(roles) else ""
