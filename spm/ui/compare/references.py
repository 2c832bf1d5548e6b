"""The tables of the Compare page: where each stands, the four references, the peers, and what explains the gap."""

from typing import Any

import pandas as pd
import streamlit as st

from spm.benchmarks.comparing import queries as comparing
from spm.benchmarks.comparing.certainty import Luck, luck_of
from spm.benchmarks.comparing.measures import Measure, change, per_day
from spm.benchmarks.comparing.references import Compared, Reference, tiers_among
from spm.benchmarks.comparing.subjects import Level, Subject
from spm.benchmarks.explaining import queries as explaining
from spm.benchmarks.industry import queries as industry
from spm.benchmarks.industry.figures import best_match
from spm.metrics import wording
from spm.metrics.registry import Unit
from spm.scorecards.queries import scorecard_of
from spm.ui import asking, menu, origin, show, tables
from spm.ui.compare.page import Choice, compared
from spm.ui.tables import Column
from spm.ui.teams import change as teams_change


def standing(chosen: Choice) -> None:
    """Where each stands, and how sure: one row each. A click on a rep opens their page."""
    metric = chosen.metric
    show.section("Where each stands", "The statistics behind the sentence above.")
    found = compared(chosen)
    rows = pd.DataFrame([_standing(one, chosen) for one in found]).assign(tier=tiers_among(found, metric))
    shown_as = metric.unit
    if chosen.measure in (Measure.OF_TARGET, Measure.CHANGE):
        shown_as = Unit.SHARE
    columns = [
        Column("name", "Name", is_pinned=True, width=170),
        Column("value", metric.label, metric.unit, metric.formula or metric.meaning),
        *([] if chosen.measure is Measure.ABSOLUTE else [Column("shown", chosen.measure.value, shown_as)]),
        Column("cases", "Cases", help="Hits of trials: what the rate rests on"),
        Column("interval", "9 in 10 sure", help="Wilson's interval: the true rate lies here with 90 % certainty"),
        Column("likely", "Most likely", metric.unit,
               "Drawn towards the role: the fewer cases, the further. What the next deals will probably show."),
        Column("tier", "Tier", Unit.COUNT, "Of those side by side: whoever cannot be told from the best is in tier 1", width=60),
        Column("percentile", "Percentile", Unit.SHARE, "Share of the peers who are worse, those alike counting half"),
        Column("peers_count", "Peers", Unit.COUNT, width=70),
        Column("before", "On the period before"),
        Column("earlier", "On a year earlier"),
    ]  # fmt: skip
    name = f"{metric.label} in {chosen.period.title}"
    is_rep = chosen.subjects[0].level is Level.REP
    tables.table(rows.dropna(axis="columns", how="all"), columns, f"standing_{metric.key}", name, _open_rep if is_rep else None,
               file_name=name)  # fmt: skip
    with st.container(horizontal=True, gap="small"):
        for one in chosen.subjects:
            origin.button(metric.key, chosen.period, one.where, f"Rows of {one.label}")


def references(chosen: Choice) -> None:
    """Each against own past, peers, team and organisation, and the industry: with where that is from and of how many."""
    show.section(
        "Against what", "Own past, peers, team and organisation, industry; each with its source and of how many."
    )
    rows = pd.DataFrame([row for one in compared(chosen) for row in _references(one, chosen)])
    unit = chosen.metric.unit
    columns = [
        Column("name", "Name", is_pinned=True, width=160),
        Column("against", "Against", width=220),
        Column("value", "That was", unit),
        Column("difference", "Difference", help="The value, less what it is held against", width=110),
        Column("n", "Of", Unit.COUNT, "Of how many people or teams it is", width=50),
        Column("sure", "Truly better", Unit.SHARE, "How likely the value is truly better than that, luck taken out"),
        Column("source", "Source", width=400),
    ]
    name = f"{chosen.metric.label} against what"
    tables.table(
        rows.dropna(axis="columns", how="all"), columns, f"references_{chosen.metric.key}", name, file_name=name
    )
    if not asking.answer(industry.figures):
        st.caption("No industry figures yet: the Benchmarks page keeps those that you can name the source of.")


def peers(chosen: Choice) -> None:
    """Who the peers of each are."""
    listed = [(one.subject.label, one.peers) for one in compared(chosen) if one.peers]
    if listed:
        with st.expander("Who the peers are", icon=":material/group:"):
            for name, found in listed:
                st.markdown(show.plain(f"{name} · {len(found)} peers, {found.basis}: {', '.join(found.reps)}"))


def explained(chosen: Choice) -> None:
    """What explains the bookings of one of them: against an earlier period, or of a rep against the pooled peers."""
    show.section("What explains it", "Bookings, split so that the parts add up exactly.")
    by_label = {one.label: one for one in chosen.subjects}
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        one = by_label[st.selectbox("Whose bookings", list(by_label), key="explained", bind="query-params", width=240)]
        periods = {period.title: period for period in asking.answer(explaining.compared_periods, chosen.period)}
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


def _standing(one: Compared, chosen: Choice) -> dict[str, Any]:
    is_rate = luck_of(chosen.metric) is Luck.RATE and one.value is not None
    ends = [wording.short(Unit.SHARE, end, "") for end in (one.interval.low, one.interval.high)] if one.interval else []
    return {
        "name": one.subject.label,
        "value": one.value,
        "shown": _shown(one, chosen),
        "cases": one.now.rate.words if is_rate else None,
        "interval": " – ".join(ends) or None,
        "likely": one.likely,
        "percentile": one.percentile,
        "peers_count": len(one.peers) if one.peers else None,
        "before": show.change(one.value, one.past.period_before.past, chosen.metric) or None,
        "earlier": show.change(one.value, one.past.year_earlier.past, chosen.metric) or None,
    }


def _shown(one: Compared, chosen: Choice) -> float | None:
    """The value as the chosen measure."""
    match chosen.measure:
        case Measure.PER_DAY:
            return per_day(one.value, asking.answer(comparing.working_days, one.subject, chosen.period))
        case Measure.CHANGE:
            return change(one.value, one.past.year_earlier.past)
        case Measure.OF_TARGET:
            return _of_target(one.subject, chosen)
    return one.value


def _of_target(one: Subject, chosen: Choice) -> float | None:
    """The share of the own target: of bookings against the quota, of a rep otherwise what the scorecard says."""
    if chosen.metric.key == "bookings":
        return asking.value("attainment", chosen.period, **one.where)
    if one.level is not Level.REP:
        return None
    people = asking.scene().org.people.set_index("rep")
    card = asking.answer(scorecard_of, int(people.loc[one.name, "id"]), chosen.period)
    readings = [item.reading for part in card.role_scores for item in part.score.counted]
    return next((one.uncapped_attainment for one in readings if one.metric.key == chosen.metric.key), None)


def _references(one: Compared, chosen: Choice) -> list[dict[str, Any]]:
    role = one.subject.name if one.subject.level is Level.ROLE else _role_of(one.subject)
    figure = best_match(asking.answer(industry.figures), chosen.metric.key, role)
    every = list(one.references)
    if figure and figure.typical is not None:
        every.append(Reference("Industry, typical", figure.typical, figure.said_by))
    return [
        {
            "name": one.subject.label,
            "against": found.against,
            "value": found.value,
            "difference": _difference(one.value, found.value, chosen),
            "n": found.people_count,
            "sure": found.probability,
            "source": found.source,
        }
        for found in every
        if found.value is not None
    ]


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


def _open_rep(row: dict[str, Any]) -> None:
    menu.go_to("rep", rep=row["name"])
