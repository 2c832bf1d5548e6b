"""Where bookings come from, and where time and money go against what comes back."""

import pandas as pd
import streamlit as st

from spm import charts
from spm.benchmarks.explaining import queries as explaining
from spm.metrics.registry import Unit
from spm.ui import asking, picture, show, tables
from spm.ui.filters import View, dimension_label
from spm.ui.tables import Column

MOST_BARS = 12
BY, EFFORT_BY = "origins_by", "effort_by"


def origins(view: View) -> None:
    """Bookings by product, region, segment, source or any column that the company filters by."""
    names = asking.answer(explaining.attributes_carried, view.period)
    if not names:
        show.empty("The sheets brought no column to split bookings by.",
                   "Definitions lists the columns that came with the facts; mark the ones to filter by.", "definitions",
                   "Choose columns")  # fmt: skip
        return
    by = st.segmented_control("By", names, format_func=dimension_label, default=names[0], key=BY, bind="query-params",
                              required=True)  # fmt: skip
    found = asking.answer(explaining.breakdown, by, view.period, view.where)
    rows = found.frame
    with st.container(border=True):
        drawn = show.major(rows.head(MOST_BARS), "value", "before").assign(place=range(min(len(rows), MOST_BARS)))
        alt = f"Bookings of {view.period.title} by {dimension_label(by).lower()}"
        picture.drawn(
            f"Bookings by {dimension_label(by).lower()}", drawn, charts.breakdown("money", show.symbol()), alt
        )
        mark = f"Mark: {found.against.title}." if found.against else ""
        largest = f"The largest {MOST_BARS} of {len(rows):,}; all are in the table." if len(rows) > MOST_BARS else ""
        st.caption(f"{mark} {largest}".strip())
    columns = [
        Column("name", dimension_label(by), width=230),
        Column("value", "Bookings", Unit.MONEY),
        Column("share", "Share", Unit.SHARE),
        Column("before", found.against.title if found.against else "Before", Unit.MONEY),
        Column("change", "Change", "change"),
        tables.metric_column(asking.scene().metric("win_rate")),
        Column("closed", "Orders" if asking.scene().bookings_from == "orders" else "Closed deals", Unit.COUNT),
    ]
    tables.table(
        rows.dropna(axis="columns", how="all"), columns, f"origins_{by}", f"Bookings by {dimension_label(by).lower()}"
    )


def effort(view: View) -> None:
    """Activities and costs against the bookings that came of them, by team or any column that they carry."""
    names = asking.answer(explaining.effort_dimensions, view.period)
    if not names:
        show.empty("No sheet says where time and money go.", "Bring a sheet of activities or of costs.", "upload",
                   "Upload sheets")  # fmt: skip
        return
    by = st.segmented_control("By", names, format_func=dimension_label, default=names[0], key=EFFORT_BY, bind="query-params",
                              required=True)  # fmt: skip
    rows = asking.answer(explaining.effort, by, view.period, view.where)
    booking = "order" if asking.scene().bookings_from == "orders" else "won deal"
    columns = [
        Column("name", dimension_label(by), is_pinned=True),
        Column("bookings", "Bookings", Unit.MONEY, width=90),
        Column("bookings_share", "Of bookings", Unit.SHARE, "Of the bookings of all", width=85),
        Column("costs", "Costs", Unit.MONEY, width=80),
        Column("costs_share", "Of costs", Unit.SHARE, "Of the costs of all", width=70),
        Column("per_cost", "Bookings ÷ costs", Unit.TIMES, width=115),
        Column("costs_each", f"Costs per {booking}", Unit.MONEY, width=130),
        Column("activities", "Activities", Unit.COUNT, "Calls, e-mails, meetings and demos", width=80),
        Column("activities_share", "Of activities", Unit.SHARE, "Of the activities of all", width=90),
        Column("per_activity", "Bookings per activity", Unit.MONEY, "Bookings ÷ activities of the same period"),
        Column("activities_each", f"Activities per {booking}", Unit.RATE),
    ]
    st.markdown(show.marked(f"**{_best(rows, by)}**"))
    with st.container(border=True):
        _shares(rows.head(MOST_BARS), by)
    tables.table(
        rows.dropna(axis="columns", how="all"),
        columns,
        f"effort_{by}",
        f"Time and money by {dimension_label(by).lower()}",
    )
    st.caption(
        "Of the same period: what comes of today's effort may be booked later. A difference shows where to look; it does not "
        "prove that effort moved there would bring as much."
    )


def _shares(rows: pd.DataFrame, by: str) -> None:
    """What part of the bookings each brings, against what part of the money, or else of the activities, goes there."""
    spent = "costs" if rows["costs_share"].notna().any() else "activities"
    drawn = pd.DataFrame(
        {
            "place": range(len(rows)),
            "name": rows["name"],
            "value": rows["bookings_share"],
            "before": rows[f"{spent}_share"],
            "change": None,
        }
    )
    title = f"Bookings against {spent} by {dimension_label(by).lower()}"
    picture.drawn(title, drawn, charts.breakdown("share", "", "Of all bookings", f"Of all {spent}"), title)
    st.caption(
        f"Bar: the share of all bookings. Mark: the share of all {spent}; beyond the bar more goes in than comes back."
    )


def _best(rows: pd.DataFrame, by: str) -> str:
    """Where most comes back for the effort, and where least."""
    measure, what = ("per_cost", "money") if rows["per_cost"].notna().any() else ("per_activity", "an activity")
    known = rows.dropna(subset=[measure]).sort_values(measure, ascending=False)
    if len(known) < 2:
        return f"Where time and money go, by {dimension_label(by).lower()}."
    unit = Unit.TIMES if measure == "per_cost" else Unit.MONEY
    most, least = known.iloc[0], known.iloc[-1]
    return (
        f"Most comes back for {what} in {most['name']} ({_short(most[measure], unit)}), least in {least['name']} "
        f"({_short(least[measure], unit)})."
    )


def _short(value: float, unit: Unit) -> str:
    return show.number(value, asking.scene().metric("bookings")) if unit is Unit.MONEY else f"{value:.1f}×"
