"""Sheets that are the whole truth: what goes because they lack it, worked out before anything else of them. Pure."""

from collections.abc import Callable

import pandas as pd

from spm.intake.changes.gone import DAY, NEVER_WHOLE, Gone, deleted_keys, gone, gone_issue, refused_keys, untellable
from spm.intake.changes.preview import Preview, SheetPreview
from spm.intake.changes.unshared import plan_unshared
from spm.intake.layouts import LAYOUTS
from spm.intake.model import Issue, Severity
from spm.intake.resolving.resolve import Made, Stored


def plan_gone(plan: Preview, made: Made, stored: Stored, counted: Callable[[], set[str]]) -> None:
    """Fills in what the store has and the sheets that are the whole truth lack, or say is deleted, each with its issue; says
    of those that can't be it why.

    `counted` gives the keys of the activities that sheets of daily counts told of: those and a log of single ones do not
    speak for each other.
    """
    for _, shown in plan.of_layout(*NEVER_WHOLE):
        if shown.source.choices.whole_truth is not None:
            why = NEVER_WHOLE[str(shown.source.recognition.layout)]
            message = f"adds and changes only, it is never the whole truth: {why}"
            shown.issues.append(Issue(Severity.NOTE, message, shown.source.sheet))
    for at, sheet in made:
        shown = plan.sheets[at]
        source = shown.source
        if sheet.table not in DAY:
            continue
        if deleted := deleted_keys(source.table, source.recognition):
            deleted -= set(sheet.rows["key"])
        if deleted:
            held = stored(sheet.table)
            _show(plan, shown, Gone(sheet.table, held[held["key"].isin(deleted)], len(held)), is_said=True)
        if source.choices.whole_truth is None:
            continue
        refused = refused_keys(source.table, source.recognition, source.checked)
        if refused is None:
            shown.issues.append(untellable(source.sheet))
            continue
        held = stored(sheet.table)
        if sheet.table == "activity" and len(held):
            held = held[held["key"].isin(counted()) == (source.recognition.layout == "daily_counts")]
        told = {key for _, other in made if other.table == sheet.table for key in other.rows["key"]} | refused | deleted
        if sheet.table == "order_line" and len(held):  # the id of a refused row is that of its order
            told |= set(held.loc[held["key"].str.rpartition("#")[0].isin(refused), "key"])
        found = gone(sheet, held, source.choices.whole_truth, told)
        _show(plan, shown, found, source.choices.confirms_gone)
    lines = [found.rows for found in plan.gone if found.table == "order_line"]
    if lines:
        brought = [sheet.rows["order_key"] for _, sheet in made if sheet.table == "order_line"]
        plan.gone += _without_lines(pd.concat(lines), stored("order_line"), stored("order"), pd.concat(brought))
    plan_unshared(plan, stored)


def _show(plan: Preview, shown: SheetPreview, found: Gone, is_said: bool) -> None:
    """Fills in what goes, as a note where someone, or the sheet itself, said so."""
    source = shown.source
    label = LAYOUTS[str(source.recognition.layout)].label
    issue = gone_issue(found, label, source.sheet, plan.company.currency, is_said)
    if issue is not None:
        plan.gone.append(found)
        shown.gone_count += len(found.rows)
        shown.issues.append(issue)


def _without_lines(lost: pd.DataFrame, lines: pd.DataFrame, headers: pd.DataFrame, brought: pd.Series) -> list[Gone]:
    """The orders of which nothing but lines told, and no line is left."""
    left = lines.loc[~lines["key"].isin(lost["key"]), "order_id"]
    is_bare = headers["id"].isin(lost["order_id"]) & ~headers["has_header"].astype(bool)
    bare = headers[is_bare & ~headers["id"].isin(left) & ~headers["key"].isin(brought)]
    return [Gone("order", bare, len(headers))] if len(bare) else []
