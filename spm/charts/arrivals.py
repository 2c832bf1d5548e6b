"""What an import would change."""

from functools import cache

import altair as alt

from spm.charts.formats import MONTH, hover, value_axis
from spm.charts.specification import (
    Specification,
    colour,
    dimmed_unless,
    names_above,
    picked,
    rows,
    specification,
)

OUTCOMES = {"new": "accent", "changed": "accent_soft", "same": "muted", "refused": "needs_help"}
"""What becomes of a row, with the palette's colour of its bar."""


@cache
def imported_rows() -> Specification:
    """Rows of each file by what becomes of them: a stacked bar a file, the counts in words below it.

    Columns: file, outcome (a key of OUTCOMES), rows_count. A click is `picked` with its file and outcome.
    """
    selection = picked("file", "outcome")
    names = alt.Y("file:N", axis=names_above())
    some = rows().transform_filter("datum.rows_count > 0")
    bars = (
        some.transform_joinaggregate(file_count="sum(rows_count)", groupby=["file"])
        .transform_calculate(
            place=f"indexof({list(OUTCOMES)}, datum.outcome)",
            shown="max(datum.rows_count, datum.file_count / 80)",  # 12 refused of 8,800 must be seen
        )
        .mark_bar(height=16, cornerRadius=2, cursor="pointer")
        .encode(
            x=alt.X("shown:Q", stack="normalize", axis=None),
            y=names,
            order="place:Q",
            color=alt.Color(
                "outcome:N",
                scale=alt.Scale(domain=list(OUTCOMES), range=[colour(name) for name in OUTCOMES.values()]),
                legend=alt.Legend(title=None, orient="top"),
            ),
            opacity=dimmed_unless(selection),
            tooltip=[
                alt.Tooltip("file:N", title="File"),
                alt.Tooltip("outcome:N", title="Outcome"),
                alt.Tooltip("rows_count:Q", title="Rows", format=",d"),
            ],
        )
        .add_params(selection)
        .properties(name="files")
    )
    said = " + ".join(
        f"(datum['{outcome}'] > 0 ? ' · ' + format(datum['{outcome}'], ',d') + ' {outcome}' : '')"
        for outcome in OUTCOMES
    )
    counts = (
        rows()
        .transform_pivot("outcome", value="rows_count", groupby=["file"])
        .transform_calculate(text=f"slice({said}, 3)")
        .mark_text(align="left", dy=18, fontSize=13, color=colour("faint_ink"))
        .encode(x=alt.value(0), y=names, text="text:N")
    )
    return specification((bars + counts).properties(height=alt.Step(72)))


@cache
def moved_months(unit: str = "money", symbol: str = "") -> Specification:
    """A metric by month before an import and after it: a broad bar with a slender one in front.

    Columns: month (its first day), before, after, both in `unit` or missing.
    """
    when = {"before": "Before", "after": "After"}
    months = alt.Axis(title=None, format="%b %Y", labelAngle=0, labelOverlap="greedy")
    base = rows().encode(x=alt.X("yearmonth(month):O", axis=months, scale=alt.Scale(paddingInner=0.2)))
    shades = alt.Scale(domain=list(when.values()), range=[colour("muted"), colour("accent")])
    bars = [
        base.transform_calculate(when=f"'{words}'")
        .mark_bar(width=alt.RelativeBandSize(share), cornerRadiusEnd=2)
        .encode(
            y=alt.Y(f"{name}:Q", axis=value_axis(unit)),
            color=alt.Color("when:N", scale=shades, legend=alt.Legend(title=None, orient="top")),
        )
        for (name, words), share in zip(when.items(), (1, 0.5), strict=True)
    ]
    return specification(alt.layer(*bars, hover(base, unit, MONTH, 12, **when)).properties(height=240), symbol)
