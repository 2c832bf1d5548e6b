"""Where a person was, over time."""

from functools import cache

import altair as alt

from spm.charts.specification import Specification, colour, names_above, rows, specification, words


@cache
def assignments() -> Specification:
    """A person’s assignments: a bar each from its start to its end, the running one in the accent; a row a team.

    Columns: team, role, manager (a dash for none), start, end (ISO dates, the end not included; open ones cut to what
    is to be shown), days (in words), is_running.
    """
    bars = rows().encode(
        x=alt.X("start:T", axis=alt.Axis(title=None, format="%b %Y", grid=True, tickCount=5, labelOverlap=True)),
        x2="end:T",
        y=alt.Y("team:N", axis=names_above(), sort=None),
    )
    shown = bars.mark_bar(height=22, cornerRadius=4).encode(
        color=alt.Color(
            "is_running:N",
            scale=alt.Scale(domain=[True, False], range=[colour("accent"), colour("muted")]),
            legend=None,
        ),
        tooltip=[
            alt.Tooltip("role:N", title="Role"),
            alt.Tooltip("team:N", title="Team"),
            alt.Tooltip("manager:N", title="Manager"),
            alt.Tooltip("days:N", title="When"),
        ],
    )
    roles = words(bars.encode(x2=alt.Undefined, text="role:N"), "faint_ink", align="left", dy=21, fontSize=12)
    return specification((shown + roles).properties(height=alt.Step(74)))
