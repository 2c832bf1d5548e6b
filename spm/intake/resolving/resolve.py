"""What sheets say by way of others: names for ids, the company's currency for another, counts beside a log. Pure.

`stored` gives the rows of a table as the store has them, with the column `key`.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from itertools import chain

import pandas as pd

from spm.calendar import Span
from spm.company.settings import Company
from spm.intake.changes.preview import Preview
from spm.intake.model import CheckedSheet, Wanted
from spm.intake.resolving import counts, currencies, orders, products, splits, star
from spm.intake.resolving.deal_history import Begun, wanted_versions
from spm.intake.resolving.rates import Rates, rates_of
from spm.intake.staffing.directory import Directory

Made = list[tuple[int, Wanted]]
"""Rows for a table, each with the place of their sheet in the preview."""
Stored = Callable[[str], pd.DataFrame]
STAMPS = ("id", "created_in", "changed_in", "fingerprint")  # of a stored row, and of no row that a sheet brings
LISTED = ("listed", "product")


def resolved(plan: Preview, made: Made, stored: Stored, logged: Mapping[str, Span]) -> Made:
    """The sheets of an upload with what the others, and the store, say of their ids and currencies.

    `logged` are the spans of activities that the store has one by one, by kind.
    """
    made = _beside_logs(plan, made, logged)
    made = _with_product_names(plan, _lines_with_what_headers_say(made, stored), stored)
    lists = _lists(made, stored)
    rates = _rates(made, stored)
    accepted = "currency" in plan.choices.accepted
    done = []
    for at, sheet in made:
        name = plan.sheets[at].source.sheet
        sheet.issues.extend(star.unlisted(sheet, lists, name))
        done.append((at, currencies.converted(star.looked_up(sheet, lists), rates, plan.company, name, accepted)))
    return done


def credits(plan: Preview, people: Directory, stored: Stored) -> Made:
    """Who shares which deals, once the differences of the deals are known: as the sheets say, and of deals whose amount
    changes."""
    known = stored("deal_credit")
    for gone in (found for found in plan.gone if found.table == "deal_credit"):
        known = known[~known["key"].isin(gone.rows["key"])]
    sharing = [(at, shown) for at, shown in plan.of_layout("deals", "splits") if _shares(shown.source.checked)]
    deals = stored("deal") if sharing else pd.DataFrame()  # the others need the amounts only that are brought
    amounts = dict(zip(deals["key"], deals["amount_cents"], strict=True)) if len(deals) else {}
    touched: set[str] = set()
    for found in (found for _, found in plan.differences if found.table == "deal"):
        for rows in (found.new, found.changed) if "amount_cents" in found.given else (found.new,):
            amounts |= dict(zip(rows["key"], rows["amount_cents"], strict=True))
            touched |= set(rows["key"])
    made: Made = []
    for at, shown in sharing:
        sheet = shown.source.checked
        assert sheet is not None
        found_here = splits.shared(sheet, people)
        brought = found_here.credits[found_here.credits["deal_key"].isin(amounts)]
        told = splits.settled(brought, known, amounts, set())
        if sheet.layout == "splits":
            told.issues += [*found_here.issues, *splits.without_deal(found_here.credits, amounts, sheet.sheet)]
        made.append((at, replace(told, is_derived=sheet.layout == "deals")))
        touched -= set(brought["deal_key"])
    if len(known) and touched:
        none = known.head(0)[splits.COLUMNS]
        at = next(at for at, found in plan.differences if found.table == "deal")
        made.append((at, replace(splits.settled(none, known, amounts, touched), is_derived=True)))
    return made


def _shares(sheet: CheckedSheet | None) -> bool:
    """Whether a sheet of deals or of splits says who shares a deal."""
    return sheet is not None and (sheet.layout == "splits" or splits.has_shares(sheet))


def versions(plan: Preview, made: Made, people: Directory, stored: Stored, today: date) -> Made:
    """What sheets of deals over time tell, once the differences of the deals are known; `today` is the day from which the
    store knows what an upload brings."""
    sheets = plan.of_layout("deal_history")
    if not sheets:
        return []
    known = stored("deal")
    deals = _begun(known, None)
    for found in (found for _, found in plan.differences if found.table == "deal" and not found.is_derived):
        deals |= {**_begun(found.new, today), **_begun(found.changed, today)}
    rates, accepted = _rates(made, stored), "currency" in plan.choices.accepted
    told = [(at, wanted_versions(shown.source.checked, people, deals, plan.company), shown.source.sheet)
            for at, shown in sheets if shown.source.checked is not None]  # fmt: skip
    return [(at, currencies.converted(sheet, rates, plan.company, name, accepted)) for at, sheet, name in told]


def _begun(deals: pd.DataFrame, known_on: date | None) -> dict[str, Begun]:
    """Deals by their key; `known_on` where it is the same for all of them."""
    if deals.empty:
        return {}
    days = deals["known_on"] if known_on is None else [known_on] * len(deals)
    columns = zip(deals["key"], deals["created_on"], deals["closed_on"], deals["currency"], days, strict=True)
    return {key: Begun(*said) for key, *said in columns}


def _beside_logs(plan: Preview, made: Made, logged: Mapping[str, Span]) -> Made:
    """Daily counts without what a log of single activities tells of; their own measures are planned."""
    of_counts = dict(plan.of_layout("daily_counts"))
    if not of_counts:
        return made
    plan.own_measures = counts.own_measures(sheet.source.recognition for sheet in of_counts.values())
    logs = [sheet.rows for at, sheet in made if sheet.table == "activity" and at not in of_counts]
    spans = counts.logged_spans(logged, logs)
    told = dict(made)
    for at, shown in of_counts.items():
        source = shown.source
        told[at] = counts.beside_a_log(
            told[at], source.recognition.fields, source.sheet, spans, source.choices.accepted
        )
    return list(told.items())


def _with_product_names(plan: Preview, made: Made, stored: Stored) -> Made:
    names = products.names_by_id([stored("product"), *_brought(made, "product")])
    named = []
    for at, sheet in made:
        told = sheet if sheet.table == "product" else products.with_names(sheet, names)
        if told.table != "product":
            told.issues.extend(products.unknown_products(told, names, plan.sheets[at].source.sheet))
        named.append((at, told))
    return named


def _brought(made: Made, table: str) -> list[pd.DataFrame]:
    return [sheet.rows for _, sheet in made if sheet.table == table]


def _lists(made: Made, stored: Stored) -> star.Lists:
    return star.lists_of(stored("listed"), _brought(made, "listed"), [stored("product"), *_brought(made, "product")])


def _rates(made: Made, stored: Stored) -> Rates:
    return rates_of([stored("exchange_rate"), *_brought(made, "exchange_rate")])


def _lines_with_what_headers_say(made: Made, stored: Stored) -> Made:
    if not _brought(made, "order_line"):
        return made
    headers = [rows for rows in (*_brought(made, "order"), stored("order")) if len(rows)]
    return [(at, orders.with_what_header_says(sheet, headers)) for at, sheet in made]


def looked_up_again(made: Made, stored: Stored) -> Made:
    """Facts that came before their lists, or whose list an upload changes, with what it says now."""
    at = next((at for at, sheet in made if sheet.table in LISTED), None)
    if at is None:
        return []
    lists, before = _lists(made, stored), _lists([], stored)
    found = []
    for table in star.LOOKING_UP:
        rest = _not_brought(made, table, stored)
        if rest.empty:
            continue
        if table == "order_line":
            rest["order_key"] = rest["order_id"].map(stored("order").set_index("id")["key"])
        sheet = Wanted(table, rest.drop(columns=list(STAMPS), errors="ignore"), ("attributes",), is_derived=True)
        found.append((at, star.looked_up(star.forgotten(sheet, before), lists)))
    return found


def converted_again(made: Made, company: Company, stored: Stored) -> Made:
    """Facts in other currencies that the store has and an upload does not bring, at the rates that it does bring."""
    at = next((at for at, sheet in made if sheet.table == "exchange_rate"), None)
    return [] if at is None else [(at, sheet) for sheet in at_rates(_rates(made, stored), company, stored, made)]


def at_rates(rates: Rates, company: Company, stored: Stored, made: Made) -> list[Wanted]:
    """Every stored fact in another currency at the given rates, but for those that an upload brings."""
    found = []
    for table in currencies.AMOUNTS:
        rest = _not_brought(made, table, stored)
        if table == "order_line" and len(rest):
            rest["order_key"] = rest["order_id"].map(stored("order").set_index("id")["key"])
        rest = rest.drop(columns=list(STAMPS), errors="ignore")
        found.append(currencies.reconverted(table, rest, rates, company))
    return [sheet for sheet in found if len(sheet.rows)]


def _not_brought(made: Made, table: str, stored: Stored) -> pd.DataFrame:
    rows = stored(table)
    if rows.empty:
        return rows
    brought = set(chain.from_iterable(rows["key"] for rows in _brought(made, table)))
    return rows[~rows["key"].isin(brought)].reset_index(drop=True)
