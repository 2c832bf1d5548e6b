"""The items of a scorecard: target, actual, attainment, band, course; how each came about; the rows behind it."""

from typing import Any

import pandas as pd
import streamlit as st

from spm import charts
from spm.benchmarks.own_past import Comparison
from spm.coaching import queries as coaching
from spm.coaching.queries import Course
from spm.metrics import wording
from spm.metrics.registry import Metric, Unit
from spm.scorecards.explanation import ItemExplanation
from spm.scorecards.model import Scope
from spm.scorecards.result import RepScorecard, RoleScore
from spm.ui import asking, origin, show
from spm.ui.show import Column

PICKED = "rep_picked_item"
LEFT_OUT = "○ left out"

COLUMNS = (
    Column("label", "Item", is_pinned=True, width=180),
    Column("timing", "Kind", width=80),
    Column("target", "Target", width=110),
    Column("actual", "Actual", width=110),
    Column("attainment", "Attainment", "share bar", "Actual ÷ target, for the whole period", width=130),
    Column("band", "Band", width=130),
    Column("due", "Of what is due", Unit.SHARE, "Actual ÷ the part of the target that is due by now"),
    Column("trend", "12 periods", "trend", width=120),
    Column("before", "On the period before", width=130),
    Column("year", "On a year before", width=120),
    Column("points", "Points", Unit.COUNT, "What it adds to the score", width=75),
    Column("next", "One more", "text", "What the next unit is worth"),
)


def items(shown: RepScorecard) -> None:
    """Each item of the scorecard; a click on one opens the rows behind it."""
    part, explained = shown.role_scores[-1], shown.explanations[-1]
    where, known = where_of(shown), [one for one in explained.items if one.reading]
    show.section("What the score is made of", "Click a row to see the deals or activities behind it.")
    rows = [_item_row(one, part, shown, where) for one in known]
    show.table(pd.DataFrame(rows, dtype=object), COLUMNS, f"items_{shown.person_id}", "Items", _pick_item,
               file_name=f"{shown.rep} {shown.period.label}")  # fmt: skip
    waiting = [
        f"{one.label} ({one.sentence[:1].lower()}{one.sentence[1:-1]})" for one in explained.items if not one.reading
    ]
    if waiting:
        st.caption(f"Not scored yet: {'; '.join(waiting)}.")
    with st.expander("How each target and number came about", icon=":material/functions:"):
        for one in known:
            _story(one, part, shown, where)
    if picked := st.session_state.pop(PICKED, None):
        origin.open_rows(picked, shown.period, where)


def where_of(shown: RepScorecard) -> dict[str, str]:
    """The part of the company that a scorecard speaks of: the rep, or the people who report to a manager."""
    scopes = {item.scope for item, _ in shown.role_scores[-1].aims}
    if Scope.TEAM in scopes:
        people = asking.scene().org.people.set_index("id")
        return {"manager": people.loc[shown.person_id, "name"]}
    return {"rep": shown.rep}


def _pick_item(row: dict[str, Any]) -> None:
    st.session_state[PICKED] = row["metric"]


def _item_row(one: ItemExplanation, part: RoleScore, shown: RepScorecard, where: dict[str, str]) -> dict[str, Any]:
    reading = one.reading
    assert reading is not None  # only items that do not wait are listed
    metric, counted = reading.metric, one.score
    past = asking.answer(coaching.course, metric.key, shown.period, where)
    return {
        "metric": metric.key,
        "label": metric.label,
        "timing": reading.item.timing.value,
        "target": _short(reading.target, metric),
        "actual": wording.COVERED if reading.is_covered else _short(reading.actual, metric),
        "attainment": counted.attainment if counted else None,
        "band": charts.BANDS[counted.band].label if counted else LEFT_OUT,
        "due": _of_due(part, metric),
        "trend": _trend(past, metric),
        "before": _change(past.past.period_before, metric),
        "year": _change(past.past.year_earlier, metric),
        "points": counted.points if counted else None,
        "next": one.next_unit.rstrip("."),
    }


def _story(one: ItemExplanation, part: RoleScore, shown: RepScorecard, where: dict[str, str]) -> None:
    reading, aim = one.reading, part.aim(one.item)
    assert reading is not None
    past = asking.answer(coaching.course, reading.metric.key, shown.period, where).past
    known = [
        found.words for found in (past.period_before, past.year_earlier, past.trailing_mean) if found.change is not None
    ]
    said = [
        one.sentence,
        f"Target: {aim.words}" if aim and aim.target else "",
        one.next_unit,
        f"Own past: {'; '.join(known)}." if known else "",
    ]
    with st.container(border=True, gap="small"):
        with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
            st.markdown(f"**{one.label}**", width="content")
            if reading.actual is not None:
                origin.button(reading.metric.key, shown.period, where, "See the rows")
        st.markdown(show.plain(" ".join(part for part in said if part)))


def _short(value: float | None, metric: Metric) -> str:
    return show.number(value, metric)


def _of_due(part: RoleScore, metric: Metric) -> float | None:
    """Actual ÷ what is due by now, of an item that counts while the period runs."""
    if part.to_date is None:
        return None
    return next(
        (item.reading.uncapped_attainment for item in part.to_date.counted if item.reading.metric == metric), None
    )


def _trend(past: Course, metric: Metric) -> list[float]:
    major = 100 if metric.unit is Unit.MONEY else 1
    return [point.value / major for point in past.points if point.value is not None]


def _change(past: Comparison, metric: Metric) -> str:
    if past.change is None or past.past is None:
        return "–"
    return f"{show.change(past.past + past.change, past.past, metric)} on {past.against}"
