"""Several side by side."""

from functools import cache

import altair as alt

from spm.charts.formats import MONTH, change, hover, in_full, last_known, month_axis, off_the_line, short, value_axis
from spm.charts.specification import (
    Specification,
    colour,
    dimmed_unless,
    in_place,
    names_above,
    picked,
    rows,
    signals,
    specification,
    words,
)


@cache
def beside_others(unit: str = "money", symbol: str = "", most: float | None = None) -> Specification:
    """One of several by month: its line in front of those of the others, its range of normal, its signals.

    All are drawn on one scale. Columns: name, month (its first day), value, normal_low, normal_high (limits of what is noise,
    or missing), signal ("above", "below" or missing), is_own (bool: the one in front). Whatever is above `most` is drawn there.
    """
    month = alt.X("month:T", axis=month_axis())
    scale = alt.Undefined if most is None else alt.Scale(domainMax=most, clamp=True)
    others = (
        rows()
        .transform_filter("!datum.is_own")
        .mark_line(color=colour("muted"), strokeWidth=1.2, opacity=0.7)
        .encode(x=month, y=alt.Y("value:Q", axis=value_axis(unit), scale=scale), detail=alt.Detail("name:N"))
    )
    own = rows().transform_filter("datum.is_own").encode(x=month)
    normal = own.mark_area(aria=False, color=colour("zone"), interpolate="step", clip=True).encode(
        y=alt.Y("normal_low:Q"), y2=alt.Y2("normal_high:Q")
    )
    of_all = alt.Y("normal_high:Q")  # on each picture
    of_all_points = rows().mark_point(opacity=0, size=0, aria=False).encode(y=of_all)
    line = own.mark_line(color=colour("accent"), strokeWidth=2.5, strokeJoin="round").encode(y=alt.Y("value:Q"))
    last = last_known(own, "month", "value", unit).encode(
        x=alt.X("month:T"), y=alt.Y("value:Q"), text=alt.Text("text:N")
    )
    value = words(last, align="right", dy=off_the_line("value", 11), fontSize=13, fontWeight="bold")
    told = hover(own, unit, MONTH, 10, value="Value", normal_low="Normal from", normal_high="Normal to")
    marks = signals(own, 120).encode(y=alt.Y("value:Q"))
    return specification(alt.layer(normal, of_all_points, others, line, marks, value, told, height=170), symbol)


@cache
def standing(unit: str = "money", symbol: str = "") -> Specification:
    """Where each of several stands: a dot on the bar in which the true value lies, a ring for what is most likely, a mark for
    the peers.

    Columns, in the order of `place`: place (0, 1, …), name, value, low and high (between which the true value is, or missing),
    likely (the value drawn towards others, or missing), peers (theirs, or missing); all in `unit`.
    """
    shown, numbers = in_full(
        rows().transform_filter("isValid(datum.value)"), unit,
        value="Value", low="9 in 10 sure: from", high="to", likely="Most likely", peers="Peers",
    )  # fmt: skip
    base = shown.transform_calculate(text=short("datum.value", unit)).encode(
        y=in_place("name", names_above()), tooltip=[alt.Tooltip("name:N", title="Name"), *numbers]
    )
    across = alt.Scale(zero=unit != "share", padding=10)
    bars = (
        base.transform_filter("isValid(datum.low)")
        .mark_bar(height=12, yOffset=10, cornerRadius=6, color=colour("accent_soft"))
        .encode(x=alt.X("low:Q", axis=value_axis(unit), scale=across), x2=alt.X2("high:Q"))
    )
    peers = (
        base.transform_filter("isValid(datum.peers)")
        .mark_tick(thickness=3, size=26, yOffset=10, opacity=1, color=colour("ink"))
        .encode(x=alt.X("peers:Q", axis=value_axis(unit), scale=across))
    )
    rings = (
        base.transform_filter("isValid(datum.likely)")
        .mark_point(size=110, yOffset=10, filled=False, strokeWidth=2, opacity=1, stroke=colour("ink"))
        .encode(x=alt.X("likely:Q"))
    )
    dots = base.mark_point(
        size=170, yOffset=10, filled=True, opacity=1, color=colour("accent"), stroke=alt.ExprRef("background")
    ).encode(x=alt.X("value:Q"))
    values = _at_the_end(base, "text:N")
    return specification(alt.layer(bars, peers, dots, rings, values, height=alt.Step(52)), symbol)


@cache
def people_of_groups(unit: str = "money", symbol: str = "") -> Specification:
    """Everyone of each group as a dot, with a mark where half have more and where the best quarter begins.

    Columns, in the order of `place` (of the group: 0, 1, …): place, group, rep, value, median, top_quartile (of the group, the
    same in each of its rows, or missing); all in `unit`.
    """
    shown, numbers = in_full(rows(), unit, value="Value", median="Median", top_quartile="Best quarter from")
    row = in_place("group", names_above())
    everyone = shown.mark_point(
        size=90, yOffset=12, filled=True, opacity=0.55, color=colour("accent"), stroke=alt.ExprRef("background")
    ).encode(
        x=alt.X("value:Q", axis=value_axis(unit), scale=alt.Scale(zero=True, nice=False, padding=10)),
        y=row,
        tooltip=[alt.Tooltip("rep:N", title="Name"), *numbers],
    )
    groups = rows().transform_aggregate(
        groupby=["place", "group"], median="min(median)", top_quartile="min(top_quartile)"
    )
    layers = [everyone]
    for column, other, name, word in (
        ("median", "top_quartile", "ink", "median"),
        ("top_quartile", "median", "on_target", "best quarter"),
    ):
        mark = groups.transform_filter(f"isValid(datum.{column})").transform_calculate(
            text=f"'{word} ' + {short(f'datum.{column}', unit)}"
        )
        mark = mark.encode(x=f"{column}:Q", y=row, text=alt.Text("text:N"))
        outwards = alt.ExprRef(f"datum.{column} < datum.{other} ? 'right' : 'left'")  # away from the other's words
        layers.append(mark.mark_tick(thickness=3, size=26, yOffset=12, opacity=1, color=colour(name)))
        layers.append(words(mark, align=outwards, dy=34, fontSize=12))
    return specification(alt.layer(*layers, height=alt.Step(78)), symbol)


@cache
def breakdown(
    unit: str = "money", symbol: str = "", value_title: str = "Now", mark_title: str = "Before"
) -> Specification:
    """A value by name: a bar each, a mark for what it was before (or is held against), the change in words.

    Columns, in the order of `place`: place (0, 1, …), name, value and before (in `unit`, or missing), change (a share, or
    missing). A click is `picked` with its name.
    """
    selection = picked("name")
    shown, numbers = in_full(rows(), unit, value=value_title, before=mark_title)
    base = shown.transform_calculate(
        size="isValid(datum.value) ? datum.value : 0",
        text=f"isValid(datum.value) ? {short('datum.value', unit)} : '–'",
        moved=f"isValid(datum.change) ? ' · ' + {change('datum.change')} : ''",
        said="datum.text + datum.moved",
    ).encode(y=in_place("name", names_above()))
    bars = (
        base.mark_bar(height=16, yOffset=10, cornerRadiusEnd=3, color=colour("accent"), cursor="pointer")
        .encode(
            x=alt.X("size:Q", axis=None, scale=alt.Scale(nice=False)),
            opacity=dimmed_unless(selection),
            tooltip=[alt.Tooltip("name:N", title="Name"), *numbers],
        )
        .add_params(selection)
        .properties(name="names")
    )
    marks = (
        base.transform_filter("isValid(datum.before)")
        .mark_tick(thickness=3, size=24, yOffset=10, opacity=1, color=colour("ink"))
        .encode(x=alt.X("before:Q", axis=None))
    )
    values = _at_the_end(base, "said:N")
    return specification(alt.layer(bars, marks, values, height=alt.Step(52)), symbol)


def _at_the_end(base: alt.Chart, column: str) -> alt.LayerChart:
    """What each row comes to, in words at its end, above its mark."""
    encoded = base.encode(x=alt.value(alt.ExprRef("width")), text=alt.Text(column))
    return words(encoded, align="right", dy=-14, fontSize=13, fontWeight="bold")
