"""How many people are in which band: of each team, and period by period."""

from functools import cache

import altair as alt

from spm.charts.palette import BANDS
from spm.charts.specification import (
    Specification,
    colour,
    dimmed_unless,
    names_above,
    picked,
    rows,
    specification,
)

WORDS = list(BANDS)
LABELS = " : ".join(f"datum.value == '{band.word}' ? '{band.label}'" for band in BANDS.values())


def _scale(of: str) -> alt.Scale:
    """The scale from a band's word to its colour (`of` is "colour") or to the text colour on it ("ink")."""
    return alt.Scale(domain=WORDS, range=[colour(getattr(band, of)) for band in BANDS.values()])


def _legend() -> alt.Legend:
    """Marks and words of the bands; on a phone in several lines."""
    columns = alt.ExprRef("width < 340 ? 2 : width < 540 ? 3 : 5")
    return alt.Legend(title=None, orient="top", columns=columns, labelExpr=f"{LABELS} : datum.value")


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
                scale=_scale("colour"),
                legend=_legend(),
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
        color=alt.Color("band:N", scale=_scale("ink"), legend=None),
    )
    layers = (bars + counts).resolve_scale(color="independent")
    return specification(layers.properties(height=alt.Step(56)))


@cache
def bands_over_time() -> Specification:
    """What share of the people was in which band, period by period: a column a period, the counts inside.

    Columns: period (its title), starts_on (its first day), band (a word of BANDS), people_count.
    """
    base = (
        rows()
        .transform_filter("datum.people_count > 0")
        .transform_calculate(place=f"{len(WORDS)} - indexof({WORDS}, datum.band)")
        .transform_joinaggregate(whole="sum(people_count)", groupby=["period"])
        .transform_calculate(
            share="datum.people_count / datum.whole", percent="format(datum.people_count / datum.whole, '.0%')"
        )
        .encode(
            x=alt.X(
                "period:N",
                sort=alt.EncodingSortField("starts_on", op="min"),
                axis=alt.Axis(title=None, labelAngle=0, labelLimit=90, labelOverlap="greedy"),
            ),
            order="place:Q",
        )
    )
    bars = base.mark_bar(
        stroke=alt.ExprRef("background"), strokeWidth=2, cornerRadius=3, size=alt.ExprRef("min(56, width / 10)")
    ).encode(
        y=alt.Y("share:Q", stack="zero", axis=None, scale=alt.Scale(domain=[0, 1])),
        color=alt.Color(
            "band:N",
            scale=_scale("colour"),
            legend=_legend(),
        ),
        tooltip=[
            alt.Tooltip("period:N", title="Period"),
            alt.Tooltip("band:N", title="Band"),
            alt.Tooltip("people_count:Q", title="People", format=",d"),
            alt.Tooltip("percent:N", title="Share"),
        ],
    )
    counts = (
        base.transform_calculate(count="datum.share > 0.05 ? datum.people_count : ''")  # not filtered: all are stacked
        .mark_text(fontSize=12, fontWeight="bold")
        .encode(
            y=alt.Y("share:Q", stack="zero", bandPosition=0.5),
            text="count:N",
            color=alt.Color("band:N", scale=_scale("ink"), legend=None),
        )
    )
    return specification((bars + counts).resolve_scale(color="independent").properties(height=260))
