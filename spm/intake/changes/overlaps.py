"""Quotas of one owner and metric whose spans overlap without being the same: both would add up. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import pandas as pd

from spm.calendar import ONE_DAY
from spm.intake.changes.gone import Gone
from spm.intake.changes.preview import Preview
from spm.intake.checking.draft import some
from spm.intake.model import Issue, Severity, Wanted

Made = list[tuple[int, Wanted]]


@dataclass(frozen=True)
class Overlaps:
    """What of quotas is said twice: `longer`, the keys of those in a sheet that span shorter ones of it, and `stored`, the
    rows of the store that those of the sheet would replace."""

    longer: frozenset[str]
    stored: pd.DataFrame

    def __bool__(self) -> bool:
        return bool(self.longer) or len(self.stored) > 0


def settle_overlaps(plan: Preview, made: Made, stored: pd.DataFrame) -> None:
    """Asks of each sheet of quotas in `made` which of those for the same days count; once it is answered, the others are
    left out of it, or gone from the store."""
    going = {key for one in plan.gone if one.table == "quota" for key in one.rows["key"]}
    stored = stored[~stored["key"].isin(going)] if going else stored
    for place, (at, sheet) in enumerate(made):
        if sheet.table != "quota" or not (found := overlaps(sheet.rows, stored)):
            continue
        shown = plan.sheets[at]
        column = shown.source.column("amount")
        is_accepted = shown.source.accepts(column)
        shown.issues += overlap_issues(found, sheet, shown.source.sheet, column, is_accepted)
        if is_accepted:
            kept = sheet.rows[~sheet.rows["key"].isin(found.longer)].reset_index(drop=True)
            made[place] = (at, replace(sheet, rows=kept))
        if is_accepted and len(found.stored):
            plan.gone.append(Gone("quota", found.stored, len(found.stored)))
            shown.gone_count += len(found.stored)


def overlaps(quotas: pd.DataFrame, stored: pd.DataFrame) -> Overlaps:
    """Which quotas of a sheet (rows for the table `quota`) overlap with others of it, or with those of the store that have
    other spans."""
    longer: set[str] = set()
    replaced: list[int] = []
    others = stored[~stored["key"].isin(quotas["key"])] if len(stored) else stored
    of_store = dict(iter(_of_owners(others))) if len(others) else {}
    for owner, rows in _of_owners(quotas):
        for at, row in rows.iterrows():
            apart = rows[(rows["starts_on"] < row["ends_before"]) & (rows["ends_before"] > row["starts_on"])].drop(at)
            days_count = row["ends_before"] - row["starts_on"]
            if any(
                ends - starts < days_count
                for starts, ends in zip(apart["starts_on"], apart["ends_before"], strict=True)
            ):
                longer.add(str(row["key"]))
        kept, known = rows[~rows["key"].isin(longer)], of_store.get(owner)
        if known is not None and len(kept):
            replaced += [
                at for at, row in known.iterrows()
                if ((kept["starts_on"] < row["ends_before"]) & (kept["ends_before"] > row["starts_on"])).any()
            ]  # fmt: skip
    return Overlaps(frozenset(longer), others.loc[replaced] if replaced else stored.head(0))


def _of_owners(quotas: pd.DataFrame) -> Iterator[tuple[tuple[str, str], pd.DataFrame]]:
    """The quotas of each owner and metric."""
    owner = quotas["person_key"].where(quotas["person_key"].notna(), "team " + quotas["team"].fillna("").astype(str))
    yield from quotas.groupby([owner, quotas["metric"]], sort=False)


def overlap_issues(found: Overlaps, sheet: Wanted, name: str, column: str | None, is_accepted: bool) -> list[Issue]:
    """What becomes of overlapping quotas, as notes where someone accepted it, else as stops."""
    words = []
    if found.longer:
        example = _spans(sheet.rows[sheet.rows["key"].isin(found.longer)])
        words.append((f"{_quotas(len(found.longer))} days of shorter ones of the same owner ({example})",
                      "the shorter ones count, the longer ones are left out"))  # fmt: skip
    if len(found.stored):
        words.append((f"{_quotas(len(found.stored))} days of these and here already ({_spans(found.stored)})",
                      "those of this sheet take their place"))  # fmt: skip
    if is_accepted:
        return [Issue(Severity.NOTE, f"{what}: {then}", name, column=column) for what, then in words]
    return [
        Issue(Severity.STOP, f"{what}, and would be added to them: accept, and {then}", name, column=column,
              expected=f"{then[:1].upper()}{then[1:]}", flag=f'--accept "{column}"')
        for what, then in words
    ]  # fmt: skip


def _quotas(count: int) -> str:
    return "1 quota is for" if count == 1 else f"{count:,} quotas are for"


def _spans(quotas: pd.DataFrame) -> str:
    return some(
        (
            f"{starts} to {ends - ONE_DAY}"
            for starts, ends in zip(quotas["starts_on"], quotas["ends_before"], strict=True)
        ),
        at_most=2,
    )
