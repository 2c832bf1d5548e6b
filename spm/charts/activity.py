"""What somebody does, week by week."""

from functools import cache

import altair as alt

from spm.charts.specification import Specification, colour, rows, specification

SHADES = ("accent", "accent_soft", "faint_ink", "muted")


@cache
def activities() -> Specification:
    """Activities by week, a bar a week, its kinds one above the other.

    Columns: week (its Monday), kind (in words), place (of the kind: 0, 1, …; at most four), count.
    """
    week = alt.X("week:T", axis=alt.Axis(title=None, grid=False, format="%-d %b", tickCount=6))
    bars = (
        rows()
        .mark_bar(cornerRadius=1, width=alt.ExprRef("max(width / 34, 3)"))
        .encode(
            x=week,
            y=alt.Y("count:Q", stack="zero", axis=alt.Axis(title=None, tickCount=4, format="d")),
            color=alt.Color(
                "kind:N",
                sort=alt.EncodingSortField("place", op="min"),
                scale=alt.Scale(range=[colour(shade) for shade in SHADES]),
                legend=alt.Legend(title=None, orient="top", columns=alt.ExprRef("width < 400 ? 2 : 4")),
            ),
            order="place:Q",
            tooltip=[
                alt.Tooltip("week:T", title="Week of", format="%-d %b %Y"),
                alt.Tooltip("kind:N", title="Kind"),
                alt.Tooltip("count:Q", title="Count", format=",d"),
            ],
        )
    )
    return specification(alt.layer(bars).properties(height=220))
