"""From leads to won deals, and the deals that are open."""

from functools import cache

import altair as alt

from spm.charts.formats import in_full
from spm.charts.specification import (
    Specification,
    colour,
    dimmed_unless,
    in_place,
    names_above,
    picked,
    rows,
    specification,
    words,
)

AGES_COUNT = 5
FAINTEST = 0.22  # the bar of the youngest deals; that of the oldest is 1, an age that is not known is muted


@cache
def funnel() -> Specification:
    """Leads, qualified leads, opportunities, won deals: a bar each, and what part of the last got there.

    Columns: place (0, 1, …), stage, count (missing: "not in the sheets"), conversion_rate (count ÷ of_count; missing for the
    first, or where not known), of (in words what of_count counts), of_count, peers_rate (the same of pooled peers, or missing).
    A click is `picked` with its stage.
    """
    selection = picked("stage")
    known, rates = in_full(rows(), "share", conversion_rate="Share that got there", peers_rate="Peers")
    base = (
        known.transform_calculate(
            size="isValid(datum.count) ? datum.count : 0",
            text="isValid(datum.count) ? format(datum.count, ',.1~f') : 'not in the sheets'",
            rate="isValid(datum.conversion_rate) ? '↓ ' + format(datum.conversion_rate, '.0%') + ' of ' + datum.of"
            " : datum.count > datum.of_count && isValid(datum.of_count) ? 'more than ' + datum.of : ''",
            peers="isValid(datum.peers_rate) ? ' · peers ' + format(datum.peers_rate, '.0%') : ''",
        )
        .transform_calculate(step="datum.rate + datum.peers")
        .encode(y=in_place("stage", names_above()))
    )
    bars = (
        base.mark_bar(height=22, yOffset=10, cornerRadiusEnd=3, color=colour("accent"), cursor="pointer")
        .encode(
            x=alt.X("size:Q", axis=None, scale=alt.Scale(nice=False)),
            opacity=dimmed_unless(selection),
            tooltip=[
                alt.Tooltip("stage:N", title="Stage"),
                alt.Tooltip("text:N", title="Count"),
                *rates,
            ],
        )
        .add_params(selection)
        .properties(name="stages")
    )
    counts = words(base.encode(x="size:Q", text="text:N"), align="left", dx=7, dy=10, fontSize=14, fontWeight="bold")
    steps = words(
        base.encode(x=alt.value(alt.ExprRef("width")), text="step:N"),
        "faint_ink",
        align="right",
        dy=-12,
        fontSize=13,
    )
    return specification(alt.layer(bars, counts, steps).properties(height=alt.Step(58)))


@cache
def open_by_stage() -> Specification:
    """Open deals by stage: a bar each, the longer a deal has been open the stronger; how many at the end.

    Columns, stages in the order of `stage_place`: stage, stage_place (0, 1, …), age (in words), age_place (0 to 4, 5 where it
    is not known), deals.
    """
    stage = alt.Y("stage:N", sort=alt.EncodingSortField("stage_place", op="min"), axis=names_above())
    stacked = (
        rows()
        .transform_stack(stack="deals", groupby=["stage"], as_=["from", "to"], sort=[alt.SortField("age_place")])
        .encode(
            x=alt.X("from:Q", axis=None),
            x2="to:Q",
            y=stage,
            tooltip=[
                alt.Tooltip("stage:N", title="Stage"),
                alt.Tooltip("age:N", title="Open for"),
                alt.Tooltip("deals:Q", title="Deals", format=",d"),
            ],
        )
    )
    strength = alt.Opacity(
        "age:O",
        sort=alt.EncodingSortField("age_place", op="min"),
        scale=alt.Scale(range=[FAINTEST, 1]),
        legend=alt.Legend(
            title=None,
            orient="top",
            columns=alt.ExprRef("width < 500 ? 2 : 5"),
            symbolFillColor=colour("accent"),
            symbolStrokeWidth=0,
        ),
    )
    shades = {"accent": f"datum.age_place < {AGES_COUNT}", "muted": f"datum.age_place >= {AGES_COUNT}"}
    known, not_known = (
        stacked.transform_filter(meant).mark_bar(
            height=20, yOffset=10, stroke=alt.ExprRef("background"), strokeWidth=1.5, color=colour(shade)
        )
        for shade, meant in shades.items()
    )
    totals = (
        rows()
        .transform_aggregate(deals="sum(deals)", stage_place="min(stage_place)", groupby=["stage"])
        .transform_calculate(text="format(datum.deals, ',d')")
    )
    counts = words(
        totals.encode(x="deals:Q", y=stage, text="text:N"), align="left", dx=7, dy=10, fontSize=13, fontWeight="bold"
    )
    return specification(alt.layer(known.encode(opacity=strength), not_known, counts).properties(height=alt.Step(54)))
