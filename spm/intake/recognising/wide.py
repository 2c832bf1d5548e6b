"""Sheets with a period, a day or a currency in each column: one row for each instead. Pure."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import pairwise
from re import IGNORECASE, compile

from spm.intake.layouts import Kind
from spm.intake.model import Cell, FoundTable, Issue, Severity
from spm.intake.recognising.blocks import ACROSS
from spm.intake.recognising.headers import name_of
from spm.intake.recognising.matching import known_anywhere
from spm.intake.recognising.sheet_names import is_programs_name
from spm.intake.values import is_blank, read_column
from spm.intake.values.amounts import currency_codes, pair_of
from spm.intake.values.days import full_year, week_of
from spm.intake.values.periods import HALVES, MONTHS, YEARS, NamedPeriod, period_of, period_starting

FEWEST_COLUMNS = 3  # fewer may be anything
FEWEST_OF = {HALVES: 2}  # columns of a kind, where they are fewer
FEWEST_SAID = 2  # where their own names say that they are quotas
MOST_BESIDE = 4  # columns beside a single one that is called a quota: in a wider table it may be one attribute of many
FEWEST_COUNTED = 6  # months called by a number alone (P1), where nothing says that they are quotas
ROWS_JUDGED = 50
LONGEST_NAME = 30  # of a period
SUM = compile(
    r"(?:(?:Q[1-4]|H[12]) )?(?:grand |sub-?)?total|sum|summe|gesamt|итого|всего|toplam|합계|合計|合计|总计|razem|suma"
    r"|full year|year|ytd|fy\s*['’]?(?:\d{4}|\d{2})?|20\d{2}",
    IGNORECASE,
)
QUOTA_WORDS = (
    r"(?:annual |yearly )?(?:quota|target)s?|goals?|budget|plan|soll"
    r"|jahresziele?|umsatzziele?|zielwerte?|ziele?|vorgaben?|objecti\w+|objetivos?|metas?|cuotas?|目標|目标"
    r"|목표|план|hedef|cel|الهدف"
)
OTHER_WORDS = (
    r"actuals?|act\.?|ist|bookings?|booked|achieved|achievement|attainment|r[ée]el|real|variance|var\.?|diff\.?|delta|%"
    r"|実績|实际|실적|факт|gerçekleşen|wykonanie|realizacja"
)
OF_QUOTAS = compile(
    r"(?:annual |yearly )?quota|(?:annual |yearly )?target|goal|budget|plan\b|soll\b"
    r"|(?:jahres|umsatz)?ziel|vorgabe|objecti|objetivo|\bmetas?\b|cuota|obiettiv|目標|目标|목표|план|hedef|\bcele?\b",
    IGNORECASE,
)
OF_RATES = compile(r"\bfx\b|exchange|currenc|wechselkurs|\brates?\b", IGNORECASE)
BESIDE_PERIOD = compile(
    rf"(?P<before>{QUOTA_WORDS}|{OTHER_WORDS})[\s:_\-–]+(?P<period>.+)|(?P<first>.+?)[\s:_\-–]+(?P<after>{QUOTA_WORDS}|{OTHER_WORDS})",
    IGNORECASE,
)
YEARS_IN_TITLE = compile(
    r"(?<!\d)((?:19|20)\d{2})(?:\s?[/\-–]\s?((?:19|20)?\d{2}))?(?!\d)|FY\s?['’]?(\d{2})(?:\s?[/\-–]\s?(\d{2}))?(?!\d)"
)
ONE_YEAR = compile(r"\D*(?:19|20)\d{2}\D*|\D*FY\s?['’]?\d{2}\D*", IGNORECASE)
PERSON = compile(r"[^\W\d_][^\W\d_.'’-]*\.?(?:[ '’-][^\W\d_][^\W\d_.'’-]*\.?){1,3}")
FISCAL = compile(r"\bFY|fiscal|geschäftsjahr", IGNORECASE)
PERIOD, YEAR_COLUMN, QUOTA, AMOUNT, RATE, DATE, CURRENCY = (
    "Period",
    "Year",
    "Quota",
    "Amount",
    "Rate",
    "Date",
    "Currency",
)


@dataclass(frozen=True)
class _Column:
    """A column that is named for a period, and the words that stand beside the period in its name."""

    period: NamedPeriod
    words: str


def unpivoted(table: FoundTable, header_cells: Sequence[Cell], title: str, years: Set[int] = frozenset()) -> FoundTable:
    """The table with one row for each of its columns that are named for a period, a day or a currency: the columns Period
    (or Date, Currency) and Quota (or Amount, Rate, a count) in place of those. As it is where it has fewer than three of
    them, or no column that says whose the numbers are, or of when.

    `header_cells` are the cells that the names come from, `title` what stands above: either says that the numbers are
    quotas or rates; `years` are those of periods that name none. Sums and actual numbers beside quotas are left out, with a note.
    """
    days = {at: day for at, cell in enumerate(header_cells) if (day := _day_named(table.header[at], cell, years))}
    if len(days) >= FEWEST_COLUMNS and len({(day.year, day.month) for day in days.values()}) < len(days):
        return _by_day(table, days, title)
    named = {at: column for at, name in enumerate(table.header) if (column := _column(name, header_cells[at]))}
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


def _by_period(table: FoundTable, named: Mapping[int, _Column], title: str, years: Set[int]) -> FoundTable | None:
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
    periods, doubts = _with_years(kept, years, title) if YEAR_COLUMN not in names else (kept, [])
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
    texts: dict[int, Cell] = {at: _text(period, table.header[at]) for at, period in periods.items()}
    return _one_by_one(table, texts, others, (PERIOD, value), issues)


def _finer(of_quotas: Mapping[int, _Column], bare: Mapping[int, _Column]) -> Mapping[int, _Column]:
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


def _with_years(
    kept: Mapping[int, NamedPeriod], told: Set[int], title: str
) -> tuple[dict[int, NamedPeriod], list[Issue]]:
    """The periods with the year that is `told`, going on into the next where they begin anew; and a question where one year
    is told and they lie in two, or need not begin with it."""
    bare = [at for at, period in kept.items() if period.year is None]
    if not told or len(bare) < len(kept):
        return dict(kept), []
    numbers = [kept[at].number for at in bare]
    is_in_two = any(later <= earlier for earlier, later in pairwise(numbers))
    is_doubtful = len(told) == 1 and (
        is_in_two or (kept[bare[0]].is_of_calendar and numbers[0] > 1 and bool(FISCAL.search(title)))
    )
    year = min(told) - (1 if is_doubtful and (is_in_two or FISCAL.search(title)) else 0)
    dated: dict[int, NamedPeriod] = {}
    for at, before in zip(bare, [0, *numbers], strict=False):
        year += kept[at].number <= before
        dated[at] = replace(kept[at], year=year)
    if not is_doubtful:
        return dated, []
    first, last = dated[bare[0]].text, dated[bare[-1]].text
    question = f"the year is {max(told)}: do these columns run from {first} to {last}?"
    return dated, [
        Issue(
            Severity.STOP, question, column=PERIOD, expected=f"Yes, from {first} to {last}", flag=f'--accept "{PERIOD}"'
        )
    ]


def year_in_name(file_name: str) -> set[int]:
    """The year in the name of a file, where that says no day: "Quotas 2026.xlsx"."""
    return years_in(file_name) if ONE_YEAR.fullmatch(file_name.rsplit(".", 1)[0]) else set()


def years_in(title: str) -> set[int]:
    """The years that a title names; "2025/26" names two, "FY26" one."""
    named: set[int] = set()
    for found in YEARS_IN_TITLE.finditer(title):
        first, second = found[1] or found[3], found[2] or found[4]
        named.add(full_year(first))
        if second and full_year(second[-2:]) == full_year(first) + 1:
            named.add(full_year(first) + 1)
    return named


def _day_named(name: str, cell: Cell, years: Set[int]) -> date | None:
    """The day that a column is named for, of a week its Monday ("W02" where one year is told); None for any other name."""
    if isinstance(cell, date):
        return cell
    return week_of(name) or (week_of(f"{min(years)}-{name}") if len(years) == 1 else None)


def _text(period: NamedPeriod, name: str) -> str:
    """A period as the Period column says it; a month without a year as it was written, without what stands beside it."""
    if period.year is not None or period.months_count != MONTHS:
        return period.text
    return next((part for part in (name, *name.split()) if period_of(part) == period), name)


def _column(name: str, cell: Cell) -> _Column | None:
    """What a column is named for; None for any other name."""
    if isinstance(cell, date):
        return _Column(period_starting(cell), "")
    if len(name) > LONGEST_NAME:
        return None
    if period := _period(name):
        return _Column(period, "")
    found = BESIDE_PERIOD.fullmatch(name)
    period = _period(found["period"] or found["first"]) if found else None
    return _Column(period, found["before"] or found["after"]) if found and period else None


def _period(name: str) -> NamedPeriod | None:
    """The period that a text names, also below those that it is a part of: "Q1 Jan", "2026 H1 Jan"."""
    if period := period_of(name):
        return period
    words = name.split()
    for at in range(1, len(words)):
        whole, part = period_of(" ".join(words[:at])), period_of(" ".join(words[at:]).strip(":-– "))
        if whole and part and part.months_count < whole.months_count and part.year is None:
            if part.is_of_calendar and FISCAL.search(name):
                return None  # a month of a fiscal year lies in either of two
            is_of_calendar = (
                whole.months_count == YEARS
                or (part.number - 1) * part.months_count // whole.months_count == whole.number - 1
            )
            return replace(part, year=whole.year if is_of_calendar else None)
    return None


def _without_period(text: str) -> str:
    """What a sheet or title is called, without the months, years and remarks behind it."""
    words = text.replace(",", " , ").replace("(", " , ").split()
    kept = [word for word in words[: words.index(",") if "," in words else None] if period_of(word) is None]
    return " ".join(kept)


def _says_who(table: FoundTable, at: int) -> bool:
    """Whether a column holds words, such as names of reps or teams."""
    filled = [row[at] for row in table.cells[:ROWS_JUDGED] if not is_blank(row[at])]
    return len(read_column(Kind.NUMBER, filled).unread) > len(filled) / 2
