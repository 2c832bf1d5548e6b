"""Numbers as a reader wants them: short on axes and labels ("$3.09M"), in full on hover ("$3,086,111").

A unit is "money", "count", "days", "share", "×" or "rate", as the metrics declare theirs, or "change", a share with its
sign. The currency's symbol is set in the specification's locale, so that "$" in a format below stands for whatever the
company's currency is.
"""

import altair as alt

from spm.charts.specification import row_at

MONTH = alt.Tooltip("month:T", title="Month", format="%B %Y")
PERIOD = alt.Tooltip("label:N", title="Period")
RANGES = {
    "low_80": "80 % range from",
    "high_80": "80 % range to",
    "low_95": "95 % range from",
    "high_95": "95 % range to",
}
"""The columns of a forecast's ranges, as a hover calls them."""


def _thousands(value: str, prefix: str) -> str:
    scaled = f"format({value}, '{prefix}.3~s')"
    english = f"replace(replace({scaled}, regexp('k$'), 'K'), regexp('G$'), 'B')"
    return f"(abs({value}) < 1 ? format({value}, '{prefix}.2~f') : {english})"


def short(value: str, unit: str) -> str:
    """A Vega expression: the value of the expression `value` as a short text: "$3.09M", "63%", "1.4×"."""
    match unit:
        case "money":
            return _thousands(value, "$")
        case "share":
            return f"format({value}, '.0%')"
        case "change":
            return change(value)
        case "days":
            return f"(format({value}, ',.1~f') + ' d')"
        case "×":
            return f"(format({value}, '.2~f') + '×')"
        case "rate":
            return f"format({value}, '{_FULL[unit]}')"
    return _thousands(value, "")


def change(value: str) -> str:
    """A Vega expression: a share with its sign, as tables and tiles say it: "+12%", "−9%", "±0%"."""
    return f"(abs({value}) < 0.005 ? '±0%' : format({value}, '+.0%'))"


def whole_points(value: str) -> str:
    """A Vega expression: a score's points rounded down, like every number that decides a band: "99"."""
    return f"format(floor({value} + 1e-9), ',d')"


_FULL = {
    "money": "$,.0f",
    "count": ",.2~f",
    "days": ",.1f",
    "share": ".1%",
    "change": "+.1%",
    "×": ".2f",
    "rate": ",.3~r",
}


def in_full(chart: alt.Chart, unit: str, **titles: str) -> tuple[alt.Chart, list[alt.Tooltip]]:
    """The chart with the columns of `titles` also as texts, and the tooltips showing them; missing is "–"."""
    texts = {
        f"{column}_in_full": f"isValid(datum.{column}) ? format(datum.{column}, '{_FULL[unit]}') : '–'"
        for column in titles
    }
    shown = [alt.Tooltip(f"{column}_in_full:N", title=title) for column, title in titles.items()]
    return chart.transform_calculate(**texts), shown


def hover(chart: alt.Chart, unit: str, head: alt.Tooltip, width: int, **titles: str) -> alt.Chart:
    """A line `width` pixels wide that nobody sees: what is told where the pointer is, `head` first, then the columns of
    `titles` in full."""
    shown, numbers = in_full(chart, unit, **titles)
    return shown.mark_rule(strokeWidth=width, opacity=0).encode(tooltip=[head, *numbers])


def last_known(chart: alt.Chart, of: str, column: str, unit: str) -> alt.Chart:
    """The row with the greatest `of` of those where `column` is known, its value in short as `text`; `before`: the one before."""
    known = chart.transform_filter(f"isValid(datum.{column})")
    told = known.transform_window(before=f"lag({column})", sort=[alt.SortField(of)])
    return row_at("argmax", of, told, column, "before").transform_calculate(text=short(f"datum.{column}", unit))


def off_the_line(column: str, pixels: int) -> alt.ExprRef:
    """How far the words of `last_known` lie from their point: below it where the line comes down to it, which would run
    through them, or where the top of the picture would cut them; above it at the bottom."""
    at = f"scale('y', datum.{column})"
    comes_down = f"isValid(datum.before) && datum.before > datum.{column} && {at} < height - {pixels + 6}"
    return alt.ExprRef(f"({comes_down}) || {at} < {pixels + 6} ? {pixels + 3} : {-pixels}")


def value_axis(unit: str) -> alt.Axis:
    """An axis with few, short numbers and no title: the page's headline says what is drawn."""
    return alt.Axis(title=None, labelExpr=short("datum.value", unit), tickCount=4)


def month_axis() -> alt.Axis:
    """An axis with a label a quarter, the year under each January."""
    return alt.Axis(
        title=None,
        grid=False,
        tickCount={"interval": "month", "step": 3},
        labelExpr="month(datum.value) == 0 ? [timeFormat(datum.value, '%b'), timeFormat(datum.value, '%Y')]"
        " : timeFormat(datum.value, '%b')",
    )
