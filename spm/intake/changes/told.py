"""A preview as frames for tables, pictures and files: issues cell by cell, columns, refused rows, and what changes.
Pure."""

from collections.abc import Iterable
from datetime import date

import pandas as pd

from spm.intake.changes.coverage import DIVIDES
from spm.intake.changes.moves import Moves, starts_at_zero
from spm.intake.changes.preview import Preview, SheetPreview
from spm.intake.checking.alike import Alike, alike
from spm.intake.layouts import LAYOUTS
from spm.intake.layouts.kinds import own_label
from spm.intake.model import REASONS, FoundTable, Severity
from spm.intake.reading.office_xml import column_letters
from spm.intake.recognising.overrides import ATTRIBUTE, IGNORE
from spm.metrics import wording
from spm.metrics.registry import MEASURES, Metric, Unit

SEVERITIES = {Severity.STOP: "to decide", Severity.REFUSED: "refused", Severity.NOTE: "note"}
TO_DO = {
    Severity.STOP: "Answer the question above",
    Severity.REFUSED: "Mend the cell and drop the refused rows in again",
    Severity.NOTE: "",
}
SAMPLES_COUNT = 3
FIRST_TOLD = ("bookings", "quota")
ALIKE = ("", "", "the same in all")


def cell_name(table: FoundTable | None, group: Alike) -> str:
    """The cell as a spreadsheet names it ("C17"); "row 17" or "column C" where only one of the two is known, and
    "column C, rows 2–46" for many."""
    issue = group.first
    letters = ""
    if table is not None and issue.column in table.header:
        at = table.header.index(issue.column)
        letters = column_letters((table.places[at] if table.places else at) + 1)
    if letters and len(group.row_numbers) == 1:
        return f"{letters}{issue.row}"
    return ", ".join(filter(None, (f"column {letters}" if letters else "", group.rows_in_words)))


def issue_rows(plan: Preview) -> pd.DataFrame:
    """Every issue, those alike of many rows in one, what must be decided first: sheet, cell, column, what, message, found,
    expected, to_do, rows_count."""
    told = [
        (sheet.source.name, cell_name(sheet.source.table, group), SEVERITIES[group.first.severity],
         TO_DO[group.first.severity], group)
        for sheet in plan.sheets
        for group in alike(sheet.issues)
    ]  # fmt: skip
    told += [
        (file_name, "", "not read" if issue.severity is Severity.STOP else SEVERITIES[issue.severity], "", group)
        for file_name, issue in plan.upload.issues
        for group in alike([issue])
    ]
    told.sort(key=lambda one: list(SEVERITIES).index(one[-1].first.severity))
    rows = [
        (sheet, cell, group.first.column, what, group.message, _beyond_the_message(group), _expected(group), to_do,
         max(1, len(group.row_numbers)))
        for sheet, cell, what, to_do, group in told
    ]  # fmt: skip
    columns = ["sheet", "cell", "column", "what", "message", "found", "expected", "to_do", "rows_count"]
    return pd.DataFrame(rows, columns=columns, dtype=object)


def _expected(group: Alike) -> str | None:
    """What a cell should look like; of a question the answer stands on its button."""
    return None if group.first.severity is Severity.STOP else group.first.expected


def _beyond_the_message(group: Alike) -> str | None:
    """What was found, unless the message says it."""
    return None if all(found in group.first.message for found in group.found) else group.found_in_words


def outcome_rows(plan: Preview) -> pd.DataFrame:
    """Rows of each sheet by what becomes of them: file, outcome, rows_count; sheets that are left out are not among
    them."""
    counts = {
        sheet.source.name: {"new": sheet.new_count, "changed": sheet.changed_count, "same": sheet.same_count,
                            "refused": sheet.refused_count}
        for sheet in plan.sheets
    }  # fmt: skip
    rows = [
        (file, outcome, count)
        for file, of_sheet in counts.items()
        if any(of_sheet.values())
        for outcome, count in of_sheet.items()
    ]
    return pd.DataFrame(rows, columns=["file", "outcome", "rows_count"])


def column_rows(sheet: SheetPreview) -> pd.DataFrame:
    """Each column of a recognised sheet: theirs, samples (a few of its values), ours (a label, ATTRIBUTE or IGNORE)."""
    table, recognition = sheet.source.table, sheet.source.recognition
    if table is None or recognition.layout is None:
        return pd.DataFrame(columns=["theirs", "samples", "ours"])
    layout = LAYOUTS[recognition.layout]
    ours = {header: layout.field(key).label for header, key in recognition.fields.items()}
    ours |= dict.fromkeys([*recognition.ignored, REASONS], IGNORE)
    rows = [(header, _samples(table, at), ours.get(header, ATTRIBUTE)) for at, header in enumerate(table.header)]
    return pd.DataFrame(rows, columns=["theirs", "samples", "ours"])


def _samples(table: FoundTable, at: int) -> str:
    distinct: dict[str, None] = {}
    for row in table.cells:
        cell = row[at]
        if cell is not None and str(cell).strip():
            distinct[cell.isoformat()[:10] if isinstance(cell, date) else str(cell).strip()] = None
        if len(distinct) == SAMPLES_COUNT:
            break
    return " · ".join(distinct)


def refused_rows(sheet: SheetPreview) -> pd.DataFrame:
    """The refused rows of a sheet as they were, with all reasons in a last column: to be mended and dropped in
    again."""
    table = sheet.source.table
    if table is None:
        return pd.DataFrame()
    reasons: dict[int, list[str]] = {}
    for issue in sheet.issues:
        if issue.severity is Severity.REFUSED and issue.row is not None:
            told = f"{issue.column}: {issue.message}" if issue.column else issue.message
            reasons.setdefault(issue.row, []).append(told)
    of_rows = zip(table.row_numbers, table.cells, strict=True)
    rows = [[*cells, "; ".join(reasons[row])] for row, cells in of_rows if row in reasons]
    frame = pd.DataFrame(rows, columns=[*table.header, REASONS], dtype=object)
    return frame if REASONS not in table.header else frame.loc[:, ~frame.columns.duplicated(keep="last")]


def coverage_words(sheets: Iterable[SheetPreview]) -> list[str]:
    """For which measures an upload speaks, and for which days: "Won deals, lost deals: 1 Mar 2017 to 31 Dec 2017"."""
    by_span: dict[tuple[date, date], list[str]] = {}
    for sheet in sheets:
        for measure, span in ((key, span) for key, span in sheet.covers.items() if key not in DIVIDES):
            labels = by_span.setdefault((span.start, span.last_day), [])
            label = _measure_label(measure)
            if label not in labels:
                labels.append(label)
    return [
        f"{', '.join([labels[0], *(label[:1].lower() + label[1:] for label in labels[1:])])}: "
        f"{start:%-d %b %Y} to {last:%-d %b %Y}"
        for (start, last), labels in by_span.items()
    ]


def _measure_label(key: str) -> str:
    return MEASURES[key].label if key in MEASURES else own_label(key)


def covered_rows(sheet: SheetPreview) -> pd.DataFrame:
    """For which days a sheet speaks, by measure: measure, label, first, last (its last day); None where someone said that it
    speaks for none."""
    rows = []
    for measure in (key for key in sheet.guessed_covers if key not in DIVIDES):
        span = sheet.covers.get(measure)
        rows.append((measure, _measure_label(measure), span and span.start, span and span.last_day))
    return pd.DataFrame(rows, columns=["measure", "label", "first", "last"], dtype=object)


def moved_rows(found: Moves, currency: str) -> pd.DataFrame:
    """The metrics that move, in words, bookings and quotas first: metric (its label), before, after, change, and of how many
    people and months; a metric that moves between people or months only says so."""
    in_all = found.in_all.set_index("metric")
    counts = [frame["metric"].value_counts() for frame in (found.by_rep, found.by_month)]
    rows = []
    for key in first_told(found):
        metric = found.metrics[key]
        said = ALIKE
        if key in in_all.index:
            said = _move_in_words(metric, in_all.at[key, "before"], in_all.at[key, "after"], currency)
        rows.append((metric.label, *said, *(int(of_metric.get(key, 0)) for of_metric in counts)))
    return pd.DataFrame(rows, columns=["metric", "before", "after", "change", "people", "months"])


def moved_people(found: Moves, key: str) -> pd.DataFrame:
    """Of whom a metric moves: rep ("nobody named" where nobody is), before, after, change (NaN where one side is missing, but
    for sums and counts)."""
    rows = found.by_rep[found.by_rep["metric"] == key]
    sides = rows[["before", "after"]].fillna(0.0) if starts_at_zero(found.metrics[key]) else rows[["before", "after"]]
    return rows.assign(
        rep=rows["rep"].where(rows["rep"].notna(), "nobody named"), change=sides["after"] - sides["before"]
    )


def first_told(found: Moves) -> list[str]:
    """The keys of the metrics that move, bookings and quotas first."""
    return sorted(found.metrics, key=lambda key: FIRST_TOLD.index(key) if key in FIRST_TOLD else len(FIRST_TOLD))


def _move_in_words(metric: Metric, before: float, after: float, currency: str) -> tuple[str, str, str]:
    difference = after - before
    if starts_at_zero(metric):
        difference = (0.0 if pd.isna(after) else after) - (0.0 if pd.isna(before) else before)
    size = wording.full(metric.unit, abs(difference), currency)
    change = "" if pd.isna(difference) else f"{'+' if difference > 0 else '−'}{size}"
    if change and metric.unit is Unit.SHARE:
        change = f"{change.removesuffix(' %')} points"
    return wording.full(metric.unit, before, currency), wording.full(metric.unit, after, currency), change
