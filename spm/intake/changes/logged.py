"""A log of single activities that comes after daily counts of the same: the same calls never count twice. Pure."""

from collections.abc import Callable, Sequence

import pandas as pd

from spm.calendar import ONE_DAY, Span
from spm.intake.changes.gone import Gone
from spm.intake.changes.preview import Preview
from spm.intake.model import Issue, Severity, Wanted
from spm.intake.resolving.counts import KIND_OF_MEASURE
from spm.intake.resolving.resolve import Stored
from spm.metrics.measures import MEASURES

COUNTED = {kind: measure for measure, kind in KIND_OF_MEASURE.items()}
Counted = Callable[[Sequence[str], Span], pd.DataFrame]


def settle_logs(plan: Preview, made: Sequence[tuple[int, Wanted]], counted: Counted, stored: Stored) -> None:
    """Asks of each log in `made` whether it tells of what daily counts in the store have counted already; once it is
    answered, those counts are gone on the days from its first to its last.

    `counted` gives the daily counts of some kinds on some days, `stored` all rows of a table.
    """
    logs = dict(plan.of_layout("activities"))
    for at, sheet in made:
        if at not in logs or sheet.rows.empty:
            continue
        source, rows = logs[at].source, sheet.rows
        column = source.column("happened_on")
        for kind in sorted(set(rows["kind"].dropna()) & set(COUNTED)):
            days = rows.loc[rows["kind"] == kind, "happened_on"]
            span = Span(min(days), max(days) + ONE_DAY)
            known = counted([kind], span)["key"]
            if known.empty:
                continue
            every = stored("activity")
            twice = every[every["key"].isin(known)]
            measure = MEASURES[COUNTED[kind]].label.lower()
            logs[at].issues.append(_issue(measure, span, len(twice), source.sheet, column, source.accepts(column)))
            if source.accepts(column):
                plan.gone.append(Gone("activity", twice, len(twice)))
                logs[at].gone_count += len(twice)


def _issue(measure: str, span: Span, count: int, sheet: str, column: str | None, is_accepted: bool) -> Issue:
    days = f"{span.start} to {span.last_day}"
    if is_accepted:
        message = f"{measure}: {count:,} daily counts from {days} are gone: this log tells of each"
        return Issue(Severity.NOTE, message, sheet, column=column)
    message = (
        f"daily counts of {measure} are here for {count:,} days of reps from {days}, which this log tells of one by one: "
        "are these the same? Accept, and the log counts on its days, the counts on all others"
    )
    yes = "They are the same: the log counts on its days"
    return Issue(Severity.STOP, message, sheet, column=column, expected=yes, flag=f'--accept "{column}"')
