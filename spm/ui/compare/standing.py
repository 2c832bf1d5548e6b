"""Where each of the chosen stands: the picture, the table in a coach's words, and one click below it the statistics."""

from typing import Any

import pandas as pd
import streamlit as st

from spm import charts
from spm.benchmarks.comparing import queries as comparing
from spm.benchmarks.comparing.certainty import Luck, luck_of
from spm.benchmarks.comparing.measures import Measure, change, per_day
from spm.benchmarks.comparing.references import Compared, tiers_among
from spm.benchmarks.comparing.subjects import Level, Subject
from spm.metrics.registry import Unit
from spm.scorecards.queries import scorecard_of
from spm.ui import asking, menu, origin, picture, show, tables
from spm.ui.compare.page import Choice
from spm.ui.tables import Column

PICTURED = ["value", "low", "high", "likely", "peers"]
MEANINGS = {
    Measure.PER_DAY: "Value ÷ working days that are over, of a rep those on which they were there",
    Measure.OF_TARGET: "Value ÷ what was asked: the quota, or what the scorecard aims at",
    Measure.CHANGE: "(Value − that of a year earlier) ÷ that of a year earlier",
}


def standing(found: list[Compared], chosen: Choice) -> None:
    """One row each, and how sure. A click on a rep opens their page."""
    name = f"{chosen.metric.label} in {chosen.period.title}"
    rows = pd.DataFrame([_row(one, chosen) for one in found])
    _picture(found, rows["shown"], chosen, name)
    is_rep = chosen.subjects[0].level is Level.REP
    tables.table(rows.dropna(axis="columns", how="all"), _columns(chosen), f"standing_{chosen.metric.key}", name,
                 _open_rep if is_rep else None, file_name=name)  # fmt: skip
    if chosen.measure is Measure.OF_TARGET and rows["shown"].isna().all():
        st.caption(f"Nobody here is asked for a {chosen.metric.label.lower()}: there is no target to hold it against.")
    _statistics(found, chosen, name)
    with st.container(horizontal=True, gap="small"):
        for one in chosen.subjects:
            origin.button(chosen.metric.key, chosen.period, one.where, f"Rows of {one.label}")


def _picture(found: list[Compared], shown: pd.Series, chosen: Choice, name: str) -> None:
    """Each as the chosen measure; as it is, with its luck and the peers. Nothing of one alone who is held against nobody."""
    frame = pd.DataFrame(
        [(at, one.subject.label, *_marks(one, chosen)) for at, one in enumerate(found)],
        columns=["place", "name", *PICTURED],
    ).assign(value=shown)
    if len(frame) < 2 and frame[PICTURED[1:]].isna().all(axis=None):
        return
    unit = _shown_as(chosen)
    drawn = show.major(frame, *PICTURED) if unit is Unit.MONEY else frame
    is_as_it_is = chosen.measure is Measure.ABSOLUTE
    title = (
        "Where each stands" if is_as_it_is else f"Where each stands: {chosen.measure[:1].lower()}{chosen.measure[1:]}"
    )
    with st.container(border=True):
        picture.drawn(title, drawn, charts.standing(unit.value, show.symbol()), name, file_name=name)
        _legend(frame)


def _marks(one: Compared, chosen: Choice) -> tuple[float | None, ...]:
    """What PICTURED says of somebody: only of the value as it is more than itself is known."""
    if chosen.measure is not Measure.ABSOLUTE:
        return (None,) * len(PICTURED)
    ends = (one.interval.low, one.interval.high) if one.interval else (None, None)
    return (one.value, *ends, one.likely, one.against_peers.value if one.against_peers else None)


def _legend(frame: pd.DataFrame) -> None:
    marks = {
        "● the value": frame["value"].notna().any(),
        "bar: where the true one lies, 9 in 10 sure": frame["low"].notna().any(),
        "○ most likely, drawn towards the role": frame["likely"].notna().any(),
        "| the peers together": frame["peers"].notna().any(),
    }
    st.caption(" · ".join(words for words, is_drawn in marks.items() if is_drawn))


def _shown_as(chosen: Choice) -> Unit:
    return Unit.SHARE if chosen.measure in (Measure.OF_TARGET, Measure.CHANGE) else chosen.metric.unit


def _columns(chosen: Choice) -> list[Column]:
    metric = chosen.metric
    kind = "change" if chosen.measure is Measure.CHANGE else _shown_as(chosen)
    as_measured = Column("shown", chosen.measure.value, kind, MEANINGS.get(chosen.measure, ""))
    return [
        Column("name", "Name", is_pinned=True, width=215 if chosen.subjects[0].level is Level.ROLE else 160),
        Column("value", metric.label, metric.unit, metric.formula or metric.meaning, width=100),
        *([] if chosen.measure is Measure.ABSOLUTE else [as_measured]),
        Column("of_peers", "Of the peers", metric.unit, "Of the peers together", width=100),
        Column("words", "Against the peers", help="Said only where it is 95 % sure", width=262),
        Column("percentile", "Percentile", Unit.SHARE, "Share of the peers who are worse, those alike counting half", width=85),
        Column("peers_count", "Peers", Unit.COUNT, width=60),
    ]  # fmt: skip


def _row(one: Compared, chosen: Choice) -> dict[str, Any]:
    peers = one.against_peers
    return {
        "name": one.subject.label,
        "value": one.value,
        "shown": _shown(one, chosen),
        "of_peers": peers.value if peers else None,
        "words": peers.words or None if peers else None,
        "percentile": one.percentile,
        "peers_count": len(one.peers) if one.peers else None,
    }


def _statistics(found: list[Compared], chosen: Choice, name: str) -> None:
    """Cases, interval, shrunken value, probability and tier: nothing where no luck is known."""
    metric = chosen.metric
    is_rate = luck_of(metric) is Luck.RATE
    rows = pd.DataFrame(
        [
            {
                "name": one.subject.label,
                "value": one.value,
                "likely": one.likely,
                "cases": one.now.rate.words if is_rate and one.value is not None else None,
                "low": one.interval.low if one.interval else None,
                "high": one.interval.high if one.interval else None,
                "sure": one.against_peers.probability if one.against_peers else None,
                "tier": tier,
            }
            for one, tier in zip(found, tiers_among(found, metric), strict=True)
        ]
    ).dropna(axis="columns", how="all")
    if not set(rows) - {"name", "value"}:
        return
    columns = [
        Column("name", "Name", is_pinned=True, width=200),
        Column("value", metric.label, metric.unit, width=110),
        Column("likely", "Most likely", metric.unit,
               "Drawn towards the role: the fewer cases, the further. What the next deals will probably show."),
        Column("cases", "Cases", help="Hits of trials: what the rate rests on"),
        Column("low", "9 in 10 sure: from", metric.unit, "Wilson's interval: the true rate lies here with 90 % certainty"),
        Column("high", "to", metric.unit),
        Column("sure", "Truly better", Unit.SHARE, "How likely the value is truly better than the peers', luck taken out"),
        Column("tier", "Tier", Unit.COUNT, "Of those side by side: whoever cannot be told from the best is in tier 1. "
               "Neighbours across a tier may be alike."),
    ]  # fmt: skip
    with st.expander("The statistics", icon=":material/query_stats:"):
        tables.table(rows, columns, f"statistics_{metric.key}", f"Statistics of {name}")


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


def _open_rep(row: dict[str, Any]) -> None:
    menu.go_to("rep", rep=row["name"])
