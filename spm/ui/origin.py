"""Where a number comes from: its formula, and the facts behind it down to file, sheet and row."""

from collections.abc import Callable, Mapping

import pandas as pd
import streamlit as st

from spm.calendar import Span
from spm.intake.changes.keys import are_made
from spm.metrics import queries, wording
from spm.metrics.registry import Unit
from spm.ui import asking, show, tables
from spm.ui.tables import Column

MOST_ROWS = 10_000

COLUMNS = (
    Column("on", "Day", "day"),
    Column("last_on", "Until", "day"),
    Column("owner", "Owner"),
    Column("account", "Account"),
    Column("name", "Name"),
    Column("product", "Product"),
    Column("amount", "Amount", Unit.MONEY),
    Column("credit_share", "Share of the deal", Unit.SHARE),
    Column("count", "Count", Unit.COUNT),
    Column("score", "Satisfaction", Unit.SHARE),
    Column("file_name", "File"),
    Column("sheet", "Sheet"),
    Column("source_row", "Row", "number"),
    Column("status", "Status"),
    Column("stage", "Stage"),
    Column("kind", "Kind"),
    Column("direction", "Direction"),
    Column("outcome", "Outcome"),
    Column("category", "Category"),
    Column("stated", "As it was said"),
    Column("created_on", "Created", "day"),
    Column("closed_on", "Closed", "day"),
    Column("expected_close_on", "Expected to close", "day"),
    Column("qualified_on", "Qualified", "day"),
    Column("converted_on", "Became a deal", "day"),
    Column("cycle_days", "Days to close", Unit.COUNT),
    Column("key", "Number in the sheet"),
)
"""The columns of facts, of all kinds, in the order in which they are read."""


def button(key: str, span: Span | None, where: Mapping[str, str], words: str = "Where from") -> None:
    """A quiet button that opens the rows behind a metric's number."""
    chosen = "_".join([key, str(span), *(f"{name}={kept}" for name, kept in where.items()), words])
    if st.button(words, key=f"origin_{chosen}", type="tertiary", icon=":material/manage_search:"):
        open_rows(key, span, where)


def behind(key: str, span: Span | None, where: Mapping[str, str], words: str = "Where from") -> Callable[[], None]:
    """The same for a tile's `origin`."""
    return lambda: button(key, span, where, words)


@st.dialog("Where this number comes from", width="large", icon=":material/manage_search:")
def open_rows(key: str, span: Span | None, where: Mapping[str, str]) -> None:
    """The dialog: value, formula, and a table of facts for each measure that goes into it."""
    asked, place = asking.scene().metric(key), dict(where)
    st.metric(asked.label, show.plain(show.in_full(asking.value(key, span, **place), asked)))
    st.caption(
        f"{asked.meaning[:1].upper()}{asked.meaning[1:]}." + (f" Formula: {asked.formula}." if asked.formula else "")
    )
    found = asking.answer(queries.rows_behind, key, span, place, MOST_ROWS)
    if not found:
        show.empty("No rows are behind this number.", "It is put together from other numbers, or nothing has happened.")
    for label, rows in found.items():
        _rows(key, label, rows)


def _rows(key: str, label: str, rows: pd.DataFrame) -> None:
    known = with_told_keys(rows.assign(amount=amounts(rows)))
    known = known.dropna(axis="columns", how="all")
    if "credit_share" in known and (known["credit_share"] == 1).all():
        known = known.drop(columns="credit_share")
    known = known.drop(columns=[name for name in ("closed_on", "created_on") if _same(known, name)])
    said = [label, _counted(len(rows)) if len(rows) < MOST_ROWS else f"the latest {MOST_ROWS:,} rows"]
    if "amount" in known:
        said.append(wording.full(Unit.MONEY, float(known["amount"].sum()), show.currency()))
    show.section(" · ".join(said))
    tables.table(known, COLUMNS, key=f"rows_{key}_{label}", alt=f"{label}: the rows", file_name=f"{key} rows")


def _counted(rows_count: int) -> str:
    return "1 row" if rows_count == 1 else f"{rows_count:,} rows"


def _same(rows: pd.DataFrame, name: str) -> bool:
    return name in rows and bool((rows[name] == rows["on"]).all())


def with_told_keys(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows without the keys that were made of their content: no sheet says those."""
    return rows.assign(key=rows["key"].mask(are_made(rows["key"]))) if "key" in rows else rows


def amounts(rows: pd.DataFrame) -> pd.Series:
    """Minor units, of facts that hold them as such or in ten-thousandths of them; of a shared deal the owner's part."""
    if "credited_cents" in rows:
        return rows["credited_cents"]
    if "amount_e4" in rows:
        return rows["amount_e4"].astype(float) / 10_000
    return rows["amount_cents"] if "amount_cents" in rows else pd.Series(None, index=rows.index, dtype=object)
