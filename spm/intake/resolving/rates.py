"""What one unit of a currency is worth in the company's: in a month, or as planned for a year. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd

from spm.calendar import Grain
from spm.company.settings import Company
from spm.intake.model import CheckedSheet, Issue, Severity, Wanted

MOST_RATE_DIGITS = 12
Rates = dict[str, Decimal]
"""Key of what is needed → what one unit is worth in the company's currency."""


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


def needed_on(currency: str, is_plan: bool, day: date, company: Company) -> Needed:
    """The rate of a currency on a day: that of its month, or the one planned for its fiscal year."""
    if is_plan:
        return Needed(currency, True, company.fiscal_calendar.period_of(Grain.YEAR, day).start)
    return Needed(currency, False, day.replace(day=1))


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
    found: dict[Needed, list[dict[str, Any]]] = {}
    issues: list[Issue] = []
    for row in sheet.rows.to_dict("records"):
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
            day = row["starts_on"] or company.fiscal_calendar.period(row["period"]).start
            found.setdefault(needed_on(currency, row["is_plan"], day, company), []).append({**row, "rate": rate})
    averaged = sum(len(of_period) > 1 for of_period in found.values())
    if averaged:
        message = f"{averaged:,} months have several rates: their average is taken"
        issues.append(Issue(Severity.NOTE, message, sheet.sheet))
    made = pd.DataFrame(
        [
            (needed.key, needed.currency, needed.is_plan, needed.starts_on, mean([row["rate"] for row in rows]),
             rows[-1]["origin"], rows[-1]["row"])
            for needed, rows in found.items()
        ],
        columns=["key", "currency", "is_plan", "starts_on", "rate", "origin", "source_row"],
    ).astype(object)  # fmt: skip
    given = ("rate", "origin") if made["origin"].notna().any() else ("rate",)
    return Wanted("exchange_rate", made, given, issues)


def mean(rates: Sequence[Decimal]) -> str:
    """The mean of rates, as the store keeps it."""
    return f"{round(sum(rates, Decimal(0)) / len(rates), MOST_RATE_DIGITS).normalize():f}"


def rates_of(frames: Iterable[pd.DataFrame]) -> Rates:
    """The rates of frames with the columns key and rate (a decimal number as text); the later frame wins."""
    return {
        key: Decimal(rate) for rows in frames if len(rows) for key, rate in zip(rows["key"], rows["rate"], strict=True)
    }
