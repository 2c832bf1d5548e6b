"""The items of a scorecard: a card each, with target, attainment, band and course; and how each came about."""

from typing import Any

import pandas as pd
import streamlit as st

from spm import charts
from spm.benchmarks.own_past import Comparison
from spm.calendar import Span
from spm.coaching import queries as coaching
from spm.coaching.queries import Course
from spm.metrics import wording
from spm.metrics.registry import Metric, Unit
from spm.metrics.wording import shown_percent
from spm.scorecards.explanation import Explanation, ItemExplanation, points
from spm.scorecards.model import Item, Scope
from spm.scorecards.result import RepScorecard
from spm.scorecards.scored import RoleScore
from spm.scorecards.scoring import ItemScore, Reading
from spm.scorecards.versions.difference import item_label
from spm.ui import asking, origin, picture, show, tables
from spm.ui.tables import Column

LEFT_OUT = "left out"
COLUMNS = (
    Column("label", "Item", is_pinned=True),
    Column("timing", "Kind", width=80),
    Column("weight", "Weight", Unit.COUNT, width=70),
    Column("target", "Target", "written number", width=95),
    Column("actual", "Actual", "written number", width=95),
    Column("attainment", "Attainment", "share bar", "Actual ÷ target of the whole period, up to the cap", width=130),
    Column("due", "Of what is due", "share bar", "Actual ÷ the part of the target that is due by now", width=130),
    Column("band", "Band", width=120),
    Column("points", "Points", Unit.COUNT, "What it adds to the score", width=75),
    Column("before", "On the period before", width=150),
    Column("year", "On a year before", width=150),
    Column("next", "What more is worth", width=270),
)


def cards(shown: RepScorecard, part: RoleScore) -> None:
    """The items of one role as cards, those that count first; then the same as a table."""
    explained = shown.explanations[shown.role_scores.index(part)]
    scored = [(one, one.reading) for one in explained.items if one.reading]
    known = [(one, reading) for one, reading in scored if one.score or reading.metric.key not in shown.missing]
    if known:
        show.section("What the score is made of")
    with st.grid(3, min_column_width=290, gap="small"):
        for one, reading in known:
            with st.container(border=True, height="stretch", gap="small"):
                _card(one, reading, shown, part)
    _left_out(explained, shown)
    with show.folded(f"items_{part.role}") as is_open:
        if is_open:
            rows = pd.DataFrame([_row(one, reading, shown, part) for one, reading in scored], dtype=object)
            name = f"{shown.rep} {shown.period.label}"
            tables.table(rows.dropna(axis="columns", how="all"), COLUMNS, f"items_{part.role}", "Items", file_name=name)


def _left_out(explained: Explanation, shown: RepScorecard) -> None:
    """The items without a value, by what they lack: none of them counts as 0."""
    lacking: dict[str, list[str]] = {}
    for one in explained.items:
        if one.reading is None:
            lacking.setdefault(f"waits for {one.item.waits_for}", []).append(one.label)
        elif one.item.metric in shown.missing and not one.score:
            lacking.setdefault(shown.missing[one.item.metric], []).append(one.label)
    if lacking:
        listed = [f"**{', '.join(labels)}**: {why}." for why, labels in lacking.items()]
        st.markdown("\n".join(["Left out, not counted as 0:", "", *(f"- {line}" for line in listed)]))


def where_of(shown: RepScorecard) -> dict[str, str]:
    """The part of the company that the latest role's items speak of: the rep, or the people who report to a manager."""
    scopes = {item.scope for item, _ in shown.role_scores[-1].aims}
    return _place(shown, Scope.TEAM if Scope.TEAM in scopes else Scope.OWN)


def _place(shown: RepScorecard, scope: Scope) -> dict[str, str]:
    if scope is Scope.OWN:
        return {"rep": shown.rep}
    people = asking.scene().org.people.set_index("id")
    return {"manager": people.loc[shown.person_id, "name"]}


def _label(reading: Reading, part: RoleScore) -> str:
    """The metric's; where it is asked of the person and of the team, it is said which of the two."""
    is_twice = sum(item.metric == reading.item.metric for item, _ in part.aims) > 1
    return item_label(reading.item, asking.scene().metric) if is_twice else reading.metric.label


def _card(one: ItemExplanation, reading: Reading, shown: RepScorecard, part: RoleScore) -> None:
    metric, counted, label = reading.metric, _to_date(part, reading) or one.score, _label(reading, part)
    where, span = _place(shown, one.item.scope), _span(part, one)
    course = _course(shown, part, one.item)
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.markdown(f"**{label}**", width="content")
        band = charts.BANDS[counted.band] if counted else charts.BANDS["no score"]
        st.badge(band.label if counted else f"{band.mark} {LEFT_OUT}", color=band.badge)  # type: ignore[arg-type]
    of = f" :small[:gray[of {show.number(reading.target, metric)}]]" if reading.target is not None else ""
    st.markdown(show.marked(f"### {_actual(reading)}{of}"))
    if counted and one.score:
        st.progress(min(counted.attainment, 1.0), _attained(one.score, counted))
    trend, drawing = _trend(course, metric), charts.item_trend(metric.unit.value, show.symbol())
    if has_trend := len(course.points) > 1:
        show.chart(trend, drawing, f"{label} of the last months")
    is_whole = part.span.days_count == shown.period.days_count
    if is_whole and (said := _own_past(course, metric)):
        st.caption(show.plain(said))
    if signal := _signal(course):
        st.caption(show.plain(signal))
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom", height="stretch"):
        with st.popover("Why", icon=":material/functions:", type="tertiary"):
            st.markdown(show.plain(_story(one, part, course)))
        if reading.actual is not None:
            origin.button(metric.key, span, where, "See the rows")
        if has_trend:
            title = f"{label} of {shown.rep}"
            picture.button(trend, drawing, f"{title} as {part.label} up to {shown.period.label}", title)


def _row(one: ItemExplanation, reading: Reading, shown: RepScorecard, part: RoleScore) -> dict[str, Any]:
    metric, counted, due = reading.metric, one.score, _to_date(part, reading)
    past = _course(shown, part, reading.item).past
    return {
        "label": _label(reading, part),
        "timing": reading.item.timing.value,
        "weight": reading.item.weight,
        "target": show.number(reading.target, metric),
        "actual": _actual(reading),
        "attainment": counted.attainment if counted else None,
        "due": due.attainment if due else None,
        "band": charts.BANDS[(due or counted).band].label if counted else LEFT_OUT,
        "points": counted.points if counted else None,
        "before": _change(past.period_before, metric),
        "year": _change(past.year_earlier, metric),
        "next": one.next_unit.rstrip("."),
    }


def _to_date(part: RoleScore, reading: Reading) -> ItemScore | None:
    """The item against what is due by now, None once the period is over or where it does not count."""
    counted = part.to_date.counted if part.to_date else ()
    return next((item for item in counted if item.reading.item == reading.item), None)


def _span(part: RoleScore, one: ItemExplanation) -> Span:
    aim = part.aim(one.item)
    return aim.span if aim else part.span


def course_of(shown: RepScorecard, key: str) -> Course:
    """The course of a metric of the part of the company that `where_of` names."""
    part = shown.role_scores[-1]
    mine = next(
        (item for item, _ in part.aims if item.metric == key and _place(shown, item.scope) == where_of(shown)), None
    )
    if mine:
        return _course(shown, part, mine)
    return asking.answer(coaching.courses, (key,), shown.period, where_of(shown))[key]


def _course(shown: RepScorecard, part: RoleScore, item: Item) -> Course:
    """That of an item, asked together with the others of its scope."""
    keys = tuple(dict.fromkeys(other.metric for other, _ in part.aims if other.scope is item.scope))
    return asking.answer(coaching.courses, keys, shown.period, _place(shown, item.scope))[item.metric]


def _actual(reading: Reading) -> str:
    return wording.COVERED if reading.is_covered else show.number(reading.actual, reading.metric)


def _attained(counted: ItemScore, due: ItemScore) -> str:
    """The attainment in words; while the period runs, that of what is due by now first."""
    uncapped = counted.reading.uncapped_attainment or 0.0
    if due.reading.target != counted.reading.target:
        now = due.reading.uncapped_attainment or 0.0
        return f"{shown_percent(now)} % of what is due by now, {shown_percent(uncapped)} % of all"
    capped = f", counts as {shown_percent(counted.attainment)} %" if uncapped > counted.attainment else ""
    return f"{shown_percent(uncapped)} % of target{capped}"


def _trend(course: Course, metric: Metric) -> pd.DataFrame:
    frame = pd.DataFrame(
        {
            "period": [point.period.start for point in course.points],
            "value": [point.value for point in course.points],
            "target": None,
            "signal": [signal and ("above" if signal.is_above else "below") for signal in course.signals],
        },
        dtype=object,
    )
    return show.major(frame, "value") if metric.unit is Unit.MONEY else frame


def _own_past(course: Course, metric: Metric) -> str:
    said = [_change(found, metric) for found in (course.past.period_before, course.past.year_earlier)]
    return " · ".join(words for words in dict.fromkeys(said) if words != wording.MISSING)


def _signal(course: Course) -> str:
    """What the last month is more than luck as; empty for noise."""
    if not course.signals or course.signals[-1] is None:
        return ""
    signal = course.signals[-1]
    return f"{'▲' if signal.is_above else '▼'} {course.points[-1].period.title}: {signal}"


def _change(past: Comparison, metric: Metric) -> str:
    if not past.change or not past.past:
        return wording.MISSING
    return f"{show.change(past.past + past.change, past.past, metric)} on {past.against}"


def _story(one: ItemExplanation, part: RoleScore, course: Course) -> str:
    """How an item's number and target came about, what it is worth, and what it was before."""
    aim = part.aim(one.item)
    weight = f"Weight {one.item.weight:g}, {one.item.timing.value}."
    lines = [
        f"{one.label}: {metric.meaning}." if (metric := asking.scene().metrics.get(one.item.metric)) else "",
        one.sentence,
        f"Target: {aim.words}" if aim and aim.target else "",
        f"{weight} {one.next_unit}",
        f"Missing {points(one.score.points_lost)} points." if one.score and one.score.points_lost else "",
        f"Own past: {'; '.join(course.past.words)}." if course.past.words else "",
    ]
    return "\n\n".join(line for line in lines if line)
