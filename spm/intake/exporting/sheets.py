"""Stored rows as a sheet under the names of its layout: as the templates have it, and as the intake reads it. Pure."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pandas as pd

from spm.calendar import ONE_DAY
from spm.intake.layouts import LAYOUTS
from spm.money import minor_digits
from spm.people.roles import ROLES

TABLES = {
    "deals": "deal",
    "orders": "order",
    "order_lines": "order_line",
    "leads": "lead",
    "activities": "activity",
    "surveys": "survey",
    "costs": "cost",
    "quotas": "quota",
    "products": "product",
}
"""Layout → the table whose rows are its sheet."""

MONEY = {"amount": "amount_cents", "cost": "cost_cents", "price": "price_cents"}
LINE_DIGITS = 4  # a line's amount is kept in ten-thousandths of a minor unit


def sheet_of(layout: str, rows: pd.DataFrame, names: Mapping[str, str], currency: str) -> pd.DataFrame:
    """Rows of a table (people by `person_key`) under the labels of a layout; columns that say nothing are left out.

    Amounts are in major units of their own currency, else of `currency`. A column of the company's own that is called as
    a field is holds what was written, and stands for it.
    """
    told = _told(layout, rows, names, currency)
    labelled = {field.label: told[field.key] for field in LAYOUTS[layout].fields if field.key in told}
    sheet = pd.DataFrame({label: pd.Series(list(values), dtype=object) for label, values in labelled.items()})
    attributes = [values or {} for values in rows.get("attributes", [None] * len(rows))]
    for name in dict.fromkeys(name for values in attributes for name in values):
        sheet[name] = pd.Series([values.get(name) for values in attributes], dtype=object)
    return sheet.loc[:, sheet.notna().any()]


def _told(layout: str, rows: pd.DataFrame, names: Mapping[str, str], currency: str) -> dict[str, Any]:
    """Field → its values."""
    told: dict[str, Any] = {name: rows[name] for name in rows if name != "attributes"}
    if "person_key" in rows:
        told["owner_key"] = rows["person_key"]
        told["owner"] = rows["person_key"].map(lambda key: names.get(key))
    codes = rows["currency"] if "currency" in rows else [None] * len(rows)
    digits = [minor_digits(code or currency) for code in codes]
    for field, column in MONEY.items():
        if column in rows:
            stated = rows["stated_cents"] if field == "amount" and "stated_cents" in rows else [None] * len(rows)
            own = [kept if kept is not None else cents for kept, cents in zip(stated, rows[column], strict=True)]
            told[field] = [_major(cents, count) for cents, count in zip(own, digits, strict=True)]
    if layout == "order_lines":
        order_and_line = rows["key"].str.rpartition("#")
        told["key"], told["line_no"] = order_and_line[0], order_and_line[2]
        told["amount"] = [_major(e4, count + LINE_DIGITS) for e4, count in zip(rows["stated_e4"], digits, strict=True)]
    if layout == "quotas":
        told["ends_on"] = [day - ONE_DAY for day in rows["ends_before"]]
        told["scope"] = ["team" if key is None else "own" for key in rows["person_key"]]
    return told


def _major(minor: int | None, digits: int) -> Decimal | None:
    return None if minor is None else Decimal(int(minor)).scaleb(-digits)


def people_sheet(people: pd.DataFrame, postings: pd.DataFrame) -> pd.DataFrame:
    """Everybody under the labels of the people sheet, a row for each span of a role and team.

    `people` and `postings` are those of `spm.store.reading`.
    """
    labels = {field.key: field.label for field in LAYOUTS["people"].fields}
    keys = dict(zip(people["id"], people["key"], strict=True))
    of_person = {person_id: rows.to_dict("records") for person_id, rows in postings.groupby("person_id")}
    made = []
    for person in people.to_dict("records"):
        for posting in of_person.get(person["id"], [{}]):
            told = {
                "key": person["key"],
                "name": person["name"],
                "email": person["email"],
                "role": ROLES[posting["role"]].label if posting.get("role") in ROLES else posting.get("role"),
                "team": posting.get("team"),
                "manager": posting.get("manager"),
                "manager_key": keys.get(posting.get("manager_id")),
                "started_on": person["started_on"],
                "ended_on": person["ended_on"],
                "valid_from": posting.get("starts_on"),
                "valid_to": posting["ends_before"] - ONE_DAY if posting.get("ends_before") else None,
            }
            made.append({labels[key]: value for key, value in told.items()} | (person["attributes"] or {}))
    sheet = pd.DataFrame(made, dtype=object)
    sheet = sheet.where(sheet.notna(), None)
    return sheet.loc[:, sheet.notna().any()]
