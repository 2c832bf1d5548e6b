"""A sheet that is the whole truth: what the store has and the sheet lacks is gone. Pure."""

from dataclasses import dataclass
from enum import StrEnum

import pandas as pd

from spm.intake.layouts import Kind
from spm.intake.model import CheckedSheet, FoundTable, Issue, Recognition, Severity, Wanted
from spm.intake.resolving.orders import E4
from spm.intake.values import read_column
from spm.money import full

MOST_GONE_SHARE = 0.05  # of what the sheet speaks for; more must be confirmed
CONFIRM_FLAG = "--confirm-gone"
DAY = {"deal": "created_on", "order": "ordered_on", "order_line": "ordered_on", "lead": "created_on",
       "activity": "happened_on", "quota": "starts_on", "survey": "answered_on", "cost": "spent_on", "leave": "starts_on",
       "skill_level": "starts_on"}  # fmt: skip
"""Tables whose sheets can be the whole truth, and the day by which a row lies in the sheet's span."""
NEVER_WHOLE = {
    "people": "who left has a last day, and what they sold stays theirs",
    "team_history": "what it tells of a person takes the place of what was known; of the others it says nothing",
    "deal_history": "a change that happened stays, whoever tells of it",
    "products": "what is sold no longer has been sold",
    "lists": "facts keep what was looked up for them",
    "decisions": "only an empty database takes them",
    "rates": "what was converted at a rate goes on needing it",
}
"""Layouts whose sheets are never the whole truth, with the reason."""


class WholeTruth(StrEnum):
    """What a sheet speaks for so that a row which it lacks is gone: all rows of its kind, those of the days from its
    first to its last, or those of the people whom it names."""

    SHEET = "sheet"
    SPAN = "span"
    OWNER = "owner"


@dataclass(frozen=True)
class Gone:
    """Stored rows that a sheet should have and lacks: `rows` as the store has them, of `spoken_for_count` rows."""

    table: str
    rows: pd.DataFrame
    spoken_for_count: int

    @property
    def needs_confirming(self) -> bool:
        return len(self.rows) > MOST_GONE_SHARE * self.spoken_for_count


def gone(sheet: Wanted, stored: pd.DataFrame, scope: WholeTruth, told: set[str]) -> Gone:
    """What of the `stored` rows (those of the sheet's table, whole) the sheet speaks for and is not among those `told`.

    A sheet of activities speaks for those of its own kinds: a log of calls says nothing of meetings.
    """
    if stored.empty:
        return Gone(sheet.table, stored, 0)
    if sheet.table == "activity":
        stored = stored[stored["kind"].isin(sheet.rows["kind"])]
    match scope:
        case WholeTruth.SHEET:
            spoken_for = stored
        case WholeTruth.SPAN:
            days = sheet.rows[DAY[sheet.table]].dropna()
            held = stored[DAY[sheet.table]]
            spoken_for = stored[[day is not None and len(days) > 0 and days.min() <= day <= days.max() for day in held]]
        case WholeTruth.OWNER:
            spoken_for = stored[stored["person_key"].isin(sheet.rows["person_key"].dropna())]
    return Gone(sheet.table, spoken_for[~spoken_for["key"].isin(told)], len(spoken_for))


def deleted_keys(table: FoundTable | None, recognition: Recognition) -> set[str]:
    """The ids of the rows of which a sheet says that they are deleted."""
    if table is None or not table.deleted:
        return set()
    header = next((header for header, key in recognition.fields.items() if key == "key"), None)
    at = table.header.index(header) if header in table.header else None
    keys = [] if at is None else read_column(Kind.KEY, [row[at] for row in table.deleted]).values
    return set(filter(None, keys))


def refused_keys(
    table: FoundTable | None, recognition: Recognition, checked: CheckedSheet | None, field: str = "key"
) -> set[str] | None:
    """The ids (in a `field`) of the rows that a sheet tells of and that were refused; None where they have none."""
    if table is None or checked is None or not checked.refused:
        return set()
    header = next((header for header, key in recognition.fields.items() if key == field), None)
    if header is None:
        return None
    at, refused = table.header.index(header), set(checked.refused)
    of_rows = zip(table.row_numbers, table.cells, strict=True)
    return set(filter(None, read_column(Kind.KEY, [row[at] for number, row in of_rows if number in refused]).values))


def untellable(sheet: str) -> Issue:
    """The stop where refused rows have no ids: they may be those that seem to be gone."""
    message = "rows were refused that have no id, so nobody can tell what is gone: mend them first"
    return Issue(Severity.STOP, message, sheet)


def gone_issue(found: Gone, label: str, sheet: str, currency: str, is_confirmed: bool) -> Issue | None:
    """What goes, as a note, or as a stop where it is more than a person should lose by an oversight; None for nothing."""
    count = len(found.rows)
    if not count:
        return None
    amount_cents = _worth_cents(found.rows)
    money = f", {full(amount_cents, currency)}" if amount_cents is not None else ""
    rows = f"1 row of {label.lower()}" if count == 1 else f"{count:,} {label.lower()}"
    return gone_or_asked(found, f"gone: {rows}{money}", sheet, is_confirmed)


def gone_or_asked(found: Gone, said: str, sheet: str, is_confirmed: bool) -> Issue:
    """What goes (`said`), as a note, or as a stop where it is much and nobody confirmed it."""
    if is_confirmed or not found.needs_confirming:
        return Issue(Severity.NOTE, said, sheet)
    share = len(found.rows) / found.spoken_for_count
    message = (
        f"{said}. That is {share:.0%} of the {found.spoken_for_count:,} that the sheet speaks for: are they all gone?"
    )
    return Issue(Severity.STOP, message, sheet, flag=CONFIRM_FLAG)


def _worth_cents(rows: pd.DataFrame) -> int | None:
    """What rows add up to, in minor units; None where they have no amounts."""
    for name, parts in (("amount_cents", 1), ("amount_e4", E4)):
        if name in rows and rows[name].notna().any():
            return round(int(rows[name].dropna().sum()) / parts)
    return None
