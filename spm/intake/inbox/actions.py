"""Taking in what waits in the inbox: all of it together, as one upload."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from spm.intake.actions import commit
from spm.intake.changes.preview import Preview
from spm.intake.inbox import folder as inbox
from spm.intake.model import Severity
from spm.intake.queries import preview
from spm.store.change_sets import Author
from spm.store.opening import Store

AUTHOR = Author("inbox")


@dataclass(frozen=True)
class TakenIn:
    """What came of the files that waited: the batch (None where nothing changed or they were refused), and where they
    lie now with a report."""

    batch: int | None
    is_refused: bool
    lies_in: Path


def take_in(store: Store, folder: Path, today: date) -> TakenIn | None:
    """Commits what waits in `folder` as one batch; None where nothing waits.

    Files that need a person's decision, or in which nothing is known, are put away as refused, with what is to decide; so is
    one that can't be read, and the others are taken in without it.
    """
    inbox.give_back(folder)
    files = inbox.take(folder)
    if not files:
        return None
    plan = preview(store, [(file.name, file.read_bytes()) for file in files], today)
    known = {sheet.source.file_name for sheet in plan.sheets if sheet.source.checked is not None}
    if plan.stops or not known:
        return TakenIn(None, True, inbox.put_away(files, folder, inbox.REFUSED, report(plan, None)))
    done = commit(store, plan, AUTHOR, today)
    told = report(done.preview, done.batch)
    read = {sheet.source.file_name for sheet in plan.sheets}
    if unread := [file for file in files if file.name not in read]:
        inbox.put_away(unread, folder, inbox.REFUSED, told)
    return TakenIn(done.batch, False, inbox.put_away([f for f in files if f.name in read], folder, inbox.DONE, told))


def report(plan: Preview, batch: int | None) -> str:
    """What came of each sheet, and every issue that is more than a note, a line each."""
    lines = [f"Imported as batch {batch}." if batch is not None else "Nothing was imported."]
    lines += [f"{file_name}: {issue.message}" for file_name, issue in plan.upload.issues]
    for sheet in plan.sheets:
        counts = f"{sheet.new_count} new, {sheet.changed_count} changed, {sheet.same_count} same, {sheet.refused_count} refused"
        lines.append(f"{sheet.source.name}: {sheet.source.recognition.layout or 'left out'}, {counts}")
        for issue in sheet.issues:
            if issue.severity is not Severity.NOTE:
                row = f"row {issue.row}: " if issue.row else ""
                column = f"{issue.column}: " if issue.column else ""
                flag = f" ({issue.flag})" if issue.flag else ""
                lines.append(f"  {issue.severity.value}: {row}{column}{issue.message}{flag}")
    return "\n".join([*lines, ""])
