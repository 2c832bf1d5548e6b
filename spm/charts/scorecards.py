"""Scorecards of many people in pictures: bands over time, and scores with a draft beside those without."""

from functools import cache

import altair as alt

from spm.charts.palette import BANDS
from spm.charts.specification import Specification, colour, once, rows, specification
from spm.charts.standing import WORDS, band_scale

BIN_POINTS = 10


@cache
def bands_over_time() -> Specification:
    """What share of the people was in which band, period by period: a column a period, the counts inside.

    Columns: period (its title), starts_on (its first day), band (a word of BANDS), people_count.
    """
    base = (
        rows()
        .transform_filter("datum.people_count > 0")
        .transform_calculate(place=f"{len(WORDS)} - indexof({WORDS}, datum.band)")
        .transform_joinaggregate(whole="sum(people_count)", groupby=["period"])
        .transform_calculate(
            share="datum.people_count / datum.whole", percent="format(datum.people_count / datum.whole, '.0%')"
        )
        .encode(
            x=alt.X(
                "period:N",
                sort=alt.EncodingSortField("starts_on", op="min"),
                axis=alt.Axis(title=None, labelAngle=0, labelLimit=90, labelOverlap="greedy"),
            ),
            order="place:Q",
        )
    )
    marks = " : ".join(f"datum.value == '{band.word}' ? '{band.label}'" for band in BANDS.values())
    bars = base.mark_bar(
        stroke=alt.ExprRef("background"), strokeWidth=2, cornerRadius=3, size=alt.ExprRef("min(56, width / 10)")
    ).encode(
        y=alt.Y("share:Q", stack="zero", axis=None, scale=alt.Scale(domain=[0, 1])),
        color=alt.Color(
            "band:N",
            scale=band_scale("colour"),
            legend=alt.Legend(
                title=None,
                orient="top",
                columns=alt.ExprRef("width < 340 ? 2 : width < 540 ? 3 : 5"),
                labelExpr=f"{marks} : datum.value",
            ),
        ),
        tooltip=[
            alt.Tooltip("period:N", title="Period"),
            alt.Tooltip("band:N", title="Band"),
            alt.Tooltip("people_count:Q", title="People", format=",d"),
            alt.Tooltip("percent:N", title="Share"),
        ],
    )
    counts = (
        base.transform_filter("datum.share > 0.05")
        .mark_text(fontSize=12, fontWeight="bold")
        .encode(
            y=alt.Y("share:Q", stack="zero", bandPosition=0.5),
            text="people_count:Q",
            color=alt.Color("band:N", scale=band_scale("ink"), legend=None),
        )
    )
    return specification((bars + counts).resolve_scale(color="independent").properties(height=260))


@cache
def score_distribution(edges: tuple[float, float, float] = (80, 100, 120), highest: float = 150) -> Specification:
    """How many people have which score, in steps of ten points: bars with the draft, an outline without it.

    `edges` are the points at which near target, on target and outstanding begin, `highest` is where the line ends.
    Columns: points (a score, missing ones left out), with_draft (bool).
    """
    across = alt.X(
        "from_points:Q",
        scale=alt.Scale(domain=[0, highest + BIN_POINTS], nice=False),
        axis=alt.Axis(
            title="Score in points", values=[0, 40, *edges, highest], grid=False, titleColor=colour("faint_ink")
        ),
    )
    binned = (
        rows()
        .transform_filter("isValid(datum.points)")
        .transform_calculate(
            from_points=f"min(floor((datum.points + 1e-7) / {BIN_POINTS}) * {BIN_POINTS}, {highest})",
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
