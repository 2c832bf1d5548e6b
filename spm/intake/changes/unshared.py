"""Deals that are shared no longer: a sheet says so by naming them without anybody beside, or, where it is the whole truth of
who shares deals, by not naming them. Pure."""

from collections.abc import Iterator

import pandas as pd

from spm.intake.changes.gone import Gone, WholeTruth, gone_or_asked, refused_keys
from spm.intake.changes.preview import Preview, SheetPreview
from spm.intake.model import Issue, Severity
from spm.intake.resolving.resolve import Stored
from spm.intake.resolving.splits import has_shares

CREDITS = "deal_credit"
OF_PEOPLE = "it speaks for deals, not for people: say that it is all there is, or all of its days"


def plan_unshared(plan: Preview, stored: Stored) -> None:
    """Fills in the shares that are gone, each sheet's with its issue; the deals are their owners' alone from then on."""
    sharing = [shown for _, shown in plan.of_layout("splits", "deals")]
    if not sharing:
        return
    held = stored(CREDITS)
    lost = {key for found in plan.gone if found.table == "deal" for key in found.rows["key"]}
    held = held[~held["deal_key"].isin(lost)] if len(held) else held
    if held.empty:
        return
    shared = {deal for shown in sharing for deal in _shared_deals(shown)}
    for shown in sharing:
        source = shown.source
        if source.checked is None:
            continue
        if source.checked.layout == "deals":
            alone = set(source.checked.rows["key"].dropna()) - shared if has_shares(source.checked) else set()
            _add(
                plan,
                shown,
                Gone(CREDITS, held[held["deal_key"].isin(alone) & ~held["is_overlay"].astype(bool)], 0),
                True,
            )
        elif source.choices.whole_truth is WholeTruth.OWNER:
            shown.issues.append(Issue(Severity.NOTE, OF_PEOPLE, source.sheet))
        elif source.choices.whole_truth is not None:
            refused = refused_keys(source.table, source.recognition, source.checked, "deal_key") or set()
            spoken_for = held if source.choices.whole_truth is WholeTruth.SHEET else _of_days(held, shared, stored)
            gone = spoken_for[~spoken_for["deal_key"].isin(shared | refused)]
            _add(plan, shown, Gone(CREDITS, gone, len(spoken_for)), source.choices.confirms_gone)


def _shared_deals(shown: SheetPreview) -> Iterator[str]:
    """The deals that a sheet says somebody shares."""
    sheet = shown.source.checked
    if sheet is None:
        return
    if sheet.layout == "splits":
        yield from sheet.rows["deal_key"].dropna()
    elif has_shares(sheet):
        names = [name for name in ("share", "owner_2", "owner_3") if name in sheet.rows]
        yield from sheet.rows.loc[sheet.rows[names].notna().any(axis=1), "key"].dropna()


def _of_days(held: pd.DataFrame, named: set[str], stored: Stored) -> pd.DataFrame:
    """The shares of deals that were created from the first to the last day on which one of those `named` was."""
    deals = stored("deal")
    days = deals.loc[deals["key"].isin(named), "created_on"].dropna()
    within = [day is not None and len(days) > 0 and days.min() <= day <= days.max() for day in held["created_on"]]
    return held[within]


def _add(plan: Preview, shown: SheetPreview, found: Gone, is_confirmed: bool) -> None:
    if found.rows.empty:
        return
    count = found.rows["deal_key"].nunique()
    each = f"{count:,} deals, each is" if count > 1 else "a deal, which is"
    said = f"gone: who shares {each} its owner’s alone again"
    plan.gone.append(found)
    shown.gone_count += len(found.rows)
    shown.issues.append(gone_or_asked(found, said, shown.source.sheet, is_confirmed))
