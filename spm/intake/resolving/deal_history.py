"""Deals over time: what was known of a deal from a day up to the next change. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any

import pandas as pd

from spm.company.settings import Company
from spm.intake.changes.wanted import in_cents
from spm.intake.model import CheckedSheet, Issue, Severity, Wanted
from spm.intake.staffing.directory import Directory
from spm.intake.values.meanings import DEAL_STATUS, letters

SAID = ["known_on", "superseded_on", "stage", "status", "amount_cents", "currency", "expected_close_on", "person_key",
        "source_row"]  # fmt: skip
OF_DEAL = ["created_on", "closed_on"]


@dataclass(frozen=True)
class Begun:
    """When a deal was created and closed, its currency (None: not known), and since when the store has it as it is now."""

    created_on: date | None
    closed_on: date | None
    currency: str | None
    known_on: date


def wanted_versions(sheet: CheckedSheet, people: Directory, deals: Mapping[str, Begun], company: Company) -> Wanted:
    """What was known of each deal in a history: from each change up to the next, the last up to the day from which the
    store knows the deal itself. The stage before the first change holds from the day the deal was created.

    Of several changes on one day the last counts. Amounts are in the deal's currency where the history names none; OF_DEAL
    are columns of the deal as it is now. Rows of deals that are not known are refused.
    """
    rows = sheet.rows.reset_index(drop=True)
    where = f"{sheet.file_name} › {sheet.sheet}"
    owners = [people.resolve(key, name, where) for key, name in zip(rows["owner_key"], rows["owner"], strict=True)]
    rows["person_key"] = pd.Series(owners, dtype=object)
    rows = rows.rename(columns={"row": "source_row"})
    is_known = rows["deal_key"].isin(deals)
    for name in ("currency", *OF_DEAL):
        of_deal = [getattr(deals[key], name) if key in deals else None for key in rows["deal_key"]]
        rows[name] = rows[name].where(rows[name].notna(), of_deal) if name in rows else of_deal
    rows["amount_cents"] = pd.Series(in_cents(rows["amount"], rows["currency"], company), dtype=object)
    issues = [
        Issue(Severity.REFUSED, "no deal has this id", sheet.sheet, int(row), found=deal, expected="the id of a deal")
        for deal, row in zip(rows.loc[~is_known, "deal_key"], rows.loc[~is_known, "source_row"], strict=True)
    ]
    latest = rows[is_known].sort_values(["deal_key", "known_on"], kind="stable")
    latest = latest.drop_duplicates(["deal_key", "known_on"], keep="last")
    versions = [
        {
            "key": f"{deal} | {version['known_on']}",
            "deal_key": deal,
            **{name: version[name] for name in (*SAID, *OF_DEAL)},
        }
        for deal, changes in groupby(latest.astype(object).to_dict("records"), itemgetter("deal_key"))
        for version in _versions(list(changes), deals[deal])
    ]
    made = pd.DataFrame(versions, columns=["key", "deal_key", *SAID, *OF_DEAL]).astype(object)
    return Wanted("deal_version", made, tuple(name for name in SAID if name not in ("known_on", "source_row")), issues)


def _versions(changes: list[dict[str, Any]], begun: Begun) -> list[dict[str, Any]]:
    """The changes of one deal, in order, each with the day that superseded it."""
    first = changes[0]
    before = first["previous_stage"]
    if before and begun.created_on and begun.created_on < first["known_on"]:
        status = DEAL_STATUS.get(letters(before), "open")
        changes = [{**first, "stage": before, "status": status, "known_on": begun.created_on}, *changes]
    ends = [*(change["known_on"] for change in changes[1:]), begun.known_on]
    dated = [{**change, "superseded_on": end} for change, end in zip(changes, ends, strict=True)]
    return [version for version in dated if version["known_on"] < version["superseded_on"]]
