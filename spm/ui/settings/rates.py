"""Exchange rates on the Settings page: written into a table, with what they would change shown before they are saved."""

from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

import pandas as pd
import streamlit as st

from spm.company.settings import Company
from spm.errors import Refusal
from spm.intake.exchange import actions, queries
from spm.intake.exchange.rates import LABELS, Rate, Revaluation
from spm.intake.model import sheet_name
from spm.metrics.registry import Unit
from spm.money import currencies
from spm.ui import asking, failures, opening, saving, tables
from spm.ui.tables import Column

MONTH, PLAN = "A month", "A plan year"
MONTHLY = "the rate of each month"
MOVED = (
    Column("what", "What"),
    Column("count", "How many", Unit.COUNT, width=90),
    Column("before_cents", "Now", Unit.MONEY),
    Column("after_cents", "With these rates", Unit.MONEY),
)


def rates() -> None:
    """The rates, by which of them everything is converted, and what a change of either would do."""
    company = asking.scene().standing.company
    st.caption(
        f"What is closed, ordered or spent in another currency counts in {company.currency} at the rate of its month; open "
        "deals and quotas at the plan rate of their year. What the sheets say is kept beside it."
    )
    known = queries.known_rates(opening.store())
    table = pd.DataFrame(
        {
            "currency": known["currency"],
            "kind": [PLAN if is_plan else MONTH for is_plan in known["is_plan"]],
            "day": known["starts_on"],
            "rate": known["rate"],
            "origin": known["origin"].fillna(""),
            "told_by": [_told_by(row) for row in known.to_dict("records")],
        },
        dtype=object,
    )
    edited = _editor(table, company)
    year = _year(known, company)
    columns = list(table.columns[:-1])
    if edited[columns].equals(table[columns]) and year == company.plan_rates_of:
        return
    try:
        planned = queries.revaluation(opening.store(), [_rate(row) for row in edited.to_dict("records")], year)
    except Refusal as refusal:
        failures.show_failure(refusal)
        return
    _planned(planned)


def _told_by(row: dict[str, Any]) -> str:
    return (
        "by hand"
        if row["file_name"] is None
        else f"{sheet_name(row['file_name'], row['sheet'])}, row {row['source_row']}"
    )


def _editor(table: pd.DataFrame, company: Company) -> pd.DataFrame:
    codes = [code for code in currencies() if code != company.currency]
    column = st.column_config
    edited = st.data_editor(
        table, num_rows="dynamic", hide_index=True, width="stretch", key="exchange_rates",
        column_config={
            "currency": column.SelectboxColumn("Currency", options=codes, required=True, width=90),
            "kind": column.SelectboxColumn("Holds for", options=[MONTH, PLAN], required=True, default=MONTH, width=110),
            "day": column.DateColumn("Its first day", required=True, format="D MMM YYYY", width=110,
                                     help="Any day of the month, or of the fiscal year, will do"),
            "rate": column.TextColumn(f"One unit is worth, {company.currency}", required=True, width=150),
            "origin": column.TextColumn("Source", help="Where the rate was taken from"),
            "told_by": column.TextColumn("Told by", disabled=True),
        },
    )  # fmt: skip
    return edited.astype(object).where(edited.notna(), None)


def _year(known: pd.DataFrame, company: Company) -> int | None:
    """The fiscal year at whose plan rates everything is converted; None for each month's own."""
    days = known.loc[known["is_plan"].astype(bool), "starts_on"]
    kept = [company.plan_rates_of] if company.plan_rates_of else []
    years = sorted({*map(company.fiscal_calendar.fiscal_year, days), *kept})
    return st.selectbox(
        "Convert everything at",
        [None, *years],
        [None, *years].index(company.plan_rates_of),
        format_func=lambda year: f"the plan rates of {year}" if year else MONTHLY,
        help="At the plan rates of one year a growth is none of currencies.",
    )


def _rate(row: dict[str, Any]) -> Rate:
    """A row of the table as it was written. Raises Refusal for one that is not whole."""
    if None in (row["currency"], row["kind"], row["day"], row["rate"]):
        raise Refusal("A rate needs its currency, its first day, and what one unit is worth.")
    try:
        worth = Decimal(str(row["rate"]).strip().replace(",", "."))
    except InvalidOperation:
        raise Refusal(f"“{row['rate']}” is no rate.", "Write a number such as 1.0825.") from None
    day = row["day"] if type(row["day"]) is date else pd.Timestamp(row["day"]).date()
    return Rate(row["currency"], row["kind"] == PLAN, day, worth, row["origin"] or None)


def _planned(planned: Revaluation) -> None:
    """What would change, and the button that does it."""
    with st.container(border=True):
        moved = pd.DataFrame(
            [(LABELS[one.table], one.count, one.before_cents, one.after_cents) for one in planned.moved],
            columns=[column.name for column in MOVED],
        )
        if moved.empty:
            st.markdown("No amount changes by that.")
        else:
            tables.table(moved, MOVED, "revaluation", "What the rates would change", is_downloadable=False)
        if st.button("Save the rates", type="primary", key="save_rates"):
            saving.save(f"Saved: {planned.note}.", actions.change_rates, planned)
