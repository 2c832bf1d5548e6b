"""From a recognised table to checked rows: every issue at once, nothing raised for what is in the sheet."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import pandas as pd

from spm.intake.checking.draft import UNREADABLE_COUNT, UNREADABLE_SHARE, Draft, some
from spm.intake.checking.fill_down import fill_down
from spm.intake.checking.repeated_ids import ask_about_repeated_ids, without_parts
from spm.intake.checking.several import owners_apart
from spm.intake.layouts import LAYOUTS, Field, Kind, Layout
from spm.intake.model import REASONS, Cell, CheckedSheet, FoundTable, Recognition, Severity
from spm.intake.recognising.headers import folded, name_of
from spm.intake.rules import RULES
from spm.intake.rules.currency import settle_currency
from spm.intake.values import DayOrder, ReadColumn, read_column
from spm.intake.values.days import numbered_from_1900, read_months_as_days

REFUSING_KINDS = (Kind.DAY, Kind.MONEY)  # a row is refused where such a cell can't be read, required or not
FIRST_YEAR, LAST_YEAR = 1990, 2100  # a fact outside them is a typing error
LONE_DAYS = timedelta(days=90)
LONE_COUNT = 3
ENOUGH_DATES_COUNT = 20  # fewer say nothing about what is far off
ORDER_FLAGS = "--day-order dmy or --day-order mdy"


def check(
    table: FoundTable,
    recognition: Recognition,
    file_name: str,
    accepted: frozenset[str] = frozenset(),
    day_order: DayOrder | None = None,
    fractions: frozenset[str] = frozenset(),
    filled_down: frozenset[str] = frozenset(),
    year: int | None = None,
    shared: frozenset[str] = frozenset(),
    stages: Mapping[str, str] | None = None,
) -> CheckedSheet:
    """The rows of a recognised table that can be accepted, and every issue of the others.

    `accepted` names columns whose unreadable cells someone has decided to do without; `day_order` decides
    days that can be read both ways; in `fractions` 1.234 is one, where nothing else says what it is; the blanks of
    `filled_down` say what stands above them; periods that name no year are of that `year`; the people whom a cell of a
    `shared` column names have equal parts; `stages` are won, lost or open as someone said. The recognition must name a
    layout (ValueError where it does not).
    """
    if recognition.layout is None:
        raise ValueError("a table of no layout has nothing to check")
    layout = LAYOUTS[recognition.layout]
    headers = {key: header for header, key in recognition.fields.items() if header in table.header}
    cells = dict(zip(table.header, table.columns, strict=True))
    accepted_names, fraction_names, filled_names = (set(map(folded, of)) for of in (accepted, fractions, filled_down))
    told = [
        issue
        for issue in table.issues
        if not (issue.severity is Severity.STOP and folded(issue.column or "") in accepted_names)
    ]
    agreed = frozenset(key for key, header in headers.items() if folded(header) in accepted_names)
    draft = Draft(layout, table.sheet, table.row_numbers, headers, {}, {}, told, accepted=agreed,
                  stages={stage.casefold(): status for stage, status in (stages or {}).items()})  # fmt: skip
    fill_down(draft, cells, filled_names, accepted_names)
    owners_apart(draft, cells, set(map(folded, shared)), accepted_names)

    passed_over = {*recognition.fields, *recognition.ignored, REASONS}
    own = [header for header in table.header if header not in passed_over]
    for header in own:
        texts = read_column(Kind.TEXT, cells[header]).values
        if any(texts):
            draft.attributes[header] = texts
    ask_about_repeated_ids(draft, cells, recognition.said)
    if table.from_1904:
        days = [header for key, header in headers.items() if layout.field(key).kind is Kind.DAY]
        cells |= {header: numbered_from_1900(cells[header]) for header in days}
    read = _read(layout, draft, cells, day_order, fraction_names, table.scale)
    for key, column in read.items():
        draft[key] = column.values
        _judge(layout.field(key), column, draft, accepted_names)
    if year is not None:
        draft["year"] = [year if own is None else own for own in draft["year"]]
    is_whole = _has_needs(layout, draft)
    _check_required(layout, draft)
    settle_currency(draft, read, table.currency)
    RULES[layout.key](draft)
    _check_far_dates(layout, draft)
    without_parts(draft)
    return _checked(layout, draft, file_name, table.header, is_whole)


def _read(
    layout: Layout,
    draft: Draft,
    cells: Mapping[str, Sequence[Cell]],
    day_order: DayOrder | None,
    fractions: set[str],
    titled_scale: int,
) -> dict[str, ReadColumn]:
    """The mapped columns, read. Months in place of days are their first ones; days that fit both orders follow another
    column where that one decides. Amounts count as many times as their column says, else as the title does
    (`titled_scale`)."""
    read = {
        key: read_column(
            layout.field(key).kind, cells[header], day_order,
            is_fraction=folded(header) in fractions, scale=max(name_of(header).scale, titled_scale),
        )
        for key, header in draft.headers.items()
    }  # fmt: skip
    for key in (key for key in read if layout.field(key).kind is Kind.DAY and read[key].unread):
        read[key] = read_months_as_days(cells[draft.headers[key]]) or read[key]
    orders = {column.day_order for column in read.values() if column.day_order}
    if len(orders) == 1:
        order = next(iter(orders))
        undecided = [key for key, column in read.items() if column.question and not column.yes]
        for key in (key for key in undecided if layout.field(key).kind is Kind.DAY):
            read[key] = read_column(Kind.DAY, cells[draft.headers[key]], order)
            written = "day/month" if order is DayOrder.DAY_FIRST else "month/day"
            draft.note(f"read as {written}, as the other days of the sheet are", key=key)
    return read


def _judge(field: Field, column: ReadColumn, draft: Draft, accepted: set[str]) -> None:
    """What reading a column left open: a question, remarks, and cells that could not be read."""
    header = draft.headers[field.key]
    for remark in column.remarks:
        draft.note(remark, key=field.key)
    is_accepted = folded(header) in accepted
    if column.question and not is_accepted:
        other = ORDER_FLAGS if field.kind is Kind.DAY else f'--fraction "{header}" or --accept "{header}"'
        draft.stop(column.question, field.key, f'--accept "{header}"' if column.yes else other, column.yes)
    unread_count = len(column.unread)
    filled_count = len(column.values) - column.values.count(None) + unread_count if unread_count else 0
    if not is_accepted and unread_count > UNREADABLE_COUNT and unread_count > UNREADABLE_SHARE * filled_count:
        draft.stop(
            f"{unread_count:,} of {filled_count:,} filled cells can't be read as {column.expected}: "
            f"{some(unread.found for unread in column.unread)}",
            field.key,
            f'--accept "{header}"',
            f"Go on without these {unread_count:,} rows"
            if field.required or field.kind in REFUSING_KINDS
            else f"Go on with these {unread_count:,} cells empty",
        )
    message = f"can't be read as {column.expected.split(',')[0]}"
    for unread in column.unread:
        if field.required or field.kind in REFUSING_KINDS:
            draft.refuse(unread.index, message, field.key, unread.found, column.expected)
        else:
            draft.note(f"{message}: left empty", unread.index, field.key, unread.found)


def _has_needs(layout: Layout, draft: Draft) -> bool:
    """Whether the columns are there without which no row of the layout can be told; a stop for each that is not."""
    missing = [group for group in layout.needs if not set(group) & set(draft.headers)]
    for group in missing:
        labels = [layout.field(key).label for key in group]
        wanted = labels[0] if len(labels) == 1 else f"one of {', '.join(labels[:-1])} or {labels[-1]}"
        draft.stop(
            f"{layout.label} need a column for {wanted}, and none was found",
            flag=f'--map "Their column={group[0]}"',
            expected=group[0],
        )
    return not missing


def _check_required(layout: Layout, draft: Draft) -> None:
    for field in layout.fields:
        if field.required and field.key in draft.headers and None in draft[field.key]:
            for at, value in enumerate(draft[field.key]):
                if value is None and at not in draft.refused:
                    draft.refuse(at, f"{field.label.lower()} is missing", field.key, expected=field.label.lower())


def _check_far_dates(layout: Layout, draft: Draft) -> None:
    """Days that no fact can have are refused; single days far beyond all others are told."""
    if layout.key == "people":
        return
    for key in (field.key for field in layout.fields if field.kind is Kind.DAY and field.key in draft.headers):
        days = draft[key]
        counts = Counter(days)
        for at in sorted(draft.refused):
            counts[days[at]] -= 1
        del counts[None]
        for day in [day for day, count in counts.items() if count and not FIRST_YEAR <= day.year <= LAST_YEAR]:
            for at in (at for at, other in enumerate(days) if other == day and at not in draft.refused):
                expected = f"a day between {FIRST_YEAR} and {LAST_YEAR}"
                draft.refuse(at, "no such day can be meant", key, day.isoformat(), expected)
            del counts[day]
        for day in _lone(+counts):
            draft.note("far from all other days of the column", days.index(day), key, day.isoformat())


def _lone(counts: Counter[date]) -> list[date]:
    """Days with at most three rows together that lie more than 90 days before or after all others."""
    found: list[date] = []
    if counts.total() < ENOUGH_DATES_COUNT:
        return found
    for ordered in (sorted(counts), sorted(counts, reverse=True)):
        for place in range(1, min(LONE_COUNT + 1, len(ordered))):
            outer = ordered[:place]
            if sum(counts[day] for day in outer) <= LONE_COUNT and abs(ordered[place] - outer[-1]) > LONE_DAYS:
                found += outer
                break
    return sorted(set(found))


def _checked(layout: Layout, draft: Draft, file_name: str, header: tuple[str, ...], is_whole: bool) -> CheckedSheet:
    keys = dict.fromkeys([*(field.key for field in layout.fields), *draft.columns])
    columns: dict[str, Any] = {key: draft[key] for key in keys}
    columns["row"] = list(draft.row_numbers)
    columns["attributes"] = _attributes(draft)
    left_out = draft.refused | draft.waiting
    if left_out or not is_whole:
        kept = [at for at in range(len(draft)) if is_whole and at not in left_out]
        columns = {key: [values[at] for at in kept] for key, values in columns.items()}
    return CheckedSheet(
        layout=layout.key,
        file_name=file_name,
        sheet=draft.sheet,
        header=header,
        rows=pd.DataFrame({key: pd.Series(values, dtype=object) for key, values in columns.items()}, copy=False),
        refused=tuple(draft.row_numbers[at] for at in sorted(draft.refused)),
        issues=tuple(draft.issues),
    )


def _attributes(draft: Draft) -> list[dict[str, str]]:
    """The company's own columns of each row; rows that say the same share one dict, which nobody may change."""
    if not draft.attributes:
        return [{}] * len(draft)
    said = _Said(draft.attributes)
    return [said[texts] for texts in zip(*draft.attributes.values(), strict=True)]


class _Said(dict[tuple[str | None, ...], dict[str, str]]):
    """What a row says in the columns `names`, made once of each combination of texts."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = tuple(names)

    def __missing__(self, texts: tuple[str | None, ...]) -> dict[str, str]:
        self[texts] = {name: text for name, text in zip(self._names, texts, strict=True) if text is not None}
        return self[texts]
