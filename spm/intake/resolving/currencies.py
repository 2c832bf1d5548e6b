"""Amounts of other currencies in the company's own: at the rate of their month, or the plan rate of their year. Pure.

What is closed or ordered converts at the rate of the month it is booked in; what is open or planned (open deals, quotas) at
the plan rate of its year; with the company's `plan_rates_of`, everything at the plan rate of that one year. A missing rate is
an issue, never 1. What a sheet said is kept beside it.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pandas as pd

from spm.company.settings import Company
from spm.intake.model import Issue, Severity, Wanted
from spm.intake.resolving.rates import Needed, Rates, needed_on
from spm.money import minor_digits

AMOUNTS: dict[str, dict[str, str]] = {
    "deal": {"amount_cents": "stated_cents"},
    "deal_version": {"amount_cents": "stated_cents"},
    "order": {"amount_cents": "stated_cents", "cost_cents": "stated_cost_cents"},
    "order_line": {"stated_e4": "foreign_e4"},
    "quota": {"amount_cents": "stated_cents"},
    "cost": {"amount_cents": "stated_cents"},
}
"""Table → its amounts in the company's currency, each with the column that keeps what a sheet says in another one."""

DAYS: dict[str, tuple[str, ...]] = {
    "deal": ("closed_on", "created_on"),
    "deal_version": ("closed_on", "created_on", "known_on"),
    "order": ("ordered_on",),
    "order_line": ("ordered_on",),
    "quota": ("starts_on",),
    "cost": ("spent_on",),
}
"""The day that decides about a row's rate: the first of these that it has; of an open deal, when it is expected to close."""

MOST_PERIODS_NAMED = 6
ACCEPT_FLAG = "--accept currency  (all amounts are in the company’s own)"


def is_foreign(rows: pd.DataFrame, company: Company) -> pd.Series:
    """Which rows state their amounts in another currency than the company's."""
    return rows["currency"].notna() & (rows["currency"] != company.currency)


def converted(sheet: Wanted, rates: Rates, company: Company, sheet_name: str, is_accepted: bool = False) -> Wanted:
    """The rows with their amounts in the company's currency, and beside them what the sheet says in its own.

    Where rates are missing, a stop says which; `is_accepted` then takes all amounts as the company's own currency.
    """
    amounts = AMOUNTS.get(sheet.table)
    if amounts is None or "currency" not in sheet.given:
        return sheet
    amounts = {own: stated for own, stated in amounts.items() if own in sheet.rows}
    rows = sheet.rows.assign(**dict.fromkeys(amounts.values()))
    given = tuple(dict.fromkeys((*sheet.given, *amounts.values())))
    foreign = rows[is_foreign(rows, company)]
    if foreign.empty:
        return replace(sheet, rows=rows, given=given)
    if is_accepted:
        return replace(sheet, rows=_as_own(rows, foreign, amounts, company), given=given)
    needs = {
        at: need
        for at, need in _needs(sheet.table, foreign, company).items()
        if foreign.loc[at, list(amounts)].notna().any()
    }
    missing = sorted({need for need in needs.values() if need.key not in rates}, key=lambda need: need.key)
    if missing:
        return replace(sheet, issues=[*sheet.issues, _missing_rates(missing, company, sheet_name)])
    for own, stated in amounts.items():
        rows[stated] = rows[own].where(rows.index.isin(foreign.index), None).astype(object)
        rows[own] = _in_own(rows[own], rows[stated], needs, rates, company)
    return replace(sheet, rows=rows, given=given)


def reconverted(table: str, stored: pd.DataFrame, rates: Rates, company: Company) -> Wanted:
    """Stored rows in other currencies with their amounts at these rates; one whose rate is not known stays as it is."""
    amounts = AMOUNTS[table]
    if len(stored):
        stored = stored[is_foreign(stored, company) & stored[list(amounts.values())].notna().any(axis=1)]
    if stored.empty:
        return Wanted(table, stored, tuple(amounts), is_derived=True)
    needs = {at: need for at, need in _needs(table, stored, company).items() if need.key in rates}
    rows = stored.loc[list(needs)].copy()
    for own, stated in amounts.items():
        rows[own] = _in_own(rows[own], rows[stated], needs, rates, company)
    return Wanted(table, rows.reset_index(drop=True), tuple(amounts), is_derived=True)


def needed(table: str, stored: pd.DataFrame, company: Company) -> set[Needed]:
    """The rates that stored rows in other currencies need."""
    return set(_needs(table, stored[is_foreign(stored, company)], company).values()) if len(stored) else set()


def _needs(table: str, rows: pd.DataFrame, company: Company) -> dict[Any, Needed]:
    """The rate that each row needs, by its index; a row without any day needs none: it will not land."""
    year = company.plan_rates_of
    if year is not None:
        day = company.fiscal_calendar.year_start(year)
        return {at: needed_on(currency, True, day, company) for at, currency in rows["currency"].items()}
    days = pd.Series([None] * len(rows), index=rows.index, dtype=object)
    for name in DAYS[table]:
        days = days.where(days.notna(), rows[name])
    by_plan = pd.Series(table == "quota", index=rows.index)
    if "status" in rows:
        by_plan = rows["status"] == "open"
        expected = rows["expected_close_on"].where(by_plan, None)
        days = expected.where(expected.notna(), days).where(lambda known: known.notna(), date(1970, 1, 1))
    return {
        at: needed_on(currency, is_plan, day, company)
        for at, currency, day, is_plan in zip(rows.index, rows["currency"], days, by_plan, strict=True)
        if pd.notna(day)
    }


def _in_own(own: pd.Series, stated: pd.Series, needs: dict[Any, Needed], rates: Rates, company: Company) -> pd.Series:
    """What is stated at its rates; where nothing is, what is there already."""
    made = own.astype(object).copy()
    for at, need in needs.items():
        if pd.notna(stated[at]):
            made[at] = in_own(int(stated[at]), need.currency, rates[need.key], company)
    return made


def in_own(stated: int, currency: str, rate: Decimal, company: Company) -> int:
    """Minor units of another currency in those of the company's, halves away from zero."""
    shift = minor_digits(company.currency) - minor_digits(currency)
    return int((Decimal(stated) * rate).scaleb(shift).to_integral_value(ROUND_HALF_UP))


def _as_own(rows: pd.DataFrame, foreign: pd.DataFrame, amounts: dict[str, str], company: Company) -> pd.DataFrame:
    """The same figures as amounts of the company's currency: 100 yen become 100 dollars."""
    for own in amounts:
        rows[own] = rows[own].astype(object)
        for at, amount in foreign[own].dropna().items():
            rows.at[at, own] = in_own(int(amount), foreign.at[at, "currency"], Decimal(1), company)
    rows.loc[foreign.index, "currency"] = company.currency
    return rows


def _missing_rates(missing: Sequence[Needed], company: Company, sheet_name: str) -> Issue:
    by_currency: dict[str, list[str]] = {}
    for need in missing:
        by_currency.setdefault(need.currency, []).append(need.shown)
    named = "; ".join(
        f"{currency} in {', '.join(periods[:MOST_PERIODS_NAMED])}"
        + (f" and {len(periods) - MOST_PERIODS_NAMED:,} more" if len(periods) > MOST_PERIODS_NAMED else "")
        for currency, periods in by_currency.items()
    )
    message = (
        f"no rate is known in {company.currency} for {named}: bring a sheet of rates, or write them in the settings"
    )
    return Issue(Severity.STOP, message, sheet_name, found=", ".join(by_currency), flag=ACCEPT_FLAG)
