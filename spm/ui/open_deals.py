"""Open deals in a table: the stale ones marked, each with its file, sheet and row."""

from collections.abc import Callable, Mapping

import pandas as pd
import streamlit as st

from spm.calendar import Period
from spm.coaching.deals.open_deals import USUAL_SHARE
from spm.coaching.deals.queries import OpenDeals
from spm.metrics.registry import Unit
from spm.ui import asking, show, tables
from spm.ui.tables import Column

COLUMNS = (
    Column("stale", "Stale", width=190),
    Column("age_days", "Days open", Unit.COUNT, width=90),
    Column("owner", "Owner", width=140),
    Column("account", "Account", width=150),
    Column("amount_cents", "Amount", Unit.MONEY, width=85),
    Column("stage", "Stage", width=100),
    Column("expected_close_on", "Expected to close", "day", width=130),
    Column("name", "Deal"),
    Column("product", "Product"),
    Column("created_on", "Created", "day"),
    Column("file_name", "File"),
    Column("sheet", "Sheet"),
    Column("source_row", "Row", "number"),
)


def table(deals: pd.DataFrame, key: str, alt: str, file_name: str) -> None:
    """The deals; whose each is where they are not all of one."""
    rows = deals.assign(stale=deals["stale"].map(lambda why: f"⚠ {why}" if why else "–"))
    if rows["owner"].nunique() < 2:
        rows = rows.drop(columns="owner")
    tables.table(rows.dropna(axis="columns", how="all"), COLUMNS, key, alt, file_name=file_name)


def stale_rule(usual_days: int | None) -> str:
    """When a deal is called stale, in a sentence."""
    rule = "Stale: the expected close has passed"
    if usual_days is None:
        return f"{rule}."
    return f"{rule}, or open for more than {usual_days} days, by when {100 * USUAL_SHARE:.0f} % of won deals are won."


def behind(
    title: str, question: Callable[..., OpenDeals], period: Period, where: Mapping[str, str]
) -> Callable[[], None]:
    """For a tile's `origin`: a quiet button that opens the deals that `question` answers with."""

    def button() -> None:
        if st.button("See the deals", key=f"deals_{title}", type="tertiary", icon=":material/manage_search:"):
            _open(title, question, period, dict(where))

    return button


@st.dialog("Open deals", width="large", icon=":material/manage_search:")
def _open(title: str, question: Callable[..., OpenDeals], period: Period, where: dict[str, str]) -> None:
    found = asking.answer(question, period, where)
    show.section(f"{title}, the largest first")
    st.caption(show.plain(stale_rule(found.usual_days)))
    table(found.deals, f"deals_{title}_table", title, title)
