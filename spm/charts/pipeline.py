"""From leads to won deals."""

from functools import cache

import altair as alt

from spm.charts.formats import in_full
from spm.charts.specification import (
    Specification,
    colour,
    dimmed_unless,
    names_above,
    picked,
    rows,
    specification,
    words,
)


@cache
def funnel() -> Specification:
    """Leads, qualified leads, opportunities, won deals: a bar each, and what part of the last got there.

    Columns: place (0, 1, …), stage, count (missing: "not in the sheets"), conversion_rate (share of the stage
    before; missing for the first or where not known), peers_rate (the same of pooled peers, or missing). A
    click is `picked` with its stage.
    """
    selection = picked("stage")
    known, rates = in_full(rows(), "share", conversion_rate="Of the stage before", peers_rate="Peers")
    base = (
        known.transform_calculate(
            size="isValid(datum.count) ? datum.count : 0",
            text="isValid(datum.count) ? format(datum.count, ',.1~f') : 'not in the sheets'",
            rate="isValid(datum.conversion_rate) ? '↓ ' + format(datum.conversion_rate, '.0%') : ''",
            peers="isValid(datum.peers_rate) ? ' · peers ' + format(datum.peers_rate, '.0%') : ''",
        )
        .transform_calculate(step="datum.rate + datum.peers")
        .encode(y=alt.Y("stage:N", sort=alt.EncodingSortField("place", op="min"), axis=names_above()))
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
