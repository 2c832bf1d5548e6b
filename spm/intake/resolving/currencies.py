"""Amounts of other currencies in the company's own: at the rate of their month, or the plan rate of their year. Pure.

What is closed or ordered converts at the rate of the month it is booked in; what is open or planned (open deals, quotas) at
the plan rate of its year. A missing rate is an issue, never 1.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pandas as pd

from spm.calendar import Grain
from spm.company.settings import Company
from spm.intake.model import CheckedSheet, Issue, Severity, Wanted
from spm.money import minor_digits

CONVERTED = ("deal", "order", "order_line", "quota", "cost")
MOST_PERIODS_NAMED = 6
MOST_RATE_DIGITS = 12
ACCEPT_FLAG = "--accept currency  (all amounts are in the company’s own)"


@dataclass(frozen=True)
class Needed:
    """A rate that a row needs: of a currency, in the month (or, as planned, in the fiscal year) that starts on a day."""

    currency: str
    is_plan: bool
    starts_on: date

    @property
    def key(self) -> str:
        return f"{self.currency} | {'plan' if self.is_plan else 'month'} | {self.starts_on}"

    @property
    def shown(self) -> str:
        return f"{self.starts_on:%Y} (plan)" if self.is_plan else f"{self.starts_on:%b %Y}"


Rates = dict[str, Decimal]
"""Key of what is needed → what one unit is worth in the company's currency."""


def own_currency(sheets: Iterable[CheckedSheet]) -> str | None:
    """The company's currency as its first sheets tell it: the only one of their amounts, or the only one without a rate;
    None where that says nothing."""
    amounts: set[str] = set()
    rated: set[str] = set()
    bases: set[str] = set()
    for sheet in sheets:
        if sheet.layout == "rates":
            rated |= set(sheet.rows["currency"].dropna())
            bases |= set(sheet.rows["base"].dropna())
        elif "currency" in sheet.rows:
            amounts |= set(sheet.rows["currency"].dropna())
    if len(bases) == 1:
        return bases.pop()
    own = amounts - rated if rated else amounts
    return own.pop() if len(own) == 1 else None


def wanted_rates(sheet: CheckedSheet, company: Company) -> Wanted:
    """The rows of a rates sheet for the table `exchange_rate`. Several of one month are averaged, with a note.

    A rate of the company's own currency in another one is turned round.
    """
    rows = sheet.rows.reset_index(drop=True)
    found: dict[Needed, list[tuple[Decimal, int]]] = {}
    issues: list[Issue] = []
    for row in rows.to_dict("records"):
        currency, rate = row["currency"], row["rate"]
        base = row["base"] or company.currency
        if currency == company.currency and base != company.currency:
            currency, base, rate = base, currency, 1 / rate
        if base != company.currency:
            message = f"the rate is in {base}, the company’s currency is {company.currency}: left out"
            issues.append(
                Issue(Severity.REFUSED, message, sheet.sheet, row["row"], found=base, expected=company.currency)
            )
        elif currency != company.currency:
            found.setdefault(_needed(row, currency, company), []).append((rate, row["row"]))
    averaged = sum(len(of_period) > 1 for of_period in found.values())
    if averaged:
        message = f"{averaged:,} months have several rates: their average is taken"
        issues.append(Issue(Severity.NOTE, message, sheet.sheet))
    made = pd.DataFrame(
        [
            (needed.key, needed.currency, needed.is_plan, needed.starts_on, _mean([rate for rate, _ in of]), of[-1][1])
            for needed, of in found.items()
        ],
        columns=["key", "currency", "is_plan", "starts_on", "rate", "source_row"],
    ).astype(object)
    return Wanted("exchange_rate", made, ("rate",), issues)


def _needed(row: dict[str, Any], currency: str, company: Company) -> Needed:
    starts_on = row["starts_on"] or company.fiscal_calendar.period(row["period"]).start
    return (
        _of_year(currency, starts_on, company) if row["is_plan"] else Needed(currency, False, starts_on.replace(day=1))
    )


def _of_year(currency: str, day: date, company: Company) -> Needed:
    return Needed(currency, True, company.fiscal_calendar.period_of(Grain.YEAR, day).start)


def _mean(rates: Sequence[Decimal]) -> str:
    return f"{round(sum(rates, Decimal(0)) / len(rates), MOST_RATE_DIGITS).normalize():f}"


def rates_of(frames: Iterable[pd.DataFrame]) -> Rates:
    """The rates of frames with the columns key and rate (a decimal number as text); the later frame wins."""
    return {
        key: Decimal(rate) for rows in frames if len(rows) for key, rate in zip(rows["key"], rows["rate"], strict=True)
    }


def converted(sheet: Wanted, rates: Rates, company: Company, sheet_name: str, is_accepted: bool = False) -> Wanted:
    """The rows with `amount_cents` in the company's currency, and in `stated_cents` what the sheet says in its own.

    Where rates are missing, a stop says which; `is_accepted` then takes all amounts as the company's own currency.
    """
    rows = sheet.rows
    if sheet.table not in CONVERTED or "currency" not in rows:
        return sheet
    is_foreign = rows["currency"].notna() & (rows["currency"] != company.currency)
    if not is_foreign.any():
        return sheet
    if is_accepted:
        return replace(sheet, rows=_as_own(rows, is_foreign, company), given=_with(sheet.given, "currency"))
    money = _money(rows)
    needed = {
        at: need for at, need in _needs(sheet.table, rows[is_foreign], company).items() if pd.notna(rows.at[at, money])
    }
    missing = sorted({need for need in needed.values() if need.key not in rates}, key=lambda need: need.key)
    if missing:
        return replace(sheet, issues=[*sheet.issues, _missing_rates(missing, company, sheet_name)])
    made = rows.assign(stated_cents=rows[money].where(is_foreign, None).astype(object))
    made[money] = rows[money].astype(object)
    for at, need in needed.items():
        made.at[at, money] = _in_own(rows.at[at, money], need.currency, rates[need.key], company)
    given = _with(sheet.given, money, "stated_cents")
    return replace(sheet, rows=made if money == "amount_cents" else made.drop(columns="stated_cents"), given=given)


def reconverted(table: str, stored: pd.DataFrame, rates: Rates, changed: Rates, company: Company) -> Wanted:
    """Stored rows whose rate changes, with their amounts at the new one."""
    foreign = stored[stored["stated_cents"].notna()] if len(stored) else stored
    if foreign.empty:
        return Wanted(table, foreign, ("amount_cents",), is_derived=True)
    needs = {at: need for at, need in _needs(table, foreign, company).items() if need.key in changed}
    rows = foreign.loc[list(needs)].copy()
    rows["amount_cents"] = [
        _in_own(int(rows.at[at, "stated_cents"]), need.currency, rates[need.key], company) for at, need in needs.items()
    ]
    return Wanted(table, rows.reset_index(drop=True), ("amount_cents",), is_derived=True)


def _needs(table: str, rows: pd.DataFrame, company: Company) -> dict[Any, Needed]:
    """The rate that each row needs, by its index."""
    days = _days(table, rows)
    by_plan = rows["status"] == "open" if table == "deal" else pd.Series(table == "quota", index=rows.index)
    return {
        at: _of_year(currency, day, company) if is_plan else Needed(currency, False, day.replace(day=1))
        for at, currency, day, is_plan in zip(rows.index, rows["currency"], days, by_plan, strict=True)
    }


def _days(table: str, rows: pd.DataFrame) -> pd.Series:
    """The day that decides about the rate of each row: of an open deal when it is expected, else when it was created."""
    match table:
        case "deal":
            day = rows["closed_on"].where(rows["status"] != "open", rows["expected_close_on"])
            return day.where(day.notna(), rows["created_on"]).where(lambda known: known.notna(), date(1970, 1, 1))
        case "quota":
            return rows["starts_on"]
        case "cost":
            return rows["spent_on"]
    return rows["ordered_on"]


def _money(rows: pd.DataFrame) -> str:
    return "amount_cents" if "amount_cents" in rows else "stated_e4"


def _in_own(stated: int, currency: str, rate: Decimal, company: Company) -> int:
    """Minor units of another currency in those of the company's, halves away from zero."""
    shift = minor_digits(company.currency) - minor_digits(currency)
    return int((Decimal(int(stated)) * rate).scaleb(shift).to_integral_value(ROUND_HALF_UP))


def _as_own(rows: pd.DataFrame, is_foreign: pd.Series, company: Company) -> pd.DataFrame:
    """The same figures as amounts of the company's currency: 100 yen become 100 dollars."""
    money = _money(rows)
    made = rows.assign(currency=rows["currency"].where(~is_foreign, company.currency))
    made[money] = [
        amount if pd.isna(amount) or not foreign else _in_own(amount, currency, Decimal(1), company)
        for amount, currency, foreign in zip(rows[money], rows["currency"], is_foreign, strict=True)
    ]
    return made


def _missing_rates(missing: Sequence[Needed], company: Company, sheet_name: str) -> Issue:
    by_currency: dict[str, list[str]] = {}
    for need in missing:
        by_currency.setdefault(need.currency, []).append(need.shown)
    named = "; ".join(
        f"{currency} in {', '.join(periods[:MOST_PERIODS_NAMED])}"
        + (f" and {len(periods) - MOST_PERIODS_NAMED:,} more" if len(periods) > MOST_PERIODS_NAMED else "")
        for currency, periods in by_currency.items()
    )
    message = f"no rate is known in {company.currency} for {named}: bring a sheet of exchange rates, here or before"
    return Issue(Severity.STOP, message, sheet_name, found=", ".join(by_currency), flag=ACCEPT_FLAG)


def _with(given: Sequence[str], *names: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*given, *names)))
