"""Sheets with a period, a day or a currency in each column: one row for each instead. Pure."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import replace
from datetime import date, datetime
from re import IGNORECASE, compile

from spm.intake.layouts import Kind
from spm.intake.model import Cell, FoundTable, Issue, Severity
from spm.intake.recognising.blocks import ACROSS
from spm.intake.recognising.headers import name_of
from spm.intake.recognising.matching import known_anywhere
from spm.intake.recognising.period_columns import (
    PERIOD,
    PeriodColumn,
    day_named,
    period_column,
    period_text,
    with_years,
)
from spm.intake.recognising.sheet_names import is_programs_name
from spm.intake.values import is_blank, read_column
from spm.intake.values.currencies import currency_codes, pair_of
from spm.intake.values.periods import HALVES, YEARS, period_of

FEWEST_COLUMNS = 3  # fewer may be anything
FEWEST_OF = {HALVES: 2}  # columns of a kind, where they are fewer
FEWEST_SAID = 2  # where their own names say that they are quotas
MOST_BESIDE = 4  # columns beside a single one that is called a quota: in a wider table it may be one attribute of many
FEWEST_COUNTED = 6  # months called by a number alone (P1), where nothing says that they are quotas
ROWS_JUDGED = 50
SUM = compile(
    r"(?:(?:Q[1-4]|H[12]) )?(?:grand |sub-?)?total|sum|summe|gesamt|итого|всего|toplam|합계|合計|合计|总计|razem|suma"
    r"|full year|year|ytd|fy\s*['’]?(?:\d{4}|\d{2})?|20\d{2}",
    IGNORECASE,
)
OF_QUOTAS = compile(
    r"(?:annual |yearly )?quota|(?:annual |yearly )?target|goal|budget|plan\b|soll\b"
    r"|(?:jahres|umsatz)?ziel|vorgabe|objecti|objetivo|\bmetas?\b|cuota|obiettiv|目標|目标|목표|план|hedef|\bcele?\b",
    IGNORECASE,
)
OF_RATES = compile(r"\bfx\b|exchange|currenc|wechselkurs|\brates?\b", IGNORECASE)
PERSON = compile(r"[^\W\d_][^\W\d_.'’-]*\.?(?:[ '’-][^\W\d_][^\W\d_.'’-]*\.?){1,3}")
YEAR_COLUMN, QUOTA, AMOUNT, RATE, DATE, CURRENCY = "Year", "Quota", "Amount", "Rate", "Date", "Currency"


def unpivoted(table: FoundTable, header_cells: Sequence[Cell], title: str, years: Set[int] = frozenset()) -> FoundTable:
    """The table with one row for each of its columns that are named for a period, a day or a currency: the columns Period
    (or Date, Currency) and Quota (or Amount, Rate, a count) in place of those. As it is where it has fewer than three of
    them, or no column that says whose the numbers are, or of when.

    `header_cells` are the cells that the names come from, `title` what stands above: either says that the numbers are
    quotas or rates; `years` are those of periods that name none. Sums and actual numbers beside quotas are left out, with a note.
    """
    days = {at: day for at, cell in enumerate(header_cells) if (day := day_named(table.header[at], cell, years))}
    if len(days) >= FEWEST_COLUMNS and len({(day.year, day.month) for day in days.values()}) < len(days):
        return _by_day(table, days, title)
    named = {at: column for at, name in enumerate(table.header) if (column := period_column(name, header_cells[at]))}
    if named and (by_period := _by_period(table, named, title, years)):
        return by_period
    if people := _people_across(table):
        return _by_person(table, people, title)
    if pairs := {at: name for at, name in enumerate(table.header) if pair_of(name)}:
        return _by_currency(table, pairs)
    currencies = {at: name for at, name in enumerate(table.header) if name in currency_codes()}
    return (
        _by_currency(table, currencies) if len(currencies) >= FEWEST_COLUMNS - 1 and OF_RATES.search(title) else table
    )


def _by_period(table: FoundTable, named: Mapping[int, PeriodColumn], title: str, years: Set[int]) -> FoundTable | None:
    of_quotas = {at: column for at, column in named.items() if OF_QUOTAS.match(column.words)}
    bare = {at: column for at, column in named.items() if not column.words}
    told = _finer(of_quotas, bare) or bare or dict(named)
    finest = min(column.period.months_count for column in told.values())
    kept = {at: column.period for at, column in told.items() if column.period.months_count == finest}
    is_quota = bool(of_quotas or OF_QUOTAS.search(title))
    is_counted = all(period.is_counted and period.year is None for period in kept.values())
    usual = FEWEST_COUNTED if is_counted and not is_quota else FEWEST_OF.get(finest, FEWEST_COLUMNS)
    others = [at for at, name in enumerate(table.header) if at not in named and not SUM.fullmatch(name)]
    fewest = (1 if len(others) <= MOST_BESIDE else FEWEST_SAID) if of_quotas else usual
    if len(kept) < fewest or (finest == YEARS and not is_quota) or not any(_says_who(table, at) for at in others):
        return None
    left_out = [at for at in range(len(table.header)) if at not in kept and at not in others]
    beside = [table.header[at] for at in left_out if at in named and named[at].words]
    sums = [table.header[at] for at in left_out if table.header[at] not in beside]
    names = {table.header[at] for at in others}
    periods, doubts = with_years(kept, years, title) if YEAR_COLUMN not in names else (kept, [])
    is_rate = any(name_of(name).folded == "currency" for name in names) and bool(OF_RATES.search(title))
    value = RATE if is_rate else QUOTA if is_quota else next(iter(told.values())).words or AMOUNT
    first, last = table.header[min(kept)], table.header[max(kept)]
    note = f"{len(kept)} columns are periods, {first} to {last}: read one by one"
    if len(kept) == 1:
        note = f"{first} is a period: its numbers were read as quotas of it"
    for found, what in ((sums, "as sums of them"), (beside, "beside them")):
        if found:
            note += f"; left out {what}: {', '.join(found)}"
    issues = [Issue(Severity.NOTE, note, table.sheet), *(replace(doubt, sheet=table.sheet) for doubt in doubts)]
    texts: dict[int, Cell] = {at: period_text(period, table.header[at]) for at, period in periods.items()}
    return _one_by_one(table, texts, others, (PERIOD, value), issues)


def _finer(of_quotas: Mapping[int, PeriodColumn], bare: Mapping[int, PeriodColumn]) -> Mapping[int, PeriodColumn]:
    """The columns that are called quotas, or those beside them that say it of each part of one ("FY26 Quota", "Q1", "Q2" …)."""
    lengths = {column.period.months_count for column in of_quotas.values()}
    parts = {at: column for at, column in bare.items() if column.period.months_count < min(lengths, default=0)}
    is_divided = len(of_quotas) == 1 and sum(column.period.months_count for column in parts.values()) == max(lengths)
    return parts if is_divided else of_quotas


def _by_day(table: FoundTable, days: Mapping[int, date], title: str) -> FoundTable:
    """Counts of each day: the sheet, or what stands above, says of what."""
    others = [at for at, name in enumerate(table.header) if at not in days and not SUM.fullmatch(name)]
    if not any(_says_who(table, at) for at in others):
        return table
    note = (
        f"{len(days)} columns are days, {min(days.values()):%Y-%m-%d} to {max(days.values()):%Y-%m-%d}: read one by one"
    )
    texts: dict[int, Cell] = {at: day.date() if isinstance(day, datetime) else day for at, day in days.items()}
    return _one_by_one(table, texts, others, (DATE, _counted(table, title)), [Issue(Severity.NOTE, note, table.sheet)])


def _people_across(table: FoundTable) -> list[int]:
    """The places of columns of numbers that are called like people, beside one that says when; none where there are fewer
    than three of them, or some column says who."""
    named = [at for at, name in enumerate(table.header) if _is_person(name) and not _says_who(table, at)]
    others = [at for at, name in enumerate(table.header) if at not in named and not SUM.fullmatch(name)]
    is_only_when = len(others) == 1 and _says_when(table, others[0])
    return named if len(named) >= FEWEST_COLUMNS and is_only_when else []


def _is_person(name: str) -> bool:
    words = name.split()
    called = name_of(name)
    is_known = bool(SUM.fullmatch(name)) or not known_anywhere().isdisjoint((called.folded, *called.within))
    return bool(PERSON.fullmatch(name)) and all(word[0].isupper() for word in words) and not is_known


def _says_when(table: FoundTable, at: int) -> bool:
    filled = [row[at] for row in table.cells[:ROWS_JUDGED] if not is_blank(row[at])]
    is_day = len(read_column(Kind.DAY, filled).unread) <= len(filled) / 2
    return bool(filled) and (is_day or all(period_of(str(cell)) for cell in filled))


def _by_person(table: FoundTable, people: Sequence[int], title: str) -> FoundTable:
    """Numbers of each person: the sheet, or what stands above, says of what."""
    others = [at for at, name in enumerate(table.header) if at not in people and not SUM.fullmatch(name)]
    value = QUOTA if OF_QUOTAS.search(title) else _counted(table, title)
    first, *_, last = (table.header[at] for at in people)
    note = Issue(Severity.NOTE, f"{len(people)} columns are people, {first} to {last}: read one by one", table.sheet)
    return _one_by_one(table, {at: table.header[at] for at in people}, others, (ACROSS, value), [note])


def _counted(table: FoundTable, title: str) -> str:
    """What the numbers of a table count, as the sheet is called, or as what stands above says."""
    above = title.removeprefix(table.sheet).strip()
    texts = (text for text in (table.sheet, above) if text and not is_programs_name(text))
    return next(filter(None, map(_without_period, texts)), AMOUNT)


def _by_currency(table: FoundTable, currencies: Mapping[int, str]) -> FoundTable:
    others = [at for at in range(len(table.header)) if at not in currencies]
    columns = "1 column is a currency" if len(currencies) == 1 else f"{len(currencies)} columns are currencies"
    note = f"{columns}: read one by one"
    return _one_by_one(table, currencies, others, (CURRENCY, RATE), [Issue(Severity.NOTE, note, table.sheet)])


def _one_by_one(
    table: FoundTable,
    named: Mapping[int, Cell],
    others: Sequence[int],
    names: tuple[str, str],
    issues: Sequence[Issue],
) -> FoundTable:
    """A row for each filled cell of the columns `named` for something: what it is named for, and what stands in it, under
    `names`."""
    cells: list[list[Cell]] = []
    row_numbers: list[int] = []
    for row, number in zip(table.cells, table.row_numbers, strict=True):
        for at in (at for at in named if not is_blank(row[at])):
            cells.append([*(row[other] for other in others), named[at], row[at]])
            row_numbers.append(number)
    place = table.places[min(named)]
    header = (*(table.header[at] for at in others), *names)
    places = (*(table.places[at] for at in others), place, place)
    return replace(
        table, header=header, cells=cells, row_numbers=row_numbers, issues=(*table.issues, *issues), places=places
    )


def _without_period(text: str) -> str:
    """What a sheet or title is called, without the months, years and remarks behind it."""
    words = text.replace(",", " , ").replace("(", " , ").split()
    kept = [word for word in words[: words.index(",") if "," in words else None] if period_of(word) is None]
    return " ".join(kept)


def _says_who(table: FoundTable, at: int) -> bool:
    """Whether a column holds words, such as names of reps or teams."""
    filled = [row[at] for row in table.cells[:ROWS_JUDGED] if not is_blank(row[at])]
    return len(read_column(Kind.NUMBER, filled).unread) > len(filled) / 2
