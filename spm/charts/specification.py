"""From an Altair chart without data to the specification that pages draw; pieces that pictures share."""

from typing import Any

import altair as alt
from altair.utils import schemapi

from spm.charts.palette import COLOURS

NUMBERS = {"decimal": ".", "thousands": ",", "grouping": [3], "percent": "\N{NO-BREAK SPACE}%"}
"""How pictures write numbers: as all else on a page does."""

schemapi.disable_debug_mode()  # tests validate every picture; here it would take a third of the time, piece by piece

Specification = dict[str, Any]
Chart = alt.Chart | alt.LayerChart | alt.FacetChart

# The page's own background tells light from dark, in the browser: one specification serves both.
_COLOUR_SIGNALS = [
    {"name": name, "expr": f"luminance(background) > 0.4 ? '{colour.light}' : '{colour.dark}'"}
    for name, colour in COLOURS.items()
]


def specification(chart: Chart, symbol: str = "") -> Specification:
    """The chart as Vega-Lite: the palette's colours are signals, `symbol` is what "$" in a format prints."""
    drawn = chart.to_dict(validate=False)
    drawn["params"] = [*_COLOUR_SIGNALS, *drawn.get("params", [])]
    drawn["padding"] = {"bottom": 4}
    drawn["config"] = {
        "locale": {"number": NUMBERS | {"currency": [symbol, ""]}},
        "axis": {"labelColor": {"expr": "faint_ink"}, "gridColor": {"expr": "grid"}},
        "legend": {"labelColor": {"expr": "ink"}, "symbolType": "square", "symbolSize": 140, "offset": 10},
    }
    return drawn


def rows() -> alt.Chart:
    """A view of the frame that a page will draw, under the name by which Streamlit knows it."""
    return alt.Chart(alt.NamedData("source"))


def colour(name: str) -> alt.ExprRef:
    """A reference to a colour of the palette, for a mark."""
    return alt.ExprRef(name)


def paint(name: str) -> Any:
    """A colour of the palette as an encoding's constant."""
    return alt.value(alt.ExprRef(name))


def picked(*fields: str) -> alt.Parameter:
    """What the reader clicked: the parameter "picked", read on the page through `on_select`."""
    return alt.selection_point(name="picked", fields=list(fields), on="click", toggle=False)


def dimmed_unless(selection: alt.Parameter) -> Any:
    """The opacity of marks of which one may be picked: the others step back."""
    return alt.when(selection).then(alt.value(1)).otherwise(alt.value(0.35))


def once(chart: alt.Chart) -> alt.Chart:
    """The chart with its rows folded into one, for marks that are drawn once whatever the frame holds."""
    return chart.transform_aggregate(rows_count="count()")


def row_at(extreme: str, of: str, chart: alt.Chart, *columns: str) -> alt.Chart:
    """The one row where column `of` is greatest ("argmax") or least ("argmin"), with these of its columns
    and `of`."""
    found = {column: f"datum.found['{column}']" for column in (of, *columns)}
    return chart.transform_aggregate(found=f"{extreme}({of})").transform_calculate(**found)


def in_place(name: str, axis: alt.Axis, **options: Any) -> alt.Y:
    """Rows from the top down in the order of the column `place`, named by column `name`."""
    return alt.Y(f"{name}:N", sort=alt.EncodingSortField("place", op="min"), axis=axis, **options)


def signals(chart: alt.Chart, size: float) -> alt.Chart:
    """A triangle up or down, in colour, where the column `signal` says "above" or "below"."""
    above = alt.when("datum.signal == 'above'")
    marks = chart.transform_filter("isValid(datum.signal)")
    return marks.mark_point(size=size, filled=True, opacity=1, stroke=alt.ExprRef("background")).encode(
        shape=above.then(alt.value("triangle-up")).otherwise(alt.value("triangle-down")),
        color=above.then(paint("on_target")).otherwise(paint("needs_help")),
    )


def words(chart: alt.Chart, name: str = "ink", **mark: Any) -> alt.LayerChart:
    """The chart as text in a colour of the palette, on a halo of the page's background so that lines don't
    cut it."""
    halo = chart.mark_text(stroke=alt.ExprRef("background"), strokeWidth=4, strokeJoin="round", **mark)
    return halo + chart.mark_text(color=colour(name), **mark)


def names_beside() -> alt.Axis:
    """Names at the left of their bars."""
    return alt.Axis(title=None, labelLimit=165, labelPadding=10, labelFontSize=13, labelColor=colour("ink"))


def names_above() -> alt.Axis:
    """Names above their bars, where they take no width from them: long ones stay whole on a phone."""
    return alt.Axis(
        title=None,
        labelAlign="left",
        labelPadding=0,
        labelOffset=-14,
        labelLimit=alt.ExprRef("width"),
        labelFontSize=13,
        labelColor=colour("ink"),
    )
