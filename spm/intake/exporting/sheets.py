"""Stored rows as a sheet under the names of its layout: as the templates have it, and as the intake reads it. Pure."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

import pandas as pd

from spm.calendar import ONE_DAY
from spm.intake.layouts import COUNT, LAYOUTS
from spm.intake.resolving.counts import KIND_OF_MEASURE
from spm.intake.resolving.splits import WHOLE_E4
from spm.money import minor_digits
from spm.people.roles import ROLES

TABLES = {
    "deals": "deal",
    "splits": "deal_credit",
    "orders": "order",
    "order_lines": "order_line",
    "leads": "lead",
    "activities": "activity",
    "surveys": "survey",
    "costs": "cost",
    "quotas": "quota",
    "products": "product",
    "rates": "exchange_rate",
    "leave": "leave",
    "skill_levels": "skill_level",
}
"""Layout → the table whose rows are its sheet."""

MONEY = {
    "amount": ("amount_cents", "stated_cents"),
    "cost": ("cost_cents", "stated_cost_cents"),
    "price": ("price_cents", ""),
}
"""Field → its column, and the one that keeps what a sheet said in another currency."""
LINE_DIGITS = 4  # a line's amount is kept in ten-thousandths of a minor unit
CODE_WORDS = ("id", "code", "number", "key", "no", "nr", "seq")
"""What the ids of one thing are called, in their order."""


def sheet_of(layout: str, rows: pd.DataFrame, names: Mapping[str, str], currency: str) -> pd.DataFrame:
    """Rows of a table (people by `person_key`) under the labels of a layout; columns that say nothing are left out.

    Amounts are in major units of their own currency, else of `currency`. A column of the company's own that is called as
    a field is holds what was written, and stands for it.
    """
    told = _told(layout, rows, names, currency)
    labelled = {field.label: told[field.key] for field in LAYOUTS[layout].fields if field.key in told}
    return _with_attributes(_columns(labelled), rows.get("attributes", [None] * len(rows)))


def _columns(columns: Mapping[str, Any]) -> pd.DataFrame:
    return pd.DataFrame({label: pd.Series(list(values), dtype=object) for label, values in columns.items()})


def _with_attributes(sheet: pd.DataFrame, attributes: Any) -> pd.DataFrame:
    """The sheet with the company's own columns, without those that say nothing."""
    of_rows = [values or {} for values in attributes]
    for name in dict.fromkeys(name for values in of_rows for name in values):
        sheet[name] = pd.Series([values.get(name) for values in of_rows], dtype=object)
    return sheet.loc[:, sheet.notna().any()]


def _told(layout: str, rows: pd.DataFrame, names: Mapping[str, str], currency: str) -> dict[str, Any]:
    """Field → its values."""
    told: dict[str, Any] = {name: rows[name] for name in rows if name != "attributes"}
    if "person_key" in rows:
        told["owner_key"] = rows["person_key"]
        told["owner"] = rows["person_key"].map(names.get)
    codes = rows["currency"] if "currency" in rows else [None] * len(rows)
    digits = [minor_digits(code or currency) for code in codes]
    for field, columns in MONEY.items():
        if columns[0] in rows:
            told[field] = _major(_as_stated(rows, *columns), digits)
    match layout:
        case "order_lines":
            order_and_line = rows["key"].str.rpartition("#")
            told["key"], told["line_no"] = order_and_line[0], order_and_line[2]
            told["amount"] = _major(
                _as_stated(rows, "stated_e4", "foreign_e4"), [count + LINE_DIGITS for count in digits]
            )
        case "orders":  # of some only the lines say amounts
            told["amount"] = [
                amount if has else None for amount, has in zip(told["amount"], rows["has_header"], strict=True)
            ]
        case "quotas":
            told["ends_on"] = [day - ONE_DAY for day in rows["ends_before"]]
            told["scope"] = ["team" if key is None else "own" for key in rows["person_key"]]
        case "splits":
            told["share"] = [Decimal(int(share)) / WHOLE_E4 for share in rows["share_e4"]]
            told["kind"] = ["overlay" if overlay else "own" for overlay in rows["is_overlay"]]
        case "surveys":
            told["share"], told["score"] = rows["score"], rows["stated"]
        case "leave":
            told["ends_on"] = [day - ONE_DAY for day in rows["ends_before"]]
            told["share"] = rows["away_share"]
        case "rates":
            told["base"] = [currency] * len(rows)
            told["rate"] = rows["rate"].map(Decimal)
    return told


def _as_stated(rows: pd.DataFrame, own: str, stated: str) -> pd.Series:
    """Amounts as their sheet said them, in minor units of its currency."""
    return rows[stated].where(rows[stated].notna(), rows[own]) if stated in rows else rows[own]


def _major(minor: pd.Series, digits: list[int]) -> list[Decimal | None]:
    return [
        None if amount is None else Decimal(int(amount)).scaleb(-count)
        for amount, count in zip(minor, digits, strict=True)
    ]


def history_sheet(versions: pd.DataFrame, deals: pd.DataFrame, names: Mapping[str, str], currency: str) -> pd.DataFrame:
    """Deals that changed, each as it was from a day on, as it is now last; without a change of their own, none."""
    now = deals[deals["key"].isin(versions["deal_key"])].rename(columns={"key": "deal_key"})
    columns = [name for name in versions if name in now]
    every = pd.concat([versions[columns], now[columns]], ignore_index=True).sort_values(["deal_key", "known_on"])
    return sheet_of("deal_history", every.astype(object), names, currency)


def counts_sheet(counted: pd.DataFrame, names: Mapping[str, str], labels: Mapping[str, str]) -> pd.DataFrame:
    """What reps did on days, a column for each thing that was counted; `labels` are those of the company's own counts.

    `counted` are the activities that sheets of daily counts told of. Several numbers of one thing on one day have rows of
    their own.
    """
    fields = {field.key: field.label for field in LAYOUTS["daily_counts"].fields}
    of_kind = {kind: fields[COUNT + measure] for measure, kind in KIND_OF_MEASURE.items()} | dict(labels)
    told_by = ["person_key", "happened_on", "attributes", "place"]
    rows = counted.assign(
        person_key=counted["person_key"].fillna(""),
        attributes=[tuple(sorted((values or {}).items())) for values in counted["attributes"]],
        label=counted["kind"].map(of_kind),
        count=counted["count"].astype(float),
    )
    rows["place"] = rows.groupby([*told_by[:-1], "label"]).cumcount()
    wide = rows.pivot(columns="label", index=told_by, values="count")
    of_rows = wide.index.to_frame(index=False)
    told = {
        "owner": of_rows["person_key"].map(names.get),
        "owner_key": of_rows["person_key"].where(of_rows["person_key"] != "", None),
        "happened_on": of_rows["happened_on"],
    }
    sheet = _columns({fields[key]: values for key, values in told.items()} | {name: wide[name] for name in wide})
    return _with_attributes(sheet, [dict(values) for values in of_rows["attributes"]])


def decisions_sheet(told: Iterable[tuple[str, str, str]]) -> pd.DataFrame:
    """Decisions under the labels of their layout."""
    return pd.DataFrame(told, columns=[field.label for field in LAYOUTS["decisions"].fields], dtype=object)


def list_sheets(listed: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Name of a sheet → a list that facts refer to by its ids: every list of the store."""
    made = {}
    for kind, rows in listed.groupby("kind", sort=True):
        word = str(kind).capitalize()
        most = max(len(codes) for codes in rows["codes"])
        codes = {
            f"{word} {called}": [own[at] if at < len(own) else None for own in rows["codes"]]
            for at, called in enumerate(CODE_WORDS[:most])
        }
        made[f"List of {kind}"] = _with_attributes(_columns(codes | {f"{word} name": rows["name"]}), rows["attributes"])
    return made


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
