"""What explains a change."""

from functools import cache

import altair as alt

from spm.charts.formats import in_full, short
from spm.charts.specification import Specification, colour, names_beside, paint, rows, specification, words


@cache
def waterfall(unit: str = "money", symbol: str = "") -> Specification:
    """From one value to another by its parts: a step each with sign, the two ends as marks.

    Columns, in the order of `place`: place (0, 1, …), label, kind ("start", "part" or "end"), amount (the value at the ends,
    what a part adds or takes away between them; in `unit`).
    """
    shown, numbers = in_full(rows(), unit, amount="Amount")
    signed = f"(datum.amount < 0 ? '−' : datum.amount > 0 ? '+' : '±') + {short('abs(datum.amount)', unit)}"
    base = (
        shown.transform_calculate(change="datum.kind == 'end' ? 0 : datum.amount")
        .transform_window(running="sum(change)", sort=[alt.SortField("place")])
        .transform_calculate(
            start="datum.kind == 'part' ? datum.running - datum.amount : 0",
            end="datum.kind == 'end' ? datum.amount : datum.running",
            right="datum.kind == 'part' ? max(datum.running, datum.running - datum.amount) : datum.amount",
            text=f"datum.kind == 'part' ? {signed} : {short('datum.amount', unit)}",
        )
        .encode(
            x=alt.X("right:Q", axis=None, scale=alt.Scale(zero=False, nice=False, padding=12)),
            y=alt.Y("label:N", sort=alt.EncodingSortField("place", op="min"), axis=names_beside()),
            tooltip=[alt.Tooltip("label:N", title="Part"), *numbers],
        )
    )
    parts, ends = base.transform_filter("datum.kind == 'part'"), base.transform_filter("datum.kind != 'part'")
    steps = parts.mark_bar(height=16, cornerRadius=2).encode(
        x=alt.X("start:Q", axis=None),
        x2="end:Q",
        color=alt.when("datum.amount < 0").then(paint("needs_help")).otherwise(paint("on_target")),
    )
    marks = ends.mark_tick(thickness=4, size=22, opacity=1, color=colour("accent"))
    values = words(parts.encode(text="text:N"), align="left", dx=7, fontSize=13)
    totals = words(ends.encode(text="text:N"), align="left", dx=9, fontSize=15, fontWeight="bold")
    return specification(alt.layer(steps, marks, values, totals).properties(height=alt.Step(32)), symbol)
