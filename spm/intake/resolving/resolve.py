"""What sheets say by way of others: names for ids, the company's currency for another, counts beside a log. Pure.

`stored` gives the rows of a table as the store has them, with the column `key`.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from itertools import chain

import pandas as pd

from spm.calendar import Span
from spm.intake.changes.preview import Preview
from spm.intake.model import CheckedSheet, Wanted
from spm.intake.resolving import counts, currencies, products, splits, star
from spm.intake.resolving.deal_history import Begun, wanted_versions
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
    made = _with_product_names(plan, made, stored)
    lists = _lists(made, stored)
    rates = _rates(made, stored)
    accepted = "currency" in plan.choices.accepted
    done = []
    for at, sheet in made:
        name = plan.sheets[at].source.sheet
        sheet.issues.extend(star.unlisted(sheet, lists, name))
        done.append((at, currencies.converted(star.looked_up(sheet, lists), rates, plan.company, name, accepted)))
    return done


def derived(made: Made, plan: Preview, stored: Stored) -> Made:
    """What lists and rates of an upload change in facts that the store has and the upload does not bring."""
    return [*_looked_up_again(made, stored), *_converted_again(made, plan, stored)]


def credits(plan: Preview, people: Directory, stored: Stored) -> Made:
    """Who shares which deals, once the differences of the deals are known: as the sheets say, and of deals whose amount
    changes."""
    known = stored("deal_credit")
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


def versions(plan: Preview, people: Directory, stored: Stored, today: date) -> Made:
    """What sheets of deals over time tell, once the differences of the deals are known; `today` is the day from which the
    store knows what an upload brings."""
    sheets = plan.of_layout("deal_history")
    if not sheets:
        return []
    known = stored("deal")
    deals = {
        key: Begun(created_on, known_on)
        for key, created_on, known_on in (
            zip(known["key"], known["created_on"], known["known_on"], strict=True) if len(known) else ()
        )
    }
    for found in (found for _, found in plan.differences if found.table == "deal" and not found.is_derived):
        for rows in (found.new, found.changed):
            deals |= {key: Begun(on, today) for key, on in zip(rows["key"], rows["created_on"], strict=True)}
    return [
        (at, wanted_versions(shown.source.checked, people, deals, plan.company))
        for at, shown in sheets
        if shown.source.checked is not None
    ]


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
        told[at] = counts.beside_a_log(told[at], source.recognition.fields, source.sheet, spans, plan.choices.accepted)
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


def _rates(made: Made, stored: Stored) -> currencies.Rates:
    return currencies.rates_of([stored("exchange_rate"), *_brought(made, "exchange_rate")])


def _looked_up_again(made: Made, stored: Stored) -> Made:
    """Facts that came before their lists, or whose list changes, with what it says now."""
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


def _converted_again(made: Made, plan: Preview, stored: Stored) -> Made:
    """Amounts in other currencies whose rate an upload brings or changes."""
    at = next((at for at, sheet in made if sheet.table == "exchange_rate"), None)
    if at is None:
        return []
    before, rates = _rates([], stored), _rates(made, stored)
    changed = {key: rate for key, rate in rates.items() if before.get(key) != rate}
    found = []
    for table in (name for name in currencies.CONVERTED if name != "order_line"):
        rest = _not_brought(made, table, stored)
        sheet = currencies.reconverted(
            table, rest.drop(columns=list(STAMPS), errors="ignore"), rates, changed, plan.company
        )
        if len(sheet.rows):
            found.append((at, sheet))
    return found


def _not_brought(made: Made, table: str, stored: Stored) -> pd.DataFrame:
    rows = stored(table)
    if rows.empty:
        return rows
    brought = set(chain.from_iterable(rows["key"] for rows in _brought(made, table)))
    return rows[~rows["key"].isin(brought)].reset_index(drop=True)
