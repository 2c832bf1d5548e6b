"""Commands that bring sheets in and take them back."""

import argparse
from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import date
from glob import glob
from pathlib import Path
from typing import Any

from spm.calendar import ONE_DAY, Span
from spm.cli.codes import DONE, SOME_REFUSED, UNDECIDED, UNREADABLE
from spm.cli.printing import author, pairs, print_json, progress
from spm.company.queries import company_of
from spm.errors import UnknownName
from spm.intake import queries as intake
from spm.intake.actions import commit, undo
from spm.intake.changes.coverage import EVERY_MEASURE, Covers
from spm.intake.changes.gone import WholeTruth
from spm.intake.changes.moves import Moves
from spm.intake.changes.preview import Preview, SheetPreview
from spm.intake.changes.queries import moves
from spm.intake.changes.told import moved_rows
from spm.intake.checking.alike import alike
from spm.intake.checking.draft import some
from spm.intake.choices import EVERY_SHEET, STATUSES, BySheet, Choices
from spm.intake.inbox import folder as inbox
from spm.intake.inbox.actions import take_in
from spm.intake.layouts import LAYOUTS
from spm.intake.model import Severity
from spm.intake.progress import beside
from spm.intake.recognising.overrides import nearest
from spm.intake.upload import told_apart
from spm.intake.values import DayOrder
from spm.sample.actions import load_sample
from spm.store.opening import Store

MOST_LISTED = 40


def bring_in(store: Store, asked: argparse.Namespace) -> int:
    paths = _paths(asked.files)
    names = told_apart([path.name for path in paths])
    files = [(name, path.read_bytes()) for name, path in zip(names, paths, strict=True)]
    today = date.today()
    choices, of_files = _choices(asked, [name for name, _ in files])
    plan = beside(lambda tell: intake.preview(store, files, today, choices, of_files, tell), progress)
    batch = None
    code = _import_code(plan)
    if code in (DONE, SOME_REFUSED) and not asked.dry_run:
        committed = commit(store, plan, author(), today, progress)
        batch, plan = committed.batch, committed.preview
    progress(1.0, "")
    if asked.json:
        print_json(
            _plain_preview(plan, batch) | ({"moves": _plain_moves(moves(store, plan, today))} if asked.dry_run else {})
        )
        return code
    if asked.dry_run:
        _print_moves(moves(store, plan, today), plan.company.currency)
    _print_preview(plan, batch, code, asked.dry_run)
    return code


def _choices(asked: argparse.Namespace, files: Sequence[str]) -> tuple[Choices, BySheet]:
    """What was decided about all sheets, and about those of single files ("deals.xlsx=…")."""
    said: dict[str | None, dict[str, Any]] = {None: {}}
    for name, read in (("layout", str), ("sheet", str), ("day_order", _day_order), ("covers", _days),
                       ("year", _year)):  # fmt: skip
        for text in getattr(asked, name):
            file, equals, value = text.rpartition("=")
            if equals and file not in files:
                raise UnknownName(
                    f"--{name.replace('_', '-')} {text}: there is no file {file} among these.", nearest(file, files)
                )
            said.setdefault(file if equals else None, {})[name] = read(value)
    choices = Choices(
        columns=pairs(asked.columns, "--map"),
        accepted=frozenset(asked.accept),
        fractions=frozenset(asked.fraction),
        filled_down=frozenset(asked.fill_down),
        shared=frozenset(asked.share),
        same_people=pairs(asked.same_person, "--same-person"),
        renamed=pairs(asked.rename, "--rename"),
        stages=_stages(asked.stage),
        manager_quotas=asked.manager_quotas,
        whole_truth=WholeTruth(asked.whole_truth) if asked.whole_truth else None,
        confirms_gone=asked.confirm_gone,
        **said.pop(None),
    )
    return choices, {(str(file), EVERY_SHEET): replace(choices, **of_file) for file, of_file in said.items()}


def _stages(texts: Sequence[str]) -> dict[str, str]:
    stages = pairs(texts, "--stage")
    for stage, status in stages.items():
        if status not in STATUSES:
            raise UnknownName(f"--stage {stage}={status}: “{status}” is no status.", f"Give {', '.join(STATUSES)}.")
    return stages


def _days(text: str) -> Covers:
    first, _, last = text.partition("..")
    try:
        return {EVERY_MEASURE: Span(date.fromisoformat(first), date.fromisoformat(last) + ONE_DAY)}
    except ValueError:
        raise UnknownName(
            f"“{text}” are no days.", "Give the first and the last, such as 2026-01-01..2026-03-31."
        ) from None


def _year(text: str) -> int:
    if not (text.isdecimal() and len(text) == 4):
        raise UnknownName(f"“{text}” is no year.", "Give one such as 2026.")
    return int(text)


def _day_order(text: str) -> DayOrder:
    if text not in list(DayOrder):
        raise UnknownName(f"“{text}” is no order of days.", f"Give {' or '.join(DayOrder)}.")
    return DayOrder(text)


def _paths(texts: Sequence[str]) -> list[Path]:
    """The files that names, folders and patterns mean, each once, in order."""
    found: list[Path] = []
    for text in texts:
        path = Path(text)
        if path.is_dir():
            found += sorted(file for file in path.iterdir() if file.is_file() and not file.name.startswith((".", "~$")))
        elif path.is_file():
            found.append(path)
        else:
            matching = [Path(name) for name in sorted(glob(text)) if Path(name).is_file()]
            if not matching:
                raise UnknownName(f"There is no file {text}.", "Check the path.")
            found += matching
    return list(dict.fromkeys(found))


def _import_code(plan: Preview) -> int:
    if not any(sheet.source.checked for sheet in plan.sheets):
        return UNREADABLE
    if plan.stops:
        return UNDECIDED
    unread = any(issue.severity is Severity.STOP for _, issue in plan.upload.issues)
    return SOME_REFUSED if plan.refused_count or unread else DONE


def _plain_sheet(sheet: SheetPreview) -> dict[str, Any]:
    source = sheet.source
    return {
        "file": source.file_name,
        "sheet": source.sheet,
        "layout": source.recognition.layout,
        "confidence": source.recognition.confidence,
        "reason": source.recognition.reason,
        "columns": dict(source.recognition.fields),
        "new": sheet.new_count,
        "changed": sheet.changed_count,
        "same": sheet.same_count,
        "refused": sheet.refused_count,
        "first_day": sheet.days.start.isoformat() if sheet.days else None,
        "last_day": sheet.days.last_day.isoformat() if sheet.days else None,
        "issues": [asdict(issue) for issue in sheet.issues],
    }


def _plain_preview(plan: Preview, batch: int | None) -> dict[str, Any]:
    return {
        "batch": batch,
        "changes": not plan.changes_nothing,
        "sheets": [_plain_sheet(sheet) for sheet in plan.sheets],
        "issues": [{"file": file_name, **asdict(issue)} for file_name, issue in plan.upload.issues],
    }


def _plain_moves(found: Moves) -> dict[str, Any]:
    """What moves, in all, by rep and by month: money in minor units, shares 0–1, null where missing."""
    frames = {"in_all": found.in_all, "by_rep": found.by_rep, "by_month": found.by_month}
    return {
        "first_day": found.span.start.isoformat() if found.span else None,
        "last_day": found.span.last_day.isoformat() if found.span else None,
        **{name: frame.astype(object).where(frame.notna(), None).to_dict("records") for name, frame in frames.items()},
    }


def _print_moves(found: Moves, currency: str) -> None:
    for row in moved_rows(found, currency).itertuples():
        people = f"{row.people:,} {'person' if row.people == 1 else 'people'}"
        months = f"{row.months:,} {'month' if row.months == 1 else 'months'}"
        change = f" ({row.change})" if row.change else ""
        numbers = f"{row.before} → {row.after}{change}" if row.after else row.change
        print(f"moves {row.metric}: {numbers}, of {people} in {months}")


def _print_preview(plan: Preview, batch: int | None, code: int, is_dry: bool) -> None:
    for file_name, issue in plan.upload.issues:
        print(f"{file_name}: {issue.message}{f'  → {issue.flag}' if issue.flag else ''}")
    for sheet in plan.sheets:
        layout = sheet.source.recognition.layout
        if layout is None:
            print(f"{sheet.source.name}: left out, {sheet.source.recognition.reason}")
            continue
        days = f", {sheet.days.start} to {sheet.days.last_day}" if sheet.days else ""
        sure = f"{LAYOUTS[layout].label.lower()} ({sheet.source.recognition.confidence:.0%} sure)"
        print(
            f"{sheet.source.name}: {sure}, {sheet.new_count:,} new, {sheet.changed_count:,} changed, "
            f"{sheet.same_count:,} same, {sheet.refused_count:,} refused{days}"
        )
        print(f"  {sheet.source.recognition.reason}")
        groups = alike(sheet.issues)
        for group in groups[:MOST_LISTED]:
            issue = group.first
            place = f"{group.rows_in_words}: " if group.row_numbers else ""
            column = f"{issue.column}: " if issue.column else ""
            is_new = any(found not in issue.message for found in group.found)
            found = f" (found {some(group.found)})" if is_new else ""
            flag = f"  → {issue.flag}" if issue.flag else ""
            print(f"  {issue.severity.value}: {place}{column}{group.message}{found}{flag}")
        if len(groups) > MOST_LISTED:
            print(f"  … and {len(groups) - MOST_LISTED:,} more; --json lists them all")
    if code == UNREADABLE:
        print("Nothing could be read as people, deals, orders, leads, activities or quotas.")
        print('Say what a sheet is with --layout FILE=deals, and which column is which with --map "Theirs=ours".')
    elif code == UNDECIDED:
        print("Nothing was imported: decide what is marked “stop” with the flag behind it.")
    elif is_dry:
        print("Nothing was imported: this was a dry run.")
    elif batch is None:
        print("Nothing to change: the store has all of this already.")
    else:
        print(f"Imported as batch {batch}. `spm undo {batch}` takes it back.")


def take_back(store: Store, asked: argparse.Namespace) -> int:
    undone = undo(store, asked.batch, author())
    if asked.json:
        print_json({"undone": asked.batch, "what": undone})
    else:
        print(f"Undone: {undone}.")
    return DONE


def list_imports(store: Store, asked: argparse.Namespace) -> int:
    rows = intake.imports(store).to_dict("records")
    if asked.json:
        print_json(rows)
        return DONE
    for row in rows:
        undone = f", undone in {row['undone_in']}" if row["undone_in"] else ""
        print(
            f"{row['batch']}  {row['made_at']:%Y-%m-%d %H:%M}  {row['author']}  {row['file_name']} › {row['sheet']}: "
            f"{row['layout']}, {row['new_count']:,} new, {row['changed_count']:,} changed, {row['same_count']:,} same, "
            f"{row['refused_count']:,} refused{undone}"
        )
    return DONE


def take_in_what_waits(store: Store, asked: argparse.Namespace) -> int:
    folder = asked.folder or company_of(store).inbox_folder
    if folder is None:
        raise UnknownName("The settings name no inbox.", "Name a folder: spm inbox FOLDER.")
    if not Path(folder).is_dir():
        raise UnknownName(f"There is no folder {folder}.", "Make it first, or name another one.")
    taken = take_in(store, Path(folder), date.today())
    unsettled = [file.name for file in inbox.being_written(Path(folder))]
    if asked.json:
        came = None if taken is None else {**asdict(taken), "lies_in": str(taken.lies_in)}
        print_json({**(came or {}), "being_written": unsettled} if came or unsettled else None)
    else:
        if taken is not None:
            print((taken.lies_in / inbox.REPORT).read_text(encoding="utf-8"), end="")
        if unsettled:
            files = "1 file was" if len(unsettled) == 1 else f"{len(unsettled)} files were"
            seconds = f"{inbox.SETTLED_SECONDS:.0f} seconds"
            print(f"{files} written just now and may not be whole yet: {some(unsettled)}. Run this again in {seconds}.")
        elif taken is None:
            print("Nothing waits in the inbox.")
    return UNDECIDED if taken is not None and taken.is_refused else DONE


def load(store: Store, asked: argparse.Namespace) -> int:
    committed = load_sample(store, author(), date.today(), asked.reps, asked.months, asked.deals, asked.seed)
    if asked.json:
        print_json(_plain_preview(committed.preview, committed.batch))
    else:
        _print_preview(committed.preview, committed.batch, DONE, is_dry=False)
    return DONE
