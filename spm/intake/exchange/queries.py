"""The exchange rates that the store has, and what others would change."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache, partial

import pandas as pd

from spm.company.queries import company_of
from spm.intake.changes.merge import Difference, difference
from spm.intake.exchange.rates import Rate, Revaluation, by_need, described, refuse_unless_known
from spm.intake.model import Wanted
from spm.intake.queries import AREAS
from spm.intake.resolving import currencies, orders, resolve, splits
from spm.store import earlier, reading
from spm.store.opening import Store

OF_ORDERS = ("order", "order_line")


def known_rates(store: Store) -> pd.DataFrame:
    """Every rate: currency, is_plan, starts_on, rate (text), origin, file_name, sheet, source_row; None but for the first
    four where it was written by hand."""
    return reading.exchange_rates(store)


def rates_of(store: Store) -> list[Rate]:
    """The same as a person would write them."""
    columns = known_rates(store)[["currency", "is_plan", "starts_on", "rate", "origin"]].itertuples(index=False)
    return [Rate(code, bool(is_plan), day, Decimal(rate), origin) for code, is_plan, day, rate, origin in columns]


def revaluation(store: Store, rates: Sequence[Rate], plan_rates_of: int | None) -> Revaluation:
    """What the store would hold if these were all its rates; with `plan_rates_of`, everything at the plan rates of that year.

    Raises Refusal for a rate that can't be, or where amounts would be left without one.
    """
    revision = store.revision(*AREAS)
    known = company_of(store)
    company = replace(known, plan_rates_of=plan_rates_of)
    after, before = by_need(rates, company), {rate.needed(company).key: rate for rate in rates_of(store)}
    stored = lru_cache(None)(partial(earlier.keyed, store))
    refuse_unless_known(
        {need for table in currencies.AMOUNTS for need in currencies.needed(table, stored(table), company)}, after
    )
    again = resolve.at_rates({key: rate.rate for key, rate in after.items()}, company, stored, [])
    note = described(before, after, company)
    if plan_rates_of != known.plan_rates_of:
        note = f"converted at {f'the plan rates of {plan_rates_of}' if plan_rates_of else 'the rates of each month'}"
    return Revaluation(after, company, tuple(_differences(again, stored, company.currency)), revision, note)


def _differences(again: list[Wanted], stored: resolve.Stored, currency: str) -> list[Difference]:
    """What changes of the facts, of orders and their lines together, and of the parts of shared deals."""
    whole = [(0, sheet) for sheet in again if sheet.table in OF_ORDERS]
    if whole:
        whole = orders.reconciled(whole, stored("order"), stored("order_line"), currency)
    sheets = [*(sheet for sheet in again if sheet.table not in OF_ORDERS), *(sheet for _, sheet in whole)]
    found = [difference(sheet, stored(sheet.table)) for sheet in sheets]
    credits = stored("deal_credit")
    deals = next((one.changed for one in found if one.table == "deal"), None)
    if deals is not None and len(credits):
        amounts = dict(zip(deals["key"], deals["amount_cents"], strict=True))
        parts = splits.settled(credits.head(0)[splits.COLUMNS], credits, amounts, set(amounts))
        found.append(difference(parts, credits))
    return [one for one in found if len(one.changed)]
