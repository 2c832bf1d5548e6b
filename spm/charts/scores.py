"""A scorecard in pictures: the score, where its points went, and each item's recent course."""

from functools import cache
from itertools import pairwise

import altair as alt

from spm.charts.formats import in_full, short
from spm.charts.palette import BANDS
from spm.charts.specification import (
    Specification,
    colour,
    dimmed_unless,
    names_beside,
    once,
    paint,
    picked,
    row_at,
    rows,
    specification,
    words,
)

RISING = ("needs help", "near target", "on target", "outstanding")
_SCORE = "format(floor({} + 1e-9), ',d')"  # like every percentage that decides a band: rounded down


@cache
def score_dial(edges: tuple[float, float, float] = (80, 100, 120), highest: float = 150) -> Specification:
    """A score and its leading and lagging part as bars on one scale, the bands behind them.

    `edges` are the points at which near target, on target and outstanding begin, `highest` is where the line
    ends. Columns, in the order of `place`: place (0, 1, …), part ("Score", "Leading", "Lagging"), points
    (missing: "no score"), whole (bool: the score itself).
    """
    points_axis = alt.Axis(title=None, values=[0, *edges, highest], grid=False, format="d")
    line = alt.X("shown:Q", scale=alt.Scale(domain=[0, highest], nice=False, clamp=True), axis=points_axis)
    limits = (0.0, *edges, highest)
    bands = list(zip(RISING, pairwise(limits), strict=True))
    zones = [
        once(rows())
        .mark_rect(color=colour(BANDS[word].colour), opacity=0.18)
        .encode(x=alt.datum(start, type="quantitative"), x2=alt.datum(end))
        for word, (start, end) in bands
    ]
    marks = [
        once(rows())
        .mark_text(color=colour("faint_ink"), baseline="bottom", fontSize=12)
        .encode(
            x=alt.datum((start + end) / 2, type="quantitative"),
            y=alt.value(-4),
            text=alt.value(BANDS[word].mark),
        )
        for word, (start, end) in bands
    ]
    parts = (
        rows()
        .transform_calculate(
            shown="isValid(datum.points) ? datum.points : 0",
            text="isValid(datum.points) ? " + _SCORE.format("datum.points") + " : 'no score'",
        )
        .encode(
            x=line,
            y=alt.Y("part:N", sort=alt.EncodingSortField("place", op="min"), axis=names_beside()),
            tooltip=[
                alt.Tooltip("part:N", title="Part"),
                alt.Tooltip("text:N", title="Points"),
            ],
        )
    )
    whole, part = parts.transform_filter("datum.whole"), parts.transform_filter("!datum.whole")
    bars = [
        whole.mark_bar(height=16, cornerRadiusEnd=3, color=colour("accent")),
        part.mark_bar(height=8, cornerRadiusEnd=3, color=colour("faint_ink")),
        words(whole.encode(text="text:N"), align="left", dx=7, fontSize=17, fontWeight="bold"),
        words(part.encode(text="text:N"), align="left", dx=7, fontSize=13),
    ]
    return specification(alt.layer(*zones, *marks, *bars).properties(height=alt.Step(34)))


@cache
def points() -> Specification:
    """Where the points went: from the full score down to the own one, a step an item with sign and word.

    Columns, in the order of `place`: place (0, 1, …), label, kind ("full", "item" or "score"), points (the
    full score, each item's points gained or lost as a signed number, the score). A click is `picked` with its
    label.
    """
    selection = picked("label")
    base = (
        rows()
        .transform_calculate(change="datum.kind == 'score' ? 0 : datum.points")
        .transform_window(running="sum(change)", sort=[alt.SortField("place")])
        .transform_calculate(
            start="datum.kind == 'item' ? datum.running - datum.points : datum.points",
            end="datum.kind == 'score' ? datum.points : datum.running",
            right="datum.kind == 'item' ? max(datum.running, datum.running - datum.points) : datum.points",
            size="format(abs(datum.points), '.1f')",
        )
        .transform_calculate(
            text="datum.kind != 'item' ? " + _SCORE.format("datum.points") + " : datum.points < 0 ?"
            " '−' + datum.size + ' lost' : datum.points > 0 ? '+' + datum.size + ' gained' : '±0'"
        )
        .encode(
            x=alt.X("right:Q", axis=None, scale=alt.Scale(zero=False, nice=False, padding=8)),
            y=alt.Y("label:N", sort=alt.EncodingSortField("place", op="min"), axis=names_beside()),
            tooltip=[alt.Tooltip("label:N", title="Item"), alt.Tooltip("text:N", title="Points")],
        )
    )
    items, totals = (
        base.transform_filter("datum.kind == 'item'"),
        base.transform_filter("datum.kind != 'item'"),
    )
    steps = (
        items.mark_bar(height=16, cornerRadius=2, cursor="pointer")
        .encode(
            x=alt.X("start:Q", axis=None),
            x2="end:Q",
            color=alt.when("datum.points < 0").then(paint("needs_help")).otherwise(paint("on_target")),
            opacity=dimmed_unless(selection),
        )
        .add_params(selection)
        .properties(name="items")
    )
    ends = totals.mark_tick(thickness=4, size=22, opacity=1, color=colour("accent"))
    values = words(items.encode(text="text:N"), align="left", dx=7, fontSize=13)
    scores = words(totals.encode(text="text:N"), align="left", dx=9, fontSize=15, fontWeight="bold")
    return specification(alt.layer(steps, ends, values, scores).properties(height=alt.Step(32)))


@cache
def item_trend(unit: str = "count", symbol: str = "") -> Specification:
    """A line of 12 periods without axes, the last value as a dot, signals as triangles: small, for one row of a scorecard.

    Columns: period (its first day), value (in `unit`; missing leaves a gap), target (same unit, or missing), signal ("above",
    "below" or missing).
    """
    base = rows().encode(x=alt.X("period:T", axis=None))
    value = alt.Y("value:Q", axis=None, scale=alt.Scale(zero=False, padding=4))
    last = (
        row_at("argmax", "period", rows().transform_filter("isValid(datum.value)"), "value")
        .transform_calculate(text=short("datum.value", unit))
        .encode(x=alt.X("period:T", axis=None), y=value)
    )
    target = base.mark_line(color=colour("faint_ink"), strokeDash=[3, 3], strokeWidth=1).encode(
        y=alt.Y("target:Q", axis=None)
    )
    line = base.mark_line(color=colour("accent"), strokeWidth=2).encode(y=value)
    dot = last.mark_point(filled=True, size=45, opacity=1, color=colour("accent"))
    above = alt.when("datum.signal == 'above'")
    signals = (
        base.transform_filter("isValid(datum.signal)")
        .mark_point(filled=True, size=90, opacity=1, stroke=alt.ExprRef("background"))
        .encode(
            y=value,
            shape=above.then(alt.value("triangle-up")).otherwise(alt.value("triangle-down")),
            color=above.then(paint("on_target")).otherwise(paint("needs_help")),
        )
    )
    text = words(last.encode(text="text:N"), align="right", dy=-10, fontSize=12)
    shown, numbers = in_full(base, unit, value="Actual", target="Target")
    hover = shown.mark_rule(strokeWidth=14, opacity=0).encode(
        tooltip=[alt.Tooltip("period:T", title="Period from", format="%-d %b %Y"), *numbers]
    )
    return specification((target + line + dot + signals + text + hover).properties(height=56), symbol)
