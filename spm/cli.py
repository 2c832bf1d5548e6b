"""`spm`: the same actions without a browser, for schedules and scripts."""

import argparse
import gc
import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import date
from getpass import getuser
from glob import glob
from pathlib import Path
from typing import Any

from spm.errors import Refusal, UnknownName
from spm.intake import queries as intake
from spm.intake.actions import commit, undo
from spm.intake.layouts import LAYOUTS
from spm.intake.model import Severity
from spm.intake.preview import Preview, SheetPreview
from spm.intake.upload import Choices
from spm.intake.values import DayOrder
from spm.metrics.plain import plain_values
from spm.metrics.queries import Question, scene_of, values, where_of
from spm.metrics.registry import METRICS, metric
from spm.sample.actions import load_sample
from spm.scorecards.queries import scorecard_of
from spm.scorecards.result import plain
from spm.store.change_sets import Author
from spm.store.opening import Store, open_store

DONE, UNREADABLE, UNDECIDED, SOME_REFUSED = 0, 1, 2, 3
MOST_LISTED = 40


def command() -> None:
    """The program `spm`: runs what the shell asks for, and ends with its code."""
    gc.disable()  # a command lives for seconds: looking for garbage on the way costs a tenth of them
    sys.exit(main())


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; returns its exit code (see the README). A refusal is printed as its sentence, with code 1."""
    asked = _parser().parse_args(arguments)
    try:
        store = open_store(asked.database)
        try:
            return int(asked.verb(store, asked))
        finally:
            store.close()
    except Refusal as refusal:
        print(refusal, file=sys.stderr)
        return UNREADABLE
    except BrokenPipeError:  # whoever read the output has seen enough
        sys.stdout = None
        return DONE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="spm", description="Sales performance management from the command line.")
    verbs = parser.add_subparsers(required=True, metavar="COMMAND")

    def verb(name: str, run: Callable[[Store, argparse.Namespace], int], help: str) -> argparse.ArgumentParser:
        added = verbs.add_parser(name, help=help, description=help)
        added.set_defaults(verb=run)
        added.add_argument("--database", metavar="URL", help="the database, else SPM_DATABASE_URL, else data/spm.db")
        added.add_argument("--json", action="store_true", help="print JSON")
        return added

    importing = verb("import", _import, "bring in spreadsheets: files, folders or patterns, taken as one upload")
    importing.add_argument("files", nargs="+", metavar="FILE")
    importing.add_argument("--layout", help=f"take the sheets for {', '.join(LAYOUTS)}")
    importing.add_argument("--sheet", metavar="NAME", help="read this sheet alone")
    importing.add_argument("--map", action="append", default=[], metavar="THEIRS=OURS", dest="columns",
                           help="what a column is: a field, 'attribute' or 'ignore'")  # fmt: skip
    importing.add_argument("--accept", action="append", default=[], metavar="COLUMN",
                           help="do without the cells of a column that can't be read")  # fmt: skip
    importing.add_argument("--day-order", choices=[order.value for order in DayOrder], help="how 3/4/2017 is meant")
    importing.add_argument("--manager-quotas", choices=["own", "team"], help="whose number a manager's quota is")
    importing.add_argument("--dry-run", action="store_true", help="show what would change, and change nothing")

    undoing = verb("undo", _undo, "take back a batch: what it brought, and what it changed")
    undoing.add_argument("batch", type=int, metavar="BATCH")
    verb("imports", _imports, "list what came in, when, from whom")

    sample = verb("sample", _sample, "load the sample company")
    sample.add_argument("--reps", type=int, default=40, metavar="N")
    sample.add_argument("--months", type=int, default=36, metavar="N")
    sample.add_argument("--deals", type=int, metavar="N")
    sample.add_argument("--seed", type=int, default=1, metavar="N")

    value = verb("value", _value, "a metric, by anything")
    value.add_argument("metric", metavar="METRIC")
    value.add_argument("--by", action="append", default=[], metavar="DIMENSION",
                       help="company, team, manager, role, rep, product, day … year, or an attribute")  # fmt: skip
    value.add_argument("--where", action="append", default=[], metavar="KEY=VALUE")
    scorecard = verb("scorecard", _scorecard, "a rep's scorecard, with how each number came about")
    scorecard.add_argument("rep", metavar="REP", help="name, id or e-mail")
    for command in (value, scorecard):
        command.add_argument("--period", help="2017, 2017-Q2, 2017-04 or 2017-04-01..2017-06-30 (both included)")
        command.add_argument("--today", type=date.fromisoformat, metavar="DAY", help="the day to stand on")
    verb("metrics", _metrics, "list every metric")
    return parser


def _author() -> Author:
    try:
        return Author(getuser())
    except (OSError, KeyError):
        return Author("command line")


def _pairs(texts: Sequence[str], flag: str) -> dict[str, str]:
    pairs = {}
    for text in texts:
        key, equals, value = text.partition("=")
        if not equals:
            raise UnknownName(f"{flag} {text} has no “=”.", f'Write {flag} "theirs=ours".')
        pairs[key.strip()] = value.strip()
    return pairs


# -- bringing sheets in ------------------------------------------------------------------------------------------------


def _import(store: Store, asked: argparse.Namespace) -> int:
    choices = Choices(
        asked.layout,
        asked.sheet,
        _pairs(asked.columns, "--map"),
        frozenset(asked.accept),
        DayOrder(asked.day_order) if asked.day_order else None,
        asked.manager_quotas,
    )
    files = [(path.name, path.read_bytes()) for path in _paths(asked.files)]
    today = date.today()
    plan = intake.preview(store, files, today, choices)
    batch = None
    code = _import_code(plan)
    if code in (DONE, SOME_REFUSED) and not asked.dry_run:
        committed = commit(store, plan, _author(), today)
        batch, plan = committed.batch, committed.preview
    if asked.json:
        _print_json(_plain_preview(plan, batch))
    else:
        _print_preview(plan, batch, code, asked.dry_run)
    return code


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


def _print_preview(plan: Preview, batch: int | None, code: int, is_dry: bool) -> None:
    for file_name, issue in plan.upload.issues:
        print(f"{file_name}: {issue.message}{f'  → {issue.flag}' if issue.flag else ''}")
    for sheet in plan.sheets:
        layout = sheet.source.recognition.layout
        if layout is None:
            print(f"{sheet.source.name}: left out, {sheet.source.recognition.reason}")
            continue
        days = f", {sheet.days.start} to {sheet.days.last_day}" if sheet.days else ""
        print(
            f"{sheet.source.name}: {LAYOUTS[layout].label.lower()}, {sheet.new_count:,} new, {sheet.changed_count:,} changed, "
            f"{sheet.same_count:,} same, {sheet.refused_count:,} refused{days}"
        )
        for issue in sorted(sheet.issues, key=lambda issue: list(Severity).index(issue.severity), reverse=True)[
            :MOST_LISTED
        ]:
            place = f"row {issue.row}: " if issue.row else ""
            column = f"{issue.column}: " if issue.column else ""
            found = f" (found “{issue.found}”)" if issue.found and issue.found not in issue.message else ""
            flag = f"  → {issue.flag}" if issue.flag else ""
            print(f"  {issue.severity.value}: {place}{column}{issue.message}{found}{flag}")
        if len(sheet.issues) > MOST_LISTED:
            print(f"  … and {len(sheet.issues) - MOST_LISTED:,} more; --json lists them all")
    if code == UNREADABLE:
        print("Nothing could be read as people, deals, orders, leads, activities or quotas.")
    elif code == UNDECIDED:
        print("Nothing was imported: decide what is marked “stop” with the flag behind it.")
    elif is_dry:
        print("Nothing was imported: this was a dry run.")
    elif batch is None:
        print("Nothing to change: the store has all of this already.")
    else:
        print(f"Imported as batch {batch}. `spm undo {batch}` takes it back.")


def _undo(store: Store, asked: argparse.Namespace) -> int:
    undone = undo(store, asked.batch, _author())
    if asked.json:
        _print_json({"undone": asked.batch, "what": undone})
    else:
        print(f"Undone: {undone}.")
    return DONE


def _imports(store: Store, asked: argparse.Namespace) -> int:
    rows = intake.imports(store).to_dict("records")
    if asked.json:
        _print_json(rows)
    for row in [] if asked.json else rows:
        undone = f", undone in {row['undone_in']}" if row["undone_in"] else ""
        print(
            f"{row['batch']}  {row['made_at']:%Y-%m-%d %H:%M}  {row['author']}  {row['file_name']} › {row['sheet']}: "
            f"{row['layout']}, {row['new_count']:,} new, {row['changed_count']:,} changed, {row['same_count']:,} same, "
            f"{row['refused_count']:,} refused{undone}"
        )
    return DONE


def _sample(store: Store, asked: argparse.Namespace) -> int:
    committed = load_sample(store, _author(), date.today(), asked.reps, asked.months, asked.deals, asked.seed)
    if asked.json:
        _print_json(_plain_preview(committed.preview, committed.batch))
    else:
        _print_preview(committed.preview, committed.batch, DONE, is_dry=False)
    return DONE


# -- asking ------------------------------------------------------------------------------------------------------------


def _value(store: Store, asked: argparse.Namespace) -> int:
    scene = scene_of(store, date.today(), asked.today)
    company = scene.standing.company
    span = company.fiscal_calendar.period(asked.period) if asked.period else None
    where = where_of(scene, _pairs(asked.where, "--where"))
    rows = plain_values(
        metric(asked.metric), values(scene, Question(asked.metric, tuple(asked.by), where, span)), company.currency
    )
    if asked.json:
        _print_json(rows)
    for row in [] if asked.json else rows:
        groups = [str(row[name]) if row[name] is not None else "(none)" for name in dict.fromkeys(asked.by)]
        print("\t".join([*groups, "missing" if row["value"] is None else str(row["value"])]))
    return DONE


def _scorecard(store: Store, asked: argparse.Namespace) -> int:
    scene = scene_of(store, date.today(), asked.today)
    calendar = scene.standing.company.fiscal_calendar
    period = calendar.period(asked.period) if asked.period else scene.standing.opens_on
    person = scene.org.person(asked.rep)
    card = plain(scorecard_of(scene, int(person["id"]), period), scene.standing.company.currency)
    if asked.json:
        _print_json(card)
        return DONE
    print(f"{card['rep']}, {card['role']}, {period.title}: {card['sentence']}")
    for item in card["items"]:
        band = f", {item['band']}" if item.get("band") else ""
        print(f"  {item['label']}: {item['explanation']}{band}")
    for note in card["notes"]:
        print(f"  {note}")
    return DONE


def _metrics(store: Store, asked: argparse.Namespace) -> int:
    rows = [
        {"metric": one.key, "label": one.label, "unit": one.unit.value, "meaning": one.meaning,
         "formula": one.formula or None, "better": "higher" if one.higher_is_better else "lower", "timing": one.timing.value,
         "nature": one.nature.value}
        for one in METRICS.values()
    ]  # fmt: skip
    if asked.json:
        _print_json(rows)
    for row in [] if asked.json else rows:
        print(f"{row['metric']:28} {row['unit']:6} {row['meaning']}")
    return DONE


def _print_json(content: Any) -> None:
    json.dump(content, sys.stdout, ensure_ascii=False, indent=1, default=str)
    print()


if __name__ == "__main__":
    command()
