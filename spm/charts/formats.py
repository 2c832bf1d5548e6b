"""Numbers as a reader wants them: short on axes and labels ("$3.09M"), in full on hover ("$3,086,111").

A unit is "money", "count", "days", "share", "×" or "rate", as the metrics declare theirs. The currency's symbol is
set in the specification's locale, so that "$" in a format below stands for whatever the company's currency
is.
"""

import altair as alt


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
        case "days":
            return f"(format({value}, ',.1~f') + ' d')"
        case "×":
            return f"(format({value}, '.2~f') + '×')"
        case "rate":
            return f"format({value}, '{_FULL[unit]}')"
    return _thousands(value, "")


def whole_percent(value: str) -> str:
    """A Vega expression: a share as a percentage rounded down, 99.7 % is not yet reached: "99%"."""
    return f"(format(floor({value} * 100 + 1e-9), ',d') + '%')"


_FULL = {"money": "$,.0f", "count": ",.2~f", "days": ",.1f", "share": ".1%", "×": ".2f", "rate": ",.3~r"}


def in_full(chart: alt.Chart, unit: str, **titles: str) -> tuple[alt.Chart, list[alt.Tooltip]]:
    """The chart with the columns of `titles` also as texts, and the tooltips showing them; missing is "–"."""
    texts = {
        f"{column}_in_full": f"isValid(datum.{column}) ? format(datum.{column}, '{_FULL[unit]}') : '–'"
        for column in titles
    }
    shown = [alt.Tooltip(f"{column}_in_full:N", title=title) for column, title in titles.items()]
    return chart.transform_calculate(**texts), shown


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
