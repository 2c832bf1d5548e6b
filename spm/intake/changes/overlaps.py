"""Quotas of one owner and metric whose spans overlap without being the same: both would add up. Pure."""

from dataclasses import dataclass, replace

import pandas as pd

from spm.calendar import ONE_DAY, Span
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
    others = stored[~stored["key"].isin(quotas["key"])] if len(stored) else stored
    spans_stored = _spans_of_owners(others)
    longer: list[int] = []
    replaced: list[int] = []
    for owner, spans in _spans_of_owners(quotas).items():
        of_owner = [at for at, span in spans if any(_within(other, span) for _, other in spans)]
        kept = [span for at, span in spans if at not in of_owner]
        longer += of_owner
        replaced += [at for at, span in spans_stored.get(owner, ()) if any(span.overlap(one) for one in kept)]
    return Overlaps(frozenset(quotas.loc[longer, "key"]), others.loc[replaced])


def _within(shorter: Span, longer: Span) -> bool:
    """Whether a span for some of the same days is the shorter one."""
    return shorter.days_count < longer.days_count and shorter.overlap(longer) is not None


def _spans_of_owners(quotas: pd.DataFrame) -> dict[tuple[str, str], list[tuple[int, Span]]]:
    """The rows and spans of the quotas of each owner and metric."""
    found: dict[tuple[str, str], list[tuple[int, Span]]] = {}
    if quotas.empty:
        return found
    owner = quotas["person_key"].where(quotas["person_key"].notna(), "team " + quotas["team"].fillna("").astype(str))
    for row in zip(owner, quotas["metric"], quotas.index, quotas["starts_on"], quotas["ends_before"], strict=True):
        whose, metric, at, starts_on, ends_before = row
        found.setdefault((whose, metric), []).append((at, Span(starts_on, ends_before)))
    return found


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
