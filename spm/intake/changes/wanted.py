"""Checked rows as the store would hold them: one frame per table, people named by key. Pure."""

from collections.abc import Callable, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import numpy as np
import pandas as pd

from spm.company.settings import Company
from spm.intake.changes.coverage import is_any_filled
from spm.intake.changes.keys import filled_keys, occurrences_again
from spm.intake.changes.merge import once_each
from spm.intake.model import CheckedSheet, Issue, Severity, Wanted
from spm.intake.resolving.counts import wanted_counts
from spm.intake.resolving.lists import wanted_list
from spm.intake.resolving.rates import wanted_rates
from spm.intake.resolving.splits import has_shares, one_row_each, shared
from spm.intake.staffing.directory import Directory
from spm.intake.staffing.spans import wanted_leave, wanted_skill_levels
from spm.money import minor_digits


def wanted(sheet: CheckedSheet, people: Directory, company: Company) -> Wanted:
    """The rows of a sheet of facts (people and quotas have modules of their own: `staff.py`, `quotas.py`)."""
    if sheet.layout in _OF_PEOPLE:
        return _OF_PEOPLE[sheet.layout](sheet, people)
    if sheet.layout == "lists":
        return wanted_list(sheet)
    if sheet.layout == "rates":
        return wanted_rates(sheet, company)
    rows = _MAKERS[sheet.layout](sheet, company).reset_index(drop=True)
    rows["attributes"] = [values or None for values in sheet.rows["attributes"]]
    without_id = rows["key"].isna()
    if without_id.any():
        rows["key"] = filled_keys(rows["key"], _content(rows, sheet))
    if "owner" in sheet.rows:
        rows["person_key"] = pd.Series(_owners(sheet, people), dtype=object)
    rows["source_row"] = sheet.rows["row"].to_numpy()
    given = tuple(name for name in rows if name not in ("key", "source_row") and is_any_filled(rows[name]))
    if sheet.layout == "deals" and has_shares(sheet):
        return one_row_each(Wanted("deal", rows, given), shared(sheet, people), sheet.sheet)
    made = Wanted(_TABLES[sheet.layout], rows, given)
    if twins_count := occurrences_again(rows.loc[without_id, "key"]):
        rows_say = "1 row says" if twins_count == 1 else f"{twins_count:,} rows say"
        message = f"{rows_say} exactly what another row says, without ids: each counts"
        made.issues.append(Issue(Severity.NOTE, message, sheet.sheet))
    return once_each(made, sheet.sheet)


def _content(rows: pd.DataFrame, sheet: CheckedSheet) -> pd.DataFrame:
    """What a row without an id is told by. Its owner as written: the same file stays the same when two people turn out
    to be one."""
    owner = sheet.rows[[name for name in ("owner_key", "owner") if name in sheet.rows]].reset_index(drop=True)
    attributes = [sorted((values or {}).items()) for values in rows["attributes"]]
    return pd.concat([rows.drop(columns="key").assign(attributes=attributes), owner], axis=1)


def _owners(sheet: CheckedSheet, people: Directory) -> list[str | None]:
    columns = (sheet.rows["owner_key"].tolist(), sheet.rows["owner"].tolist())
    where = f"{sheet.file_name} › {sheet.sheet}"
    meant = {pair: people.resolve(*pair, where) for pair in dict.fromkeys(zip(*columns, strict=True))}
    return [meant[pair] for pair in zip(*columns, strict=True)]


def in_cents(
    amounts: Sequence[Decimal | None], currencies: Sequence[str | None], company: Company, extra: int = 0
) -> list[Any]:
    """Major units as integer minor units of each row's currency (the company's where none is given), None kept.

    `extra` digits finer than a minor unit: 4 gives ten-thousandths. Halves are rounded away from zero.
    """
    columns = [np.asarray(values, dtype=object).tolist() for values in (amounts, currencies)]
    units = {code: Decimal(10) ** (minor_digits(code or company.currency) + extra) for code in set(columns[1])}
    cents = {
        (amount, code): None if amount is None else int((amount * units[code]).to_integral_value(ROUND_HALF_UP))
        for amount, code in set(zip(*columns, strict=True))
    }
    return [cents[pair] for pair in zip(*columns, strict=True)]


def _picked(sheet: CheckedSheet, *names: str) -> pd.DataFrame:
    return sheet.rows[list(names)].reset_index(drop=True)


def _days_between(starts: pd.Series, ends: pd.Series) -> list[int | None]:
    return [
        (end - start).days if start is not None and end is not None else None
        for start, end in zip(starts.tolist(), ends.tolist(), strict=True)
    ]


def _deals(sheet: CheckedSheet, company: Company) -> pd.DataFrame:
    rows = _picked(
        sheet, "key", "name", "account", "product", "stage", "status", "currency", "probability", "created_on",
        "closed_on", "expected_close_on", "kind", "source"
    )  # fmt: skip
    rows["amount_cents"] = pd.Series(in_cents(sheet.rows["amount"], rows["currency"], company), dtype=object)
    cycles = _days_between(rows["created_on"], rows["closed_on"])
    rows["cycle_days"] = pd.Series([days if days is None or days >= 0 else None for days in cycles], dtype=object)
    return rows


def _orders(sheet: CheckedSheet, company: Company) -> pd.DataFrame:
    rows = _picked(sheet, "key", "account", "product", "currency", "ordered_on", "source")
    rows["amount_cents"] = pd.Series(in_cents(sheet.rows["amount"], rows["currency"], company), dtype=object)
    rows["cost_cents"] = pd.Series(in_cents(sheet.rows["cost"], rows["currency"], company), dtype=object)
    return rows


def _order_lines(sheet: CheckedSheet, company: Company) -> pd.DataFrame:
    rows = _picked(sheet, "key", "account", "product", "currency", "ordered_on", "source", "quantity")
    rows = rows.rename(columns={"key": "order_key"})
    rows["stated_e4"] = in_cents(sheet.rows["amount"], rows["currency"], company, extra=4)
    lines = sheet.rows["line_no"].reset_index(drop=True)
    numbered = lines.where(lines.notna(), (rows.groupby("order_key").cumcount() + 1).astype(str))
    rows["key"] = rows["order_key"] + "#" + numbered
    return rows


def _leads(sheet: CheckedSheet, company: Company) -> pd.DataFrame:
    rows = _picked(
        sheet, "key", "name", "account", "created_on", "status", "qualified_on", "converted_on", "deal_key", "source"
    )
    qualified = sheet.rows["is_qualified"].reset_index(drop=True) == True  # noqa: E712  (None is not False)
    rows["qualified_on"] = rows["qualified_on"].where(rows["qualified_on"].notna() | ~qualified, rows["created_on"])
    rows["qualified_on"] = rows["qualified_on"].where(qualified, None)
    rows["days_to_deal"] = pd.Series(_days_between(rows["created_on"], rows["converted_on"]), dtype=object)
    return rows


def _activities(sheet: CheckedSheet, company: Company) -> pd.DataFrame:
    rows = _picked(sheet, "key", "account", "source", "happened_on", "kind", "outcome", "direction", "deal_key")
    rows["is_completed"] = sheet.rows["completed"].map(lambda done: done is not False).to_numpy()
    rows["count"] = sheet.rows["count"].map(lambda count: 1.0 if count is None else float(count)).to_numpy()
    return rows


def _surveys(sheet: CheckedSheet, company: Company) -> pd.DataFrame:
    rows = _picked(sheet, "key", "account", "source", "answered_on")
    return rows.assign(score=sheet.rows["share"].to_numpy(), stated=sheet.rows["score"].to_numpy())


def _costs(sheet: CheckedSheet, company: Company) -> pd.DataFrame:
    rows = _picked(sheet, "key", "account", "source", "spent_on", "category", "currency")
    rows["amount_cents"] = pd.Series(in_cents(sheet.rows["amount"], rows["currency"], company), dtype=object)
    return rows


def _products(sheet: CheckedSheet, company: Company) -> pd.DataFrame:
    rows = _picked(sheet, "key", "name", "category")
    rows["key"] = rows["key"].where(rows["key"].notna(), rows["name"])
    rows["price_cents"] = pd.Series(in_cents(sheet.rows["price"], [None] * len(rows), company), dtype=object)
    return rows


_MAKERS: dict[str, Callable[[CheckedSheet, Company], pd.DataFrame]] = {
    "deals": _deals,
    "orders": _orders,
    "order_lines": _order_lines,
    "leads": _leads,
    "activities": _activities,
    "surveys": _surveys,
    "costs": _costs,
    "products": _products,
}
_OF_PEOPLE: dict[str, Callable[[CheckedSheet, Directory], Wanted]] = {
    "daily_counts": wanted_counts,
    "leave": wanted_leave,
    "skill_levels": wanted_skill_levels,
}
_TABLES = {"deals": "deal", "orders": "order", "order_lines": "order_line", "leads": "lead", "activities": "activity",
           "surveys": "survey", "costs": "cost", "products": "product"}  # fmt: skip
