"""What a column is named for: a period or a day, with the words beside it, and the year that names or titles tell. Pure."""

from collections.abc import Mapping, Set
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from re import IGNORECASE, compile

from spm.intake.model import Cell, Issue, Severity
from spm.intake.values.months import full_year, week_of
from spm.intake.values.periods import MONTHS, YEARS, NamedPeriod, period_of, period_starting

LONGEST_NAME = 30  # of a period
PERIOD = "Period"
QUOTA_WORDS = (
    r"(?:annual |yearly )?(?:quota|target)s?|goals?|budget|plan|soll"
    r"|jahresziele?|umsatzziele?|zielwerte?|ziele?|vorgaben?|objecti\w+|objetivos?|metas?|cuotas?|目標|目标"
    r"|목표|план|hedef|cel|الهدف"
)
OTHER_WORDS = (
    r"actuals?|act\.?|ist|bookings?|booked|achieved|achievement|attainment|r[ée]el|real|variance|var\.?|diff\.?|delta|%"
    r"|実績|实际|실적|факт|gerçekleşen|wykonanie|realizacja"
)
BESIDE_PERIOD = compile(
    rf"(?P<before>{QUOTA_WORDS}|{OTHER_WORDS})[\s:_\-–]+(?P<period>.+)|(?P<first>.+?)[\s:_\-–]+(?P<after>{QUOTA_WORDS}|{OTHER_WORDS})",
    IGNORECASE,
)
YEARS_IN_TITLE = compile(
    r"(?<!\d)((?:19|20)\d{2})(?:\s?[/\-–]\s?((?:19|20)?\d{2}))?(?!\d)|FY\s?['’]?(\d{2})(?:\s?[/\-–]\s?(\d{2}))?(?!\d)"
)
ONE_YEAR = compile(r"\D*(?:19|20)\d{2}\D*|\D*FY\s?['’]?\d{2}\D*", IGNORECASE)
FISCAL = compile(r"\bFY|fiscal|geschäftsjahr", IGNORECASE)


@dataclass(frozen=True)
class PeriodColumn:
    """A column that is named for a period, and the words that stand beside the period in its name."""

    period: NamedPeriod
    words: str


def period_column(name: str, cell: Cell) -> PeriodColumn | None:
    """What a column is named for; None for any other name."""
    if isinstance(cell, date):
        return PeriodColumn(period_starting(cell), "")
    if len(name) > LONGEST_NAME:
        return None
    if period := _period(name):
        return PeriodColumn(period, "")
    found = BESIDE_PERIOD.fullmatch(name)
    period = _period(found["period"] or found["first"]) if found else None
    return PeriodColumn(period, found["before"] or found["after"]) if found and period else None


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


def day_named(name: str, cell: Cell, years: Set[int]) -> date | None:
    """The day that a column is named for, of a week its Monday ("W02" where one year is told); None for any other name."""
    if isinstance(cell, date):
        return cell
    return week_of(name) or (week_of(f"{min(years)}-{name}") if len(years) == 1 else None)


def period_text(period: NamedPeriod, name: str) -> str:
    """A period as the Period column says it; a month without a year as it was written, without what stands beside it."""
    if period.year is not None or period.months_count != MONTHS:
        return period.text
    return next((part for part in (name, *name.split()) if period_of(part) == period), name)


def with_years(
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
