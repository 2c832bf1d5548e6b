"""Where each of the chosen stands: the picture, the table in a coach's words, and one click below it the statistics."""

from typing import Any

import pandas as pd
import streamlit as st

from spm import charts
from spm.benchmarks.comparing.certainty import Luck, luck_of
from spm.benchmarks.comparing.references import Compared, tiers_among
from spm.benchmarks.courses.measures import Measure
from spm.benchmarks.peers import LEAST_PEERS
from spm.benchmarks.subjects.model import Level
from spm.metrics.registry import Unit
from spm.metrics.wording import listed
from spm.ui import menu, origin, picture, show, tables
from spm.ui.compare import shown
from spm.ui.compare.choice import Choice
from spm.ui.tables import Column

PICTURED = ["value", "low", "high", "likely", "peers"]
MEANINGS = {
    Measure.PER_DAY: "Value ÷ working days that are over, of a rep those on which they were there",
    Measure.OF_TARGET: "Value ÷ what the scorecard aims at",
    Measure.CHANGE: "(Value − that of a year earlier) ÷ that of a year earlier",
}


LACKING = {
    Measure.OF_TARGET: "no target to hold it against",
    Measure.CHANGE: "nothing a year earlier to hold it against",
}
ALIKE = {Level.REP: "everyone in the role", Level.TEAM: "all teams", Level.ROLE: "all roles", Level.COMPANY: "all"}
"""Towards whom a small sample is drawn."""


def standing(found: list[Compared], chosen: Choice) -> None:
    """One row each, and how sure. Among fewer than LEAST_PEERS there is no percentile. A click on a rep opens their page."""
    name = f"{chosen.metric.label} in {chosen.period.title}"
    rows = pd.DataFrame([_row(one, chosen) for one in found]).assign(shown=shown.values(found, chosen))
    _picture(found, rows["shown"], chosen, name)
    is_rep = chosen.subjects[0].level is Level.REP
    tables.table(rows.dropna(axis="columns", how="all"), _columns(found, chosen), f"standing_{chosen.metric.key}", name,
                 _open_rep if is_rep else None, file_name=name)  # fmt: skip
    without = rows.loc[rows["shown"].isna(), "name"].tolist()
    if without and chosen.measure in LACKING:
        st.caption(show.plain(f"{listed(without)}: {LACKING[chosen.measure]}."))
    _statistics(found, chosen, name)
    with st.container(horizontal=True, gap="small"):
        for one in chosen.subjects:
            origin.button(chosen.metric.key, chosen.period, one.where, f"Rows of {one.label}")


def _picture(found: list[Compared], values: pd.Series, chosen: Choice, name: str) -> None:
    """Each as the chosen measure, with its luck and the peers where they are known. Nothing of one alone who is held against
    nobody."""
    frame = pd.DataFrame(
        [(at, one.subject.label, *_marks(one, chosen)) for at, one in enumerate(found)],
        columns=["place", "name", *PICTURED],
    ).assign(value=values)
    frame[PICTURED] = frame[PICTURED].astype(float)
    if len(frame) < 2 and frame[PICTURED[1:]].isna().all(axis=None):
        return
    unit = shown.kind(chosen)
    drawn = show.major(frame, *PICTURED) if unit is Unit.MONEY else frame
    is_as_it_is = chosen.measure is Measure.ABSOLUTE
    title = (
        "Where each stands" if is_as_it_is else f"Where each stands: {chosen.measure[:1].lower()}{chosen.measure[1:]}"
    )
    with st.container(border=True):
        picture.drawn(title, drawn, charts.standing(str(unit), show.symbol()), name, file_name=name)
        _legend(frame, chosen)


def _marks(one: Compared, chosen: Choice) -> tuple[float | None, ...]:
    """What PICTURED says of somebody."""
    if not shown.is_judged(chosen):
        return (None,) * len(PICTURED)
    ends = (one.interval.low, one.interval.high) if one.interval else (None, None)
    return (one.value, *ends, one.likely, one.against_peers.value if one.against_peers else None)


def _legend(frame: pd.DataFrame, chosen: Choice) -> None:
    everyone = ALIKE[chosen.subjects[0].level]
    marks = {
        "● the value": frame["value"].notna().any(),
        "bar: where the true one lies, 9 in 10 sure": frame["low"].notna().any(),
        f"○ most likely, drawn towards {everyone}": frame["likely"].notna().any(),
        "| the peers together": frame["peers"].notna().any(),
    }
    st.caption(" · ".join(words for words, is_drawn in marks.items() if is_drawn))
    if outside := frame.loc[(frame["likely"] < frame["low"]) | (frame["likely"] > frame["high"]), "name"].tolist():
        st.caption(
            show.plain(
                f"○ beside its bar: {listed(outside)}. A bar knows only their own cases, and one in ten misses the true "
                f"value by luck; ○ knows those of {everyone} too, who differ little more than luck would have them differ."
            )
        )


def _columns(found: list[Compared], chosen: Choice) -> list[Column]:
    metric = chosen.metric
    earlier = Column(
        "before", found[0].past.year_earlier.against, metric.unit, "Of a running period as much of it", width=100
    )
    as_measured = Column("shown", chosen.measure.value, shown.kind(chosen), MEANINGS.get(chosen.measure, ""), width=120)
    own = [
        Column("name", "Name", is_pinned=True),
        *([] if chosen.measure is Measure.ABSOLUTE else [as_measured]),
        Column("value", metric.label, metric.unit, metric.formula or metric.meaning, width=100),
        *([earlier] if chosen.measure is Measure.CHANGE else []),
    ]
    if not shown.is_judged(chosen):
        return own
    return [
        *own,
        Column("of_peers", "Peers", metric.unit, "Of the peers together", width=100),
        Column("words", "Against the peers", help="Said only where it is 95 % sure", width=262),
        Column("percentile", "Percentile", "score", "Of 100 peers so many are worse, those alike counting half", width=85),
        Column("peers_count", "How many peers", Unit.COUNT, width=110),
    ]  # fmt: skip


def _row(one: Compared, chosen: Choice) -> dict[str, Any]:
    peers, are_enough = one.against_peers, len(one.peers or ()) >= LEAST_PEERS
    return {
        "name": one.subject.label,
        "value": one.now.value,
        "before": one.past.year_earlier.past,
        "of_peers": peers.value if peers else None,
        "words": peers.words or None if peers else None,
        "percentile": one.percentile if are_enough else None,
        "peers_count": len(one.peers) if one.peers else None,
    }


def _statistics(found: list[Compared], chosen: Choice, name: str) -> None:
    """Cases, interval, shrunken value, probability and tier: nothing where no luck is known."""
    if not shown.is_judged(chosen):
        return
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
        Column("name", "Name", is_pinned=True),
        Column("value", shown.name(chosen).capitalize(), metric.unit, width=110),
        Column("likely", "Most likely", metric.unit,
               f"Drawn towards {ALIKE[chosen.subjects[0].level]}: the fewer cases, the further, and the less these differ beyond "
               "luck. What the next deals will probably show."),
        Column("cases", "Cases", help="Hits of trials: what the rate rests on"),
        Column("low", "9 in 10 sure: from", metric.unit, "Wilson's interval: the true rate lies here with 90 % certainty"),
        Column("high", "to", metric.unit),
        Column("sure", "Truly better", Unit.SHARE, "How likely the value is truly better than the peers', luck taken out"),
        Column("tier", "Tier", Unit.COUNT, "Of those side by side: whoever cannot be told from the best is in tier 1. "
               "Neighbours across a tier may be alike."),
    ]  # fmt: skip
    with st.expander("The statistics", icon=":material/query_stats:"):
        tables.table(rows, columns, f"statistics_{metric.key}", f"Statistics of {name}")


def _open_rep(row: dict[str, Any]) -> None:
    menu.go_to("rep", rep=row["name"])
