"""A log of single activities that comes after daily counts of the same: the same calls never count twice, unless someone says
that they are another number. Pure."""

from collections.abc import Callable, Mapping, Sequence

import pandas as pd

from spm.calendar import ONE_DAY, Span
from spm.intake.changes.gone import Gone
from spm.intake.changes.preview import Preview
from spm.intake.layouts import COUNT
from spm.intake.model import Issue, Severity, Wanted
from spm.intake.recognising.headers import folded
from spm.intake.resolving.counts import KIND_OF_MEASURE, count_key
from spm.intake.resolving.resolve import Stored
from spm.metrics.measures import MEASURES

COUNTED = {kind: measure for measure, kind in KIND_OF_MEASURE.items()}
Counted = Callable[[Sequence[str], Span], pd.DataFrame]


def settle_logs(plan: Preview, made: Sequence[tuple[int, Wanted]], counted: Counted, stored: Stored) -> None:
    """Asks of each log in `made` whether it tells of what daily counts in the store have counted already; once it is
    answered, those counts are gone on the days from its first to its last, or the log's are a measure of their own, whether
    counts are here yet or not.

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
            measure = MEASURES[COUNTED[kind]].label.lower()
            if name := _new_name(COUNTED[kind], source.choices.renamed):
                _count_apart(plan, sheet, kind, name)
                message = f"{measure} of this log are counted as “{name}”, beside the daily counts"
                logs[at].issues.append(Issue(Severity.NOTE, message, source.sheet, column=column))
                continue
            known = counted([kind], span)["key"]
            if known.empty:
                continue
            every = stored("activity")
            twice = every[every["key"].isin(known)]
            logs[at].issues.append(_issue(measure, span, len(twice), source.sheet, column, source.accepts(column)))
            if source.accepts(column):
                plan.gone.append(Gone("activity", twice, len(twice)))
                logs[at].gone_count += len(twice)


def _new_name(measure: str, renamed: Mapping[str, str]) -> str | None:
    """The name that a person gave what a log counts; None for none, and for one that the daily counts have."""
    name = next((new for old, new in renamed.items() if folded(old) == measure), None)
    return name if name and count_key(name).removeprefix(COUNT) not in KIND_OF_MEASURE else None


def _count_apart(plan: Preview, log: Wanted, kind: str, name: str) -> None:
    """Counts the log's activities of a kind as a measure of that name."""
    key = count_key(name).removeprefix(COUNT)
    log.rows["kind"] = log.rows["kind"].where(log.rows["kind"] != kind, key)
    plan.own_measures[key] = name


def _issue(measure: str, span: Span, count: int, sheet: str, column: str | None, is_accepted: bool) -> Issue:
    days = f"{span.start} to {span.last_day}"
    if is_accepted:
        message = f"{measure}: {count:,} daily counts from {days} are gone: this log tells of each"
        return Issue(Severity.NOTE, message, sheet, column=column)
    new_name = f"Logged {measure}"
    message = (
        f"daily counts of {measure} are here for {count:,} days of reps from {days}, which this log tells of one by one: "
        "are these the same? Accept, and the log counts on its days, the counts on all others; or "
        "give what the log counts a name of its own"
    )
    yes = "They are the same: the log counts on its days"
    flag = f'--accept "{column}" or --rename "{measure}={new_name}"'
    return Issue(Severity.STOP, message, sheet, column=column, expected=yes, flag=flag, new_name=(measure, new_name))
