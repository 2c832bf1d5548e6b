"""Deals over time: what was known of a deal from a day up to the next change. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from spm.company.settings import Company
from spm.intake.changes.wanted import in_cents
from spm.intake.model import CheckedSheet, Issue, Severity, Wanted
from spm.intake.rules.words import DEAL_STATUS, letters
from spm.intake.staffing.directory import Directory

SAID = ["known_on", "superseded_on", "stage", "status", "amount_cents", "expected_close_on", "person_key", "source_row"]


@dataclass(frozen=True)
class Begun:
    """When a deal was created (None: not known), and since when the store has it as it is now."""

    created_on: date | None
    known_on: date


def wanted_versions(sheet: CheckedSheet, people: Directory, deals: Mapping[str, Begun], company: Company) -> Wanted:
    """What was known of each deal in a history: from each change up to the next, the last up to the day from which the
    store knows the deal itself. The stage before the first change holds from the day the deal was created.

    Of several changes on one day the last counts. Rows of deals that are not known are refused.
    """
    rows = sheet.rows.reset_index(drop=True)
    where = f"{sheet.file_name} › {sheet.sheet}"
    owners = [people.resolve(key, name, where) for key, name in zip(rows["owner_key"], rows["owner"], strict=True)]
    rows["person_key"] = pd.Series(owners, dtype=object)
    rows["amount_cents"] = pd.Series(in_cents(rows["amount"], [None] * len(rows), company), dtype=object)
    rows = rows.rename(columns={"row": "source_row"})
    is_known = rows["deal_key"].isin(deals)
    issues = [
        Issue(Severity.REFUSED, "no deal has this id", sheet.sheet, int(row), found=deal, expected="the id of a deal")
        for deal, row in zip(rows.loc[~is_known, "deal_key"], rows.loc[~is_known, "source_row"], strict=True)
    ]
    latest = rows[is_known].sort_values(["deal_key", "known_on"], kind="stable")
    latest = latest.drop_duplicates(["deal_key", "known_on"], keep="last")
    versions = [
        {"key": f"{deal} | {version['known_on']}", "deal_key": deal, **{name: version[name] for name in SAID}}
        for deal, of_deal in latest.groupby("deal_key", sort=False)
        for version in _versions(of_deal.to_dict("records"), deals[str(deal)])
    ]
    made = pd.DataFrame(versions, columns=["key", "deal_key", *SAID]).astype(object)
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
