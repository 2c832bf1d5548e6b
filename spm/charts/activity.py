"""What somebody does, week by week; and how long deals have been open."""

from functools import cache

import altair as alt

from spm.charts.specification import Specification, colour, names_above, rows, specification, words

SHADES = ("accent", "accent_soft", "faint_ink", "muted")
AGES_COUNT = 5
FAINTEST = 0.22  # the bar of the youngest deals; that of the oldest is 1, an age that is not known is muted


@cache
def activities() -> Specification:
    """Activities by week, a bar a week, its kinds one above the other.

    Columns: week (its Monday), kind (in words), place (of the kind: 0, 1, …; at most four), count.
    """
    week = alt.X("week:T", axis=alt.Axis(title=None, grid=False, format="%-d %b", tickCount=6))
    bars = (
        rows()
        .mark_bar(cornerRadius=1, width=alt.ExprRef("max(width / 34, 3)"))
        .encode(
            x=week,
            y=alt.Y("count:Q", stack="zero", axis=alt.Axis(title=None, tickCount=4, format="d")),
            color=alt.Color(
                "kind:N",
                sort=alt.EncodingSortField("place", op="min"),
                scale=alt.Scale(range=[colour(shade) for shade in SHADES]),
                legend=alt.Legend(title=None, orient="top", columns=alt.ExprRef("width < 400 ? 2 : 4")),
            ),
            order="place:Q",
            tooltip=[
                alt.Tooltip("week:T", title="Week of", format="%-d %b %Y"),
                alt.Tooltip("kind:N", title="Kind"),
                alt.Tooltip("count:Q", title="Count", format=",d"),
            ],
        )
    )
    return specification(alt.layer(bars).properties(height=220))


@cache
def open_by_stage() -> Specification:
    """Open deals by stage: a bar each, the longer a deal has been open the stronger; how many at the end.

    Columns, stages in the order of `stage_place`: stage, stage_place (0, 1, …), age (in words), age_place (0 to 4, 5 where it
    is not known), deals.
    """
    stage = alt.Y("stage:N", sort=alt.EncodingSortField("stage_place", op="min"), axis=names_above())
    strength = alt.Scale(domain=[0, AGES_COUNT - 1], range=[FAINTEST, 1], clamp=True)
    known = alt.when(f"datum.age_place < {AGES_COUNT}")
    bars = (
        rows()
        .mark_bar(height=20, yOffset=10, stroke=alt.ExprRef("background"), strokeWidth=1.5)
        .encode(
            x=alt.X("deals:Q", stack="zero", axis=None),
            y=stage,
            order="age_place:Q",
            color=known.then(alt.value(alt.ExprRef("accent"))).otherwise(alt.value(alt.ExprRef("muted"))),
            opacity=alt.Opacity("age_place:Q", scale=strength, legend=None),
            tooltip=[
                alt.Tooltip("stage:N", title="Stage"),
                alt.Tooltip("age:N", title="Open for"),
                alt.Tooltip("deals:Q", title="Deals", format=",d"),
            ],
        )
    )
    totals = (
        rows()
        .transform_aggregate(deals="sum(deals)", stage_place="min(stage_place)", groupby=["stage"])
        .transform_calculate(text="format(datum.deals, ',d')")
    )
    counts = words(
        totals.encode(x="deals:Q", y=stage, text="text:N"), align="left", dx=7, dy=10, fontSize=13, fontWeight="bold"
    )
    return specification(alt.layer(bars, counts).properties(height=alt.Step(50)))
