"""A metric against its own past."""

from functools import cache

import altair as alt

from spm.charts.formats import in_full, month_axis, value_axis
from spm.charts.specification import Specification, colour, paint, row_at, rows, specification, words


@cache
def own_past(unit: str = "money", symbol: str = "") -> Specification:
    """A metric by month over two years: its line, its normal range, the year before, signals as marks, the last in words.

    Columns: month (its first day), value, last_year (the same month a year before), normal_low, normal_high
    (limits of what is noise), all in `unit` or missing; signal ("above", "below" or missing).
    """
    base = rows().encode(x=alt.X("month:T", axis=month_axis()))
    normal = base.mark_area(aria=False, color=colour("zone"), interpolate="step").encode(
        y=alt.Y("normal_low:Q", axis=value_axis(unit), scale=alt.Scale(zero=False)), y2="normal_high:Q"
    )
    normal_name = words(
        row_at("argmin", "month", rows().transform_filter("isValid(datum.normal_high)"), "normal_high").encode(
            x="month:T", y="normal_high:Q", text=alt.value("normal range")
        ),
        "faint_ink",
        align="left",
        dx=4,
        dy=10,
    )
    last_year = base.mark_line(color=colour("muted"), strokeWidth=2).encode(y="last_year:Q")
    last_year_name = words(
        row_at("argmax", "month", rows().transform_filter("isValid(datum.last_year)"), "last_year").encode(
            x="month:T", y="last_year:Q", text=alt.value("year before")
        ),
        "faint_ink",
        align="right",
        dx=-6,
        dy=14,
    )
    line = base.mark_line(color=colour("accent"), strokeWidth=2.5, strokeJoin="round").encode(y="value:Q")
    dots = base.mark_point(color=colour("accent"), filled=True, size=28, opacity=1).encode(y="value:Q")
    signals = base.transform_filter("isValid(datum.signal)").encode(y="value:Q")
    above = alt.when("datum.signal == 'above'")
    marks = signals.mark_point(size=170, filled=True, opacity=1, stroke=alt.ExprRef("background")).encode(
        shape=above.then(alt.value("triangle-up")).otherwise(alt.value("triangle-down")),
        color=above.then(paint("on_target")).otherwise(paint("needs_help")),
    )
    latest = row_at("argmax", "month", rows().transform_filter("isValid(datum.signal)"), "value", "signal").encode(
        x="month:T", y="value:Q"
    )
    up = words(latest.transform_filter("datum.signal == 'above'").encode(text=alt.value("above normal")), dy=-15)
    down = words(latest.transform_filter("datum.signal == 'below'").encode(text=alt.value("below normal")), dy=16)
    shown, numbers = in_full(
        base, unit, value="Value", last_year="Year before", normal_low="Normal from", normal_high="Normal to"
    )
    hover = shown.mark_rule(strokeWidth=12, opacity=0).encode(
        tooltip=[alt.Tooltip("month:T", title="Month", format="%B %Y"), *numbers]
    )
    layers = alt.layer(normal, last_year, line, dots, marks, normal_name, last_year_name, up, down, hover)
    return specification(layers.properties(height=260), symbol)
