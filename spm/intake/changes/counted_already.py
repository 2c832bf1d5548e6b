"""Measures of the company's own that a sheet with other columns counts already: the same, or another number. Pure."""

from collections.abc import Callable

import pandas as pd

from spm.intake.changes.preview import Preview
from spm.intake.layouts import COUNT
from spm.intake.model import Issue, Severity
from spm.intake.resolving.counts import KIND_OF_MEASURE
from spm.intake.upload import UploadedSheet

CountedBy = Callable[[str], pd.DataFrame]


def ask_about_measures(plan: Preview, counted_by: CountedBy) -> None:
    """Asks of each column of daily counts whose measure only sheets with other columns have told so far whether it is the
    same: then the later sheet counts where both tell of a rep's day. Not of what is here already, as in an export of the app.

    The differences with the store are known; `counted_by` gives who tells of a kind of activity (see `earlier.counted_by`).
    """
    for at, shown in plan.of_layout("daily_counts"):
        source, told_anew = shown.source, _told_anew(plan, at)
        own = {
            header: key.removeprefix(COUNT)
            for header, key in source.recognition.fields.items()
            if key.startswith(COUNT) and key.removeprefix(COUNT) in told_anew
        }
        for header, kind in own.items():
            told = counted_by(kind)
            if len(told) and not source.accepts(header) and list(_header(source)) not in told["header"].tolist():
                shown.issues.append(_question(header, told, source.sheet))


def _told_anew(plan: Preview, at: int) -> set[str]:
    """What a sheet counts on days of reps of which nothing, or another number, is here, but for calls and the like."""
    found = [one for place, one in plan.differences if place == at and one.table == "activity"]
    kinds = {kind for one in found for rows in (one.new, one.changed) if len(rows) for kind in rows["kind"]}
    return kinds - set(KIND_OF_MEASURE.values())


def _header(source: UploadedSheet) -> tuple[str, ...]:
    return source.table.header if source.table else ()


def _question(header: str, told: pd.DataFrame, sheet: str) -> Issue:
    last = told.iloc[-1]
    message = (
        f"{last.file_name} counts this already, from {told['first_on'].min()} to {told['last_on'].max()}: is it the same "
        "measure? Accept, and this sheet counts where both tell of a rep’s day; or give the column a name of its own"
    )
    new_name = f"{header} of {sheet}"
    flag = f'--accept "{header}" or --map "{header}={new_name}"'
    yes = "It is the same: this sheet counts where both tell"
    return Issue(Severity.STOP, message, sheet, column=header, expected=yes, flag=flag, new_name=(header, new_name))
