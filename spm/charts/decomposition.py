"""What a number is made of: from one value to another, a step a part."""

from functools import cache
from typing import Any

import altair as alt

from spm.charts.formats import in_full, short, whole_points
from spm.charts.specification import (
    Specification,
    colour,
    dimmed_unless,
    in_place,
    names_beside,
    paint,
    picked,
    rows,
    specification,
    words,
)


@cache
def waterfall(unit: str = "money", symbol: str = "") -> Specification:
    """From one value to another by its parts: a step each with sign, the two ends as marks.

    Columns, in the order of `place`: place (0, 1, …), label, kind ("start", "part" or "end"), amount (the value at the ends,
    what a part adds or takes away between them; in `unit`).
    """
    shown, numbers = in_full(rows(), unit, amount="Amount")
    signed = f"(datum.amount < 0 ? '−' : datum.amount > 0 ? '+' : '±') + {short('abs(datum.amount)', unit)}"
    text = f"datum.kind == 'part' ? {signed} : {short('datum.amount', unit)}"
    told = shown.encode(tooltip=[alt.Tooltip("label:N", title="Part"), *numbers])
    steps, rest = _steps(told, "amount", ("part", "end"), text)
    return specification(alt.layer(steps, *rest).properties(height=alt.Step(32)), symbol)


@cache
def points() -> Specification:
    """Where the points went: from the full score down to the own one, a step an item with sign and word.

    Columns, in the order of `place`: place (0, 1, …), label, kind ("full", "item" or "score"), points (the
    full score, each item's points gained or lost as a signed number, the score). A click is `picked` with its
    label.
    """
    size = "format(abs(datum.points), '.1f')"
    text = (
        f"datum.kind != 'item' ? {whole_points('datum.points')} : datum.points < 0 ? '−' + {size} + ' lost'"
        f" : datum.points > 0 ? '+' + {size} + ' gained' : '±0'"
    )
    told = rows().encode(tooltip=[alt.Tooltip("label:N", title="Item"), alt.Tooltip("text:N", title="Points")])
    steps, rest = _steps(told, "points", ("item", "score"), text, cursor="pointer")
    selection = picked("label")
    items = steps.encode(opacity=dimmed_unless(selection)).add_params(selection).properties(name="items")
    return specification(alt.layer(items, *rest).properties(height=alt.Step(32)))


def _steps(
    chart: alt.Chart, amount: str, kinds: tuple[str, str], text: str, **bar: Any
) -> tuple[alt.Chart, list[alt.Chart | alt.LayerChart]]:
    """A bar for each part; and the marks of the two ends, with all the texts.

    `kinds` are the words for a part and for the last end, `amount` is the column of values, `text` the expression of what
    is written at the right of each.
    """
    is_part, is_last = (f"datum.kind == '{kind}'" for kind in kinds)
    value = f"datum.{amount}"
    base = (
        chart.transform_calculate(change=f"{is_last} ? 0 : {value}")
        .transform_window(running="sum(change)", sort=[alt.SortField("place")])
        .transform_calculate(
            start=f"datum.running - {value}",
            right=f"{is_part} ? max(datum.running, datum.running - {value}) : {value}",
            text=text,
        )
        .encode(
            x=alt.X("right:Q", axis=None, scale=alt.Scale(zero=False, nice=False, padding=12)),
            y=in_place("label", names_beside()),
        )
    )
    parts, ends = base.transform_filter(is_part), base.transform_filter(f"!({is_part})")
    bars = parts.mark_bar(height=16, cornerRadius=2, **bar).encode(
        x=alt.X("start:Q", axis=None),
        x2="running:Q",
        color=alt.when(f"{value} < 0").then(paint("needs_help")).otherwise(paint("on_target")),
    )
    return bars, [
        ends.mark_tick(thickness=4, size=22, opacity=1, color=colour("accent")),
        words(parts.encode(text="text:N"), align="left", dx=7, fontSize=13),
        words(ends.encode(text="text:N"), align="left", dx=9, fontSize=15, fontWeight="bold"),
    ]
