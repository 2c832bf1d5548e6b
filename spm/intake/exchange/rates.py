"""Exchange rates as a person writes them, and what a change of them would do. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from spm.company.settings import Company
from spm.errors import Refusal
from spm.intake.changes.merge import Difference
from spm.intake.resolving.rates import Needed, needed_on
from spm.money import currencies

MONEY = ("amount_cents", "cost_cents", "stated_e4", "amount_e4")
"""The columns that follow from rates, of any table."""
LABELS = {
    "deal": "Deals",
    "deal_credit": "Parts of shared deals",
    "deal_version": "Deals as they were",
    "order": "Orders",
    "order_line": "Order lines",
    "quota": "Quotas",
    "cost": "Costs",
}
MOST_NAMED = 3


@dataclass(frozen=True)
class Rate:
    """What one unit of `currency` is worth in the company's: in the month of `day`, or as planned for its fiscal year.

    `origin` says where it was taken from.
    """

    currency: str
    is_plan: bool
    day: date
    rate: Decimal
    origin: str | None = None

    def needed(self, company: Company) -> Needed:
        """Which need it fills."""
        return needed_on(self.currency, self.is_plan, self.day, company)


@dataclass(frozen=True)
class Moved:
    """How many rows of a kind change, and what they add up to before and after, in minor units."""

    table: str
    count: int
    before_cents: int
    after_cents: int


@dataclass(frozen=True)
class Revaluation:
    """All rates as they shall be, `plan_rates_of` as the company shall have it, and what follows for the stored facts.

    `revision` is the state of the store that it was worked out from.
    """

    rates: dict[str, Rate]  # by the key of what they fill
    company: Company
    differences: tuple[Difference, ...]
    revision: tuple[int, ...]
    note: str

    @property
    def moved(self) -> list[Moved]:
        """What changes, of each kind of fact that has amounts of its own."""
        found: dict[str, Moved] = {}
        for one in self.differences:
            if "amount_cents" in one.changed:
                was = found.get(one.table, Moved(one.table, 0, 0, 0))
                before, after = (int(rows["amount_cents"].dropna().sum()) for rows in (one.before, one.changed))
                count = was.count + len(one.changed)
                found[one.table] = Moved(one.table, count, was.before_cents + before, was.after_cents + after)
        return list(found.values())


def by_need(rates: Sequence[Rate], company: Company) -> dict[str, Rate]:
    """The rates by the key of what they fill. Raises Refusal for one that can't be, or two of one month or year."""
    found: dict[str, Rate] = {}
    for rate in rates:
        need = rate.needed(company)
        if rate.currency not in currencies():
            raise Refusal(f"“{rate.currency}” is no currency.", "Write its code, such as EUR.")
        if rate.currency == company.currency:
            raise Refusal(f"{company.currency} is the company’s own currency: it needs no rate.")
        if not (rate.rate.is_finite() and rate.rate > 0):
            raise Refusal(f"The rate of {rate.currency} in {need.shown} is not above 0.")
        if need.key in found:
            raise Refusal(f"There are two rates of {rate.currency} in {need.shown}.", "Take one of them away.")
        found[need.key] = rate
    return found


def refuse_unless_known(needed: set[Needed], rates: dict[str, Rate]) -> None:
    """Raises Refusal where amounts in the store would be left without a rate, never taken at 1."""
    missing = sorted((need for need in needed if need.key not in rates), key=lambda need: need.key)
    if missing:
        named = ", ".join(f"{need.currency} in {need.shown}" for need in missing[:MOST_NAMED])
        more = f" and {len(missing) - MOST_NAMED} more" if len(missing) > MOST_NAMED else ""
        raise Refusal(f"Amounts need the rate of {named}{more}.", "Change a rate that is in use; don’t take it away.")


def described(before: dict[str, Rate], after: dict[str, Rate], company: Company) -> str:
    """What changes, in words, the first few rates: "exchange rates: EUR in Mar 2017 1.25 → 1.5"."""
    told = [
        f"{rate.currency} in {rate.needed(company).shown} {f'{before[key].rate:f} → ' if key in before else ''}{rate.rate:f}"
        for key, rate in after.items()
        if key not in before or before[key].rate != rate.rate
    ]
    told += [
        f"{rate.currency} in {rate.needed(company).shown} taken away"
        for key, rate in before.items()
        if key not in after
    ]
    more = f", {len(told) - MOST_NAMED} more" if len(told) > MOST_NAMED else ""
    return f"exchange rates: {', '.join(told[:MOST_NAMED]) or 'where they are taken from'}{more}"
