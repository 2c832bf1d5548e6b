"""Which numbers an upload would move, of whom and in which months: before and after, as pages will show them."""

import pandas as pd
import streamlit as st

from spm import charts
from spm.intake.changes.moves import Moves
from spm.intake.changes.told import first_told, moved_people, moved_rows
from spm.metrics.registry import Metric, Unit
from spm.ui import show, tables
from spm.ui.tables import Column

CHOSEN = "upload_moved_metric"


def moves(found: Moves) -> None:
    """Every metric that moves; of the chosen one its months as a picture, and everybody."""
    if found.span is None or not found.metrics:
        return
    months = " to ".join(dict.fromkeys(f"{day:%b %Y}" for day in (found.span.start, found.span.last_day)))
    show.section(
        f"What moves, {months}",
        "Each number in the months that the upload touches, before it and after it. What stands on a day, such as the open "
        "pipeline, follows with the commit.",
    )
    left, right = st.columns([3, 2])
    with left:
        _in_all(found)
    with right.container(border=True, height="stretch"):
        key = st.selectbox("Metric", first_told(found), format_func=lambda key: found.metrics[key].label, key=CHOSEN)
        _by_month(found, found.metrics[key])
    _by_rep(found, found.metrics[key])


def _in_all(found: Moves) -> None:
    columns = [
        Column("metric", "Metric", width=150),
        Column("before", "Before", width=78),
        Column("after", "After", width=110),
        Column("change", "Change", width=118),
        Column("people", "People", "number", width=60),
        Column("months", "Months", "number", width=60),
    ]
    rows = moved_rows(found, show.currency())
    tables.table(rows, columns, "upload_moved", "Metrics that move", file_name="what moves", is_searchable=False)


def _by_month(found: Moves, metric: Metric) -> None:
    rows = found.by_month[found.by_month["metric"] == metric.key]
    if rows.empty:
        st.caption("The months stay as they are; it moves between people only.")
        return
    drawn = show.major(rows, "before", "after") if metric.unit is Unit.MONEY else rows
    drawn = drawn.assign(month=pd.to_datetime(drawn["month"]))
    show.chart(
        drawn[["month", "before", "after"]],
        charts.moved_months(metric.unit.value, show.symbol()),
        f"{metric.label} by month, before and after",
    )


def _by_rep(found: Moves, metric: Metric) -> None:
    rows = moved_people(found, metric.key)
    if rows.empty:
        return
    with st.expander(f"{metric.label} by person ({len(rows):,})"):
        columns = [
            Column("rep", "Person"),
            Column("before", "Before", metric.unit),
            Column("after", "After", metric.unit),
            Column("change", "Change", metric.unit),
        ]
        tables.table(rows, columns, f"upload_moved_{metric.key}", f"{metric.label} by person", file_name="who moves")
