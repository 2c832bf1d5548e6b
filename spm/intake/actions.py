"""Committing an upload, all of it or nothing; and undoing it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from spm.calendar import Span
from spm.company.queries import company_within
from spm.errors import DecisionNeeded
from spm.intake import garbage
from spm.intake.changes.gone import Gone
from spm.intake.changes.merge import Difference
from spm.intake.changes.preview import Preview
from spm.intake.choices import kept_answers
from spm.intake.model import JOINT, Severity
from spm.intake.progress import Progress, silent
from spm.intake.queries import AREAS, preview_of
from spm.intake.staffing.actions import write_staff
from spm.metrics.actions import definitions_within, refuse_if_in_use
from spm.store import landing, made_here, reading, tables, undoing
from spm.store.change_sets import Author, Writing, writing
from spm.store.landing import Advance, Staging, Waiting, staging
from spm.store.opening import Store, revision
from spm.store.slices import TOLD_BY
from spm.store.upkeep import refresh_totals

FACTS: dict[str, type[tables.Table]] = {
    "product": tables.Product,
    "deal": tables.Deal,
    "order": tables.Order,
    "order_line": tables.OrderLine,
    "lead": tables.Lead,
    "activity": tables.Activity,
    "quota": tables.Quota,
    "listed": tables.Listed,
    "exchange_rate": tables.ExchangeRate,
    "deal_credit": tables.DealCredit,
    "deal_version": tables.DealVersion,
    "survey": tables.Survey,
    "cost": tables.Cost,
    "leave": tables.Leave,
    "skill_level": tables.SkillLevel,
}
SLICED = ("deal", "order", "order_line", "lead", "activity", "survey", "cost")
HANG_ON: dict[str, tuple[tuple[type[tables.Table], str], ...]] = {
    "deal": ((tables.DealVersion, "deal_id"), (tables.DealCredit, "deal_id")),
    "order": ((tables.OrderLine, "order_id"),),
}
"""What can't be without a fact, by the column that names it."""
WRITTEN = (*AREAS, "plans", "notes")
"""The areas that an import may write, and an undo of any change set."""
MOST_ISSUES = 5_000  # kept of one sheet
STAGED_SHARE, MERGED_SHARE = 0.5, 0.8  # of the time that a commit takes, once rows wait and once they are merged


@dataclass(frozen=True)
class Committed:
    """What a commit did: the batch (None where there was nothing to change) and the preview it carried out."""

    batch: int | None
    preview: Preview


@garbage.left_alone()
def commit(store: Store, plan: Preview, author: Author, today: date, progress: Progress = silent) -> Committed:
    """Lands the accepted rows of a preview together or not at all; nothing is left where `progress` raises.

    Works the preview out again if the store changed since: of two people who commit the same upload, or one who clicks
    twice, the second changes nothing. Raises DecisionNeeded where an issue stops it; writes nothing where nothing would
    change.
    """
    while True:
        if plan.revision != store.revision(*AREAS):
            plan = preview_of(store, plan.upload, today, plan.choices)
        if plan.stops:
            sheet, issue = plan.stops[0]
            raise DecisionNeeded(f"{sheet}: {issue.message}.", f"Decide with {issue.flag}" if issue.flag else "")
        if plan.changes_nothing:
            return Committed(None, plan)
        try:
            return Committed(_land(store, plan, author, today, progress), plan)
        except _Outdated:
            continue


class _Outdated(Exception):
    """Someone else wrote between the preview and the lock."""


def _land(store: Store, plan: Preview, author: Author, today: date, progress: Progress) -> int:
    """Writes what a preview shows, as one change set; returns its id.

    Rows wait in temporary tables before the write lock is taken, which is held for merging them only.
    """
    note = ", ".join(dict.fromkeys(sheet.source.file_name for sheet in plan.sheets if sheet.source.checked))
    advance = _staging_progress(plan, progress)
    filters = (*reading.filter_attributes(store), *plan.filters_to_mark)
    with staging(store, filters, advance) as place:
        waiting = _staged(place, plan)
        progress(STAGED_SHARE, "Merging")
        with writing(store, "import", author, WRITTEN, note, on=place.connection) as open_set:
            if plan.revision != revision(open_set.connection, *AREAS):  # nobody else can write from here on
                raise _Outdated
            had_facts = plan.revision[0] > 0
            sources = _write_sources(open_set, plan)
            settings = plan.decisions.settings | ({"currency": plan.currency} if plan.currency else {})
            open_set.insert(tables.Setting, [{"key": key, "value": value} for key, value in settings.items()])
            write_staff(open_set, plan, sources)
            filters_changed = _write_attributes(open_set, plan)
            for facts in waiting:
                _write_facts(open_set, facts, sources[facts.at], today)
                progress(MERGED_SHARE, "Bringing the totals along")
            for gone in plan.gone:
                _take_away(open_set, gone)
            _write_own_measures(open_set, plan)
            _write_coverage(open_set, plan, sources)
            _remember(open_set, plan)
            made_here.take_over(open_set, plan.decisions.made)
            refresh_totals(open_set, plan.company.working_calendar, filters_changed and had_facts)
            return open_set.change_set_id


def _staging_progress(plan: Preview, progress: Progress) -> Advance:
    """Tells `progress` of rows that are staged."""
    whole = sum(len(found.new) + len(found.changed) for _, found in plan.differences)
    staged_count = 0

    def advance(rows_count: int) -> None:
        nonlocal staged_count
        staged_count += rows_count
        progress(STAGED_SHARE * staged_count / whole, f"{staged_count:,} of {whole:,} rows prepared")

    return advance


def undo(store: Store, batch: int, author: Author) -> str:
    """Restores what a batch changed and removes what it brought, totals included; returns what was undone, in words.

    Raises UnknownName for a batch that there is none of, UndoRefused where a later one touched or refers to its rows,
    Refusal where a scorecard asks for what it brought.
    """
    with writing(store, "undo", author, WRITTEN, note=f"of batch {batch}") as open_set:
        defined = definitions_within(open_set)
        undone = undoing.undo(open_set, batch)
        refuse_if_in_use(open_set, defined)
        restored = {row["table_name"] for row in open_set.rows(tables.BeforeImage, "table_name", change_set_id=batch)}
        # Facts come back with the slices of their day: other columns may be marked to filter by since then.
        to_slice = "attribute" in open_set.touched or not restored.isdisjoint(SLICED)
        refresh_totals(open_set, company_within(open_set).working_calendar, to_slice)
        return undone


def _write_sources(open_set: Writing, plan: Preview) -> dict[int, int]:
    at_of, rows = [], []
    for at, sheet in enumerate(plan.sheets):
        source = sheet.source
        if source.checked is None or source.table is None:
            continue
        at_of.append(at)
        rows.append(
            {"change_set_id": open_set.change_set_id, "file_name": source.file_name, "sha256": source.sha256,
             "sheet": source.sheet, "layout": source.checked.layout, "header": list(source.table.header),
             "fields": dict(source.recognition.fields), "new_count": sheet.new_count, "changed_count": sheet.changed_count,
             "same_count": sheet.same_count, "refused_count": sheet.refused_count}
        )  # fmt: skip
    ids = dict(zip(at_of, open_set.insert(tables.Source, rows), strict=True))
    open_set.insert(
        tables.SheetIssue,
        [
            {"source_id": ids[at], "severity": issue.severity.value, "message": issue.message, "row": issue.row,
             "column": issue.column, "found": issue.found, "expected": issue.expected}
            for at in at_of
            for issue in sorted(plan.sheets[at].issues, key=lambda issue: issue.severity is Severity.NOTE)[:MOST_ISSUES]
        ],
    )  # fmt: skip
    return ids


def _write_attributes(open_set: Writing, plan: Preview) -> bool:
    open_set.insert(
        tables.Attribute,
        [
            {"key": column.key, "label": column.label, "is_filter": column.key in plan.filters_to_mark}
            for column in plan.own_columns
        ],
    )
    return bool(plan.filters_to_mark)


def _take_away(open_set: Writing, gone: Gone) -> None:
    """Takes away what is gone, and what hangs on it; the undo brings both back."""
    ids = [int(row_id) for row_id in gone.rows["id"]]
    for model, column in HANG_ON.get(gone.table, ()):
        open_set.delete(model, open_set.ids_where(model, column, ids))
    open_set.delete(FACTS[gone.table], ids)


def _write_own_measures(open_set: Writing, plan: Preview) -> None:
    """The company's own counts; one that is known is touched, so that what first brought it can't be undone alone."""
    known = open_set.ids_by(tables.OwnMeasure, "key")
    brought = {
        kind for _, found in plan.differences if found.table == "activity" for kind in found.new["kind"].unique()
    }
    labels = {key: label for key, label in plan.own_measures.items() if key in brought}
    open_set.update(tables.OwnMeasure, [{"id": known[key], "key": key} for key in labels if key in known])
    new = [{"key": key, "label": label} for key, label in labels.items() if key not in known]
    open_set.insert(tables.OwnMeasure, new)


@dataclass(frozen=True)
class _WaitingFacts:
    """The new and the changed rows of a difference, staged; None where there are none. `at` is their sheet's place."""

    at: int
    found: Difference
    new: Waiting | None
    changed: Waiting | None


def _staged(place: Staging, plan: Preview) -> list[_WaitingFacts]:
    return [
        _WaitingFacts(at, found, *(place.stage(FACTS[found.table], rows) if len(rows) else None
                                   for rows in (found.new, _written(found))))
        for at, found in plan.differences
    ]  # fmt: skip


def _written(found: Difference) -> pd.DataFrame:
    """Of the changed rows the columns that are written: a column that is set to what it was moves its indexes all the same."""
    names = {"id", "source_row", "fingerprint", *found.differing}
    if names.intersection(TOLD_BY):
        names |= set(TOLD_BY)
    return found.changed[[name for name in found.changed if name in names]]


def _write_facts(open_set: Writing, facts: _WaitingFacts, source_id: int, today: date) -> None:
    found = facts.found
    known = {"known_on": today} if found.table == "deal" else {}
    if facts.new is not None:
        landing.add(open_set, facts.new, {"source_id": source_id, **known})
    if facts.changed is not None:
        given = [name.replace("person_key", "person_id") for name in found.differing]
        if found.is_derived:
            landing.change(open_set, facts.changed, given, {"fingerprint": None})
            return
        if found.table == "deal":
            landing.keep_versions(open_set, facts.changed, today)
        landing.change(
            open_set, facts.changed, [*given, "source_row", "fingerprint"], {"source_id": source_id, **known}
        )


def _write_coverage(open_set: Writing, plan: Preview, sources: Mapping[int, int]) -> None:
    open_set.insert(
        tables.CoveredSpan,
        [
            {
                "measure": measure,
                "starts_on": span.start,
                "ends_before": span.end,
                "source_id": sources[at],
                "source_row": None,
            }
            for at, measure, span in _spoken_for(plan)
        ],
    )


def _spoken_for(plan: Preview) -> Iterator[tuple[int, str, Span]]:
    """The spans that sheets speak for: place of the sheet, measure, span."""
    for at, sheet in enumerate(plan.sheets):
        yield from ((at, measure, span) for measure, span in sheet.covers.items())
    for at, _ in plan.of_layout("decisions")[:1]:
        yield from ((at, measure, span) for measure, spans in plan.decisions.spans.items() for span in spans)


def _remember(open_set: Writing, plan: Preview) -> None:
    """Keeps what someone said of each header: what it is, and how its cells are meant."""
    for header, of_layout in plan.decisions.layouts.items():
        _keep(open_set, tables.RememberedLayout, header, of_layout)
    for header, of_cells in plan.decisions.answers.items():
        _keep(open_set, tables.RememberedAnswers, header, {"answers": of_cells})
    for sheet in plan.sheets:
        source = sheet.source
        if source.table is None:
            continue
        header = JOINT.join(source.table.header)
        if source.is_chosen:
            said = source.recognition
            of_layout = {"layout": said.layout, "fields": dict(said.fields), "ignored": sorted(said.ignored)}
            _keep(open_set, tables.RememberedLayout, header, of_layout)
        answers = kept_answers(source.choices)
        if answers or source.choices.asks_anew:
            _keep(open_set, tables.RememberedAnswers, header, {"answers": answers} if answers else None)


def _keep(open_set: Writing, model: type[tables.Table], header: str, said: dict[str, Any] | None) -> None:
    """Keeps what is said of a header in place of what was said before; None forgets that."""
    known = open_set.rows(model, "id", *(said or ()), header=header)
    if said is None:
        open_set.delete(model, [int(row["id"]) for row in known])
    elif not known:
        open_set.insert(model, [{"header": header, **said}])
    elif any(known[0][name] != value for name, value in said.items()):
        open_set.update(model, [{"id": known[0]["id"], **said}])
