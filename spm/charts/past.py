"""A metric against its own past, large and small."""

from functools import cache

import altair as alt

from spm.charts.formats import MONTH, hover, last_known, month_axis, off_the_line, value_axis
from spm.charts.specification import Specification, colour, row_at, rows, signals, specification, words

NEAR_THE_END = "scale('x', datum.month) > width - 80"  # words that begin here would be cut


@cache
def own_past(unit: str = "money", symbol: str = "") -> Specification:
    """A metric by month over two years: its line, its normal range, the year before, signals as marks, the last in words.

    Columns: month (its first day), value, last_year (the same month a year before), normal_low, normal_high
    (limits of what is noise), all in `unit` or missing; signal ("above", "below" or missing).
    """
    base = rows().encode(x=alt.X("month:T", axis=month_axis()))
    normal = base.mark_area(aria=False, color=colour("zone"), interpolate="step").encode(
        y=alt.Y("normal_low:Q", axis=value_axis(unit), scale=alt.Scale(zero=False)), y2=alt.Y2("normal_high:Q")
    )
    normal_name = words(
        row_at("argmax", "normal_high", rows().transform_filter("isValid(datum.normal_high)"), "month").encode(
            x=alt.X("month:T"), y=alt.Y("normal_high:Q"), text=alt.value("normal range")
        ),
        "faint_ink",
        align=alt.ExprRef(f"{NEAR_THE_END} ? 'right' : 'left'"),
        dx=alt.ExprRef(f"{NEAR_THE_END} ? -4 : 4"),
        dy=10,
    )
    last_year = base.mark_line(color=colour("muted"), strokeWidth=2).encode(y=alt.Y("last_year:Q"))
    last_year_name = words(
        row_at("argmax", "month", rows().transform_filter("isValid(datum.last_year)"), "last_year").encode(
            x=alt.X("month:T"), y=alt.Y("last_year:Q"), text=alt.value("year before")
        ),
        "faint_ink",
        align="right",
        dx=-6,
        dy=alt.ExprRef("scale('y', datum.last_year) > height - 24 ? -10 : 14"),
    )
    line = base.mark_line(color=colour("accent"), strokeWidth=2.5, strokeJoin="round").encode(y=alt.Y("value:Q"))
    dots = base.mark_point(color=colour("accent"), filled=True, size=28, opacity=1).encode(y=alt.Y("value:Q"))
    marks = signals(base, 170).encode(y=alt.Y("value:Q"))
    latest = row_at("argmax", "month", rows().transform_filter("isValid(datum.signal)"), "value", "signal").encode(
        x=alt.X("month:T"), y=alt.Y("value:Q")
    )
    inwards = alt.ExprRef(f"{NEAR_THE_END} ? 'right' : 'center'")
    up = words(
        latest.transform_filter("datum.signal == 'above'").encode(text=alt.value("above normal")), align=inwards, dy=-15
    )
    down = words(
        latest.transform_filter("datum.signal == 'below'").encode(text=alt.value("below normal")), align=inwards, dy=16
    )
    told = hover(
        base, unit, MONTH, 12, value="Value", last_year="Year before", normal_low="Normal from", normal_high="Normal to"
    )
    return specification(
        alt.layer(normal, last_year, line, dots, marks, normal_name, last_year_name, up, down, told, height=260), symbol
    )


@cache
def item_trend(unit: str = "count", symbol: str = "") -> Specification:
    """A line of 12 periods without axes, the last value as a dot, signals as triangles: small, for one row of a scorecard.

    Columns: period (its first day), value (in `unit`; missing leaves a gap), target (same unit, or missing), signal ("above",
    "below" or missing).
    """
    base = rows().encode(x=alt.X("period:T", axis=None))
    value = alt.Y("value:Q", axis=None, scale=alt.Scale(zero=False, padding=4))
    last = last_known(rows(), "period", "value", unit).encode(x=alt.X("period:T", axis=None), y=value)
    target = base.mark_line(color=colour("faint_ink"), strokeDash=[3, 3], strokeWidth=1).encode(
        y=alt.Y("target:Q", axis=None)
    )
    line = base.mark_line(color=colour("accent"), strokeWidth=2).encode(y=value)
    dot = last.mark_point(filled=True, size=45, opacity=1, color=colour("accent"))
    text = words(last.encode(text=alt.Text("text:N")), align="right", dy=off_the_line("value", 10), fontSize=12)
    period = alt.Tooltip("period:T", title="Period from", format="%-d %b %Y")
    told = hover(base, unit, period, 14, value="Actual", target="Target")
    return specification(alt.layer(target, line, dot, signals(base, 90).encode(y=value), text, told, height=56), symbol)
