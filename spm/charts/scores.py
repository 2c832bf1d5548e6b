"""Scores: one rep's with its parts, and how many people have which."""

from functools import cache
from itertools import pairwise

import altair as alt

from spm.charts.formats import whole_points
from spm.charts.palette import BANDS
from spm.charts.specification import (
    Specification,
    colour,
    in_place,
    names_beside,
    once,
    rows,
    specification,
    words,
)

BIN_POINTS = 10
HIGHEST = 150  # where the line of points ends
RISING = ("needs help", "near target", "on target", "outstanding")


@cache
def score_dial(edges: tuple[float, float, float] = (80, 100, 120)) -> Specification:
    """A score and its leading and lagging part as bars on one scale, the bands behind them.

    `edges` are the points at which near target, on target and outstanding begin. Columns, in the order of `place`: place (0, 1,
    …), part ("Score", "Leading", "Lagging"), points (missing: "no score"), whole (bool: the score itself).
    """
    points_axis = alt.Axis(title=None, values=[0, *edges, HIGHEST], grid=False, format="d")
    line = alt.X("shown:Q", scale=alt.Scale(domain=[0, HIGHEST], nice=False, clamp=True), axis=points_axis)
    limits = (0.0, *edges, HIGHEST)
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
            text="isValid(datum.points) ? " + whole_points("datum.points") + " : 'no score'",
        )
        .encode(
            x=line,
            y=in_place("part", names_beside()),
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
def score_distribution(edges: tuple[float, float, float] = (80, 100, 120)) -> Specification:
    """How many people have which score, in steps of ten points: bars with the draft, an outline without it.

    `edges` are the points at which near target, on target and outstanding begin.

    Columns: points (a score, missing ones left out), with_draft (bool).
    """
    across = alt.X(
        "from_points:Q",
        scale=alt.Scale(domain=[0, HIGHEST + BIN_POINTS], nice=False),
        axis=alt.Axis(
            title="Score in points", values=[0, 40, *edges, HIGHEST], grid=False, titleColor=colour("faint_ink")
        ),
    )
    binned = (
        rows()
        .transform_filter("isValid(datum.points)")
        .transform_calculate(
            from_points=f"min(floor((datum.points + 1e-7) / {BIN_POINTS}) * {BIN_POINTS}, {HIGHEST})",
            which="datum.with_draft ? 'with the draft' : 'as it is'",
        )
        .transform_aggregate(people_count="count()", groupby=["from_points", "with_draft", "which"])
        .transform_calculate(
            to_points=f"datum.from_points + {BIN_POINTS}",
            bin="datum.from_points + ' to under ' + (datum.from_points + 10)",
        )
        .encode(
            x=across,
            x2="to_points:Q",
            tooltip=[
                alt.Tooltip("bin:N", title="Score"),
                alt.Tooltip("which:N", title="Scorecard"),
                alt.Tooltip("people_count:Q", title="People", format=",d"),
            ],
        )
    )
    axis = alt.Axis(title="People", tickMinStep=1, format="d", titleColor=colour("faint_ink"))
    height, ground = alt.Y("people_count:Q", axis=axis), alt.datum(0)
    drafted = (
        binned.transform_filter("datum.with_draft")
        .mark_bar(
            color=colour("accent"), opacity=0.85, stroke=alt.ExprRef("background"), strokeWidth=1, cornerRadiusEnd=2
        )
        .encode(y=height, y2=ground)
    )
    as_it_is = (
        binned.transform_filter("!datum.with_draft")
        .mark_bar(color="transparent", stroke=colour("ink"), strokeWidth=2, strokeDash=[4, 3])
        .encode(y=height, y2=ground)
    )
    lines = [
        once(rows())
        .mark_rule(color=colour("faint_ink"), strokeWidth=1, strokeDash=[2, 3])
        .encode(x=alt.datum(edge, type="quantitative"))
        for edge in edges
    ]
    return specification(alt.layer(*lines, drafted, as_it_is).properties(height=240))
