"""What will probably happen, how a typical year looks, and how good earlier forecasts were."""

from functools import cache

import altair as alt

from spm.charts.formats import PERIOD, RANGES, hover, last_known, month_axis, value_axis
from spm.charts.specification import Specification, colour, paint, rows, specification, words


@cache
def projection(unit: str = "money", symbol: str = "") -> Specification:
    """History and projection of a metric with the ranges that hold 80 % and 95 % of outcomes.

    Columns: period (its first day), label (how it is called), value (what came), booked (of the running period so far),
    projected, low_80, high_80, low_95, high_95 (on the last known period all equal to its value, so that the lines meet),
    note (what is special about the period): all in `unit`, missing where there is none.
    """
    base = rows().encode(x=alt.X("period:T", axis=month_axis()))
    scale = alt.Scale(zero=True)
    wide = base.mark_area(aria=False, color=colour("accent"), opacity=0.13).encode(
        y=alt.Y("low_95:Q", axis=value_axis(unit), scale=scale), y2="high_95:Q"
    )
    likely = base.mark_area(aria=False, color=colour("accent"), opacity=0.22).encode(y="low_80:Q", y2="high_80:Q")
    known = base.transform_filter("isValid(datum.projected)")
    ahead = known.mark_line(color=colour("accent"), strokeWidth=2.5, strokeDash=[6, 4]).encode(y="projected:Q")
    line = base.mark_line(color=colour("ink"), strokeWidth=2, strokeJoin="round").encode(y="value:Q")
    dots = base.mark_point(color=colour("ink"), filled=True, size=24, opacity=1).encode(y="value:Q")
    so_far = (
        base.transform_filter("isValid(datum.booked)")
        .mark_bar(color=colour("accent"), opacity=0.55, width=7, cornerRadiusEnd=2)
        .encode(y="booked:Q", y2=alt.datum(0))
    )
    special = base.transform_filter("isValid(datum.note)")
    rings = special.mark_point(size=150, strokeWidth=2, filled=False, opacity=1, color=colour("near_target")).encode(
        y="value:Q"
    )
    notes = words(special.encode(y="value:Q", text="note:N"), dy=-15)
    end = last_known(rows(), "period", "projected", unit)
    amount = words(end.encode(x="period:T", y="projected:Q", text="text:N"), align="right", dy=-14, fontWeight="bold")
    told = hover(base, unit, PERIOD, 12, value="Actual", booked="Booked so far", projected="Projected", **RANGES)
    layers = alt.layer(wide, likely, so_far, line, dots, ahead, rings, notes, amount, told)
    return specification(layers.properties(height=320), symbol)


@cache
def typical_year() -> Specification:
    """What each part of a typical year brings above or below the year's mean, with the spread over the years.

    Columns, in the order of `place`: place (0, 1, …), part ("Jan", "Q1"), effect (0.2: 20 % above the mean), low and high
    (the least and the most of the years).
    """
    base = rows().encode(x=alt.X("part:N", sort=alt.EncodingSortField("place", op="min"),
                                 axis=alt.Axis(title=None, labelAngle=0, ticks=False, domain=False)))  # fmt: skip
    axis = alt.Axis(title=None, format="+.0%", tickCount=5)
    bars = base.mark_bar(cornerRadiusEnd=2).encode(
        y=alt.Y("effect:Q", axis=axis),
        color=alt.when("datum.effect < 0").then(paint("muted")).otherwise(paint("accent")),
        tooltip=[
            alt.Tooltip("part:N", title="Part of the year"),
            alt.Tooltip("effect:Q", title="Against the mean", format="+.0%"),
            alt.Tooltip("low:Q", title="Least of the years", format="+.0%"),
            alt.Tooltip("high:Q", title="Most of the years", format="+.0%"),
        ],
    )
    spread = base.mark_rule(color=colour("ink"), strokeWidth=1.5).encode(y="low:Q", y2="high:Q")
    return specification((bars + spread).properties(height=240))


@cache
def part(unit: str = "money", symbol: str = "") -> Specification:
    """One part of a history (its trend, its season, or the rest) by period.

    Columns: period (its first day), label (how it is called), value (in `unit`).
    """
    base = rows().encode(x=alt.X("period:T", axis=month_axis()))
    zero = rows().mark_rule(color=colour("muted")).encode(y=alt.datum(0))
    line = base.mark_line(color=colour("accent"), strokeWidth=2).encode(
        y=alt.Y("value:Q", axis=value_axis(unit), scale=alt.Scale(zero=False))
    )
    return specification(
        alt.layer(zero, line, hover(base, unit, PERIOD, 12, value="Amount")).properties(height=200), symbol
    )


@cache
def said_and_came(unit: str = "money", symbol: str = "") -> Specification:
    """What was forecast of each period, with its ranges, and what came; marked in words where it came out of range.

    Columns: period (its first day), label (how it is called), said, low_80, high_80, low_95, high_95, came (missing while
    the period runs): in `unit`.
    """
    base = rows().encode(x=alt.X("period:T", axis=month_axis()))
    wide = base.mark_bar(width=10, color=colour("accent"), opacity=0.15).encode(
        y=alt.Y("low_95:Q", axis=value_axis(unit), scale=alt.Scale(zero=True)), y2="high_95:Q"
    )
    likely = base.mark_bar(width=10, color=colour("accent"), opacity=0.3).encode(y="low_80:Q", y2="high_80:Q")
    said = base.mark_tick(thickness=2.5, width=14, color=colour("accent")).encode(y="said:Q")
    came = base.mark_point(size=60, filled=True, opacity=1, color=colour("ink")).encode(y="came:Q")
    outside = base.transform_filter(
        "isValid(datum.came) && isValid(datum.high_95) && (datum.came < datum.low_95 || datum.came > datum.high_95)"
    ).encode(y="came:Q", text=alt.value("out of range"))
    told = hover(base, unit, PERIOD, 14, said="Forecast", came="Came", **RANGES)
    layers = alt.layer(wide, likely, said, came, words(outside, dy=-14), told)
    return specification(layers.properties(height=240), symbol)
