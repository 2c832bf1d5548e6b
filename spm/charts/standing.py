"""Who is where: people by band, and attainment side by side."""

from functools import cache

import altair as alt

from spm.charts.formats import whole_percent
from spm.charts.palette import BANDS
from spm.charts.specification import (
    Specification,
    colour,
    dimmed_unless,
    names_above,
    names_beside,
    once,
    picked,
    rows,
    specification,
    words,
)

WORDS = list(BANDS)
_LEGEND_MARKS = " : ".join(f"datum.value == '{band.word}' ? '{band.label}'" for band in BANDS.values())


def band_scale(of: str) -> alt.Scale:
    """The scale from a band's word to its colour (`of` is "colour") or to the text colour on it ("ink")."""
    return alt.Scale(domain=WORDS, range=[colour(getattr(band, of)) for band in BANDS.values()])


@cache
def bands() -> Specification:
    """How many reps of each team are in which band: a stacked bar a team, the counts inside.

    Columns: team, band (a word of BANDS), reps_count. A click is `picked` with its team and band.
    """
    selection = picked("team", "band")
    base = (
        rows()
        .transform_filter("datum.reps_count > 0")
        .transform_calculate(place=f"indexof({WORDS}, datum.band)")
        .encode(y=alt.Y("team:N", axis=names_above()), order="place:Q")
    )
    count = alt.X("reps_count:Q", stack="zero", axis=None)
    bars = (
        base.mark_bar(
            cursor="pointer",
            stroke=alt.ExprRef("background"),
            strokeWidth=2,
            cornerRadius=4,
            height=24,
            yOffset=10,
        )
        .encode(
            x=count,
            color=alt.Color(
                "band:N",
                scale=band_scale("colour"),
                legend=alt.Legend(
                    title=None,
                    orient="top",
                    columns=alt.ExprRef("width < 340 ? 2 : width < 540 ? 3 : 5"),
                    labelExpr=f"{_LEGEND_MARKS} : datum.value",
                ),
            ),
            opacity=dimmed_unless(selection),
            tooltip=[
                alt.Tooltip("team:N", title="Team"),
                alt.Tooltip("band:N", title="Band"),
                alt.Tooltip("reps_count:Q", title="Reps", format=",d"),
            ],
        )
        .add_params(selection)
        .properties(name="teams")
    )
    counts = base.mark_text(fontSize=13, fontWeight="bold", dy=10).encode(
        x=alt.X("reps_count:Q", stack="zero", bandPosition=0.5),
        text="reps_count:Q",
        color=alt.Color("band:N", scale=band_scale("ink"), legend=None),
    )
    layers = (bars + counts).resolve_scale(color="independent")
    return specification(layers.properties(height=alt.Step(56)))


@cache
def attainment_bars() -> Specification:
    """Attainment per team or rep, best first: bars in their band's colour against 100 % and the zone of ±20
    %.

    Columns: name, attainment (share; missing: "no quota"), band (a word of BANDS). A click is `picked` with
    its name.
    """
    selection = picked("name")
    marks = " : ".join(f"datum.band == '{band.word}' ? '{band.mark}'" for band in BANDS.values())
    base = (
        rows()
        .transform_calculate(
            known="isValid(datum.attainment)",
            end="isValid(datum.attainment) ? datum.attainment : 0",
            percent=f"isValid(datum.attainment) ? {whole_percent('datum.attainment')} : 'no quota'",
        )
        .transform_calculate(text=f"datum.known ? datum.percent + ' ' + ({marks} : '') : 'no quota'")
        .encode(
            y=alt.Y(
                "name:N",
                axis=names_beside(),
                sort=alt.EncodingSortField("end", op="max", order="descending"),
            )
        )
    )
    zone = once(rows()).mark_rect(color=colour("zone")).encode(x=alt.datum(0.8), x2=alt.datum(1.2))
    mark = once(rows()).mark_rule(color=colour("ink"), strokeWidth=1.5).encode(x=alt.datum(1.0))
    zone_name = (
        once(rows())
        .mark_text(color=colour("faint_ink"), baseline="bottom", fontSize=12)
        .encode(x=alt.datum(1.0), y=alt.value(-4), text=alt.value("± 20%"))
    )
    bars = (
        base.mark_bar(height={"band": 0.6}, cornerRadiusEnd=3, cursor="pointer")
        .encode(
            x=alt.X(
                "end:Q",
                scale=alt.Scale(domainMin=0, nice=False),
                axis=alt.Axis(title=None, grid=False, format=".0%", values=[0, 1, 2, 3]),
            ),
            color=alt.Color("band:N", scale=band_scale("colour"), legend=None),
            opacity=dimmed_unless(selection),
            tooltip=[
                alt.Tooltip("name:N", title="Name"),
                alt.Tooltip("percent:N", title="Attainment"),
                alt.Tooltip("band:N", title="Band"),
            ],
        )
        .add_params(selection)
        .properties(name="names")
    )
    values = words(base.encode(x="end:Q", text="text:N"), align="left", dx=7, fontSize=13)
    return specification(alt.layer(zone, zone_name, bars, mark, values).properties(height=alt.Step(30)))
