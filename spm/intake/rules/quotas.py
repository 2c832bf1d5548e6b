"""Quotas: from which day to which day, told by dates, by the name of a period, or by year and month."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from re import IGNORECASE, compile

from spm.calendar import plus_months
from spm.intake.checking.draft import Draft, some
from spm.intake.layouts import Kind
from spm.intake.recognising.headers import folded
from spm.intake.recognising.left_out import numbered
from spm.intake.recognising.period_columns import OTHER_WORDS
from spm.intake.rules.periods import ask_for_year
from spm.intake.values import read_column
from spm.intake.values.periods import MONTHS, NamedPeriod, period_of

RESULTS = compile(rf"(?:{OTHER_WORDS}|sales|revenue|won|umsatz|ventas|chiffre)\b", IGNORECASE)
WEEK = timedelta(days=7)
OF_ALL = frozenset({"company", "wholecompany", "companytotal", "totalcompany", "all", "allteams", "allregions", "overall",
                    "everyone", "gesamt", "unternehmen", "entreprise", "empresa", "azienda"})  # fmt: skip
LENGTHS = {"month": 1, "quarter": 3, "year": 12}


def check_quotas(draft: Draft) -> None:
    """Fills `starts_on` and `ends_on` (the last day) where they follow without the company's fiscal year.

    What needs it (a quarter or a year by name) stays in `period` as "2017-Q2" or "2017", without days. A
    quota that no period can be made of is refused.
    """
    _tell_what_counts_nowhere(draft)
    _leave_out_sums(draft)
    starts, ends, periods = draft["starts_on"], draft["ends_on"], draft["period"]
    ask_for_year(draft, "period")
    is_weekly = "week" in folded(draft.headers.get("starts_on", ""))
    months_count = _months_count(draft.headers.get("starts_on", ""), starts)
    for at, year in enumerate(draft["year"]):
        if at in draft.refused | draft.waiting:
            continue
        if starts[at] is None:
            starts[at], end, periods[at] = _named(periods[at], None if year is None else int(year))
            ends[at] = ends[at] or end
        elif ends[at] is None and is_weekly:
            ends[at] = starts[at] + WEEK - timedelta(days=1)
        elif ends[at] is None and months_count:
            if LENGTHS["month"] == months_count:
                starts[at] = starts[at].replace(day=1)
            ends[at] = _last_day(starts[at], months_count)
        if starts[at] is None and periods[at] is None:
            key = next((key for key in ("starts_on", "period", "year") if key in draft.headers), None)
            draft.refuse(at, "no period for this quota", key, expected="days, or a period such as 2017-Q2")
        elif starts[at] is not None and ends[at] is None:
            draft.refuse(at, "nothing says when this quota ends", "starts_on", str(starts[at]), "a last day")
        elif starts[at] is not None and ends[at] < starts[at]:
            draft.refuse(
                at,
                "this quota ends before it starts",
                "ends_on",
                str(ends[at]),
                f"a day from {starts[at]} on",
            )


def _tell_what_counts_nowhere(draft: Draft) -> None:
    """A note on columns of results beside the quotas: what was sold comes from deals or orders alone."""
    results = [
        header
        for header, texts in draft.attributes.items()
        if RESULTS.match(header) and not read_column(Kind.MONEY, [text for text in texts if text]).unread
    ]
    if results:
        draft.note(f"{some(results)} beside the quotas count nowhere: what was sold comes from deals or orders")


def _leave_out_sums(draft: Draft) -> None:
    """Rows of the whole company beside those of its teams and reps: their sum, which would count twice."""
    rows = zip(draft["owner"], draft["owner_key"], draft["team"], strict=True)
    of_all = {at for at, (name, key, team) in enumerate(rows) if team and not (name or key) and folded(team) in OF_ALL}
    if of_all and len(of_all) < len(draft):
        draft.waiting |= of_all
        teams = some(draft["team"][at] for at in of_all)
        draft.note(
            f"{numbered(sorted({draft.row_numbers[at] for at in of_all}))} left out: {teams} is the sum of the others"
        )


def _months_count(header: str, starts: Sequence[date | None]) -> int | None:
    """How many months a quota lasts: as the header says ("TargetMonth"), or as the distances of its days
    show."""
    named = next((months for word, months in LENGTHS.items() if word in folded(header)), None)
    known = sorted({day for day in starts if day is not None})
    if named or any(day.day != 1 for day in known):
        return named
    gaps = {(b.year - a.year) * 12 + b.month - a.month for a, b in pairwise(known)}
    return min(gaps) if gaps and min(gaps) in LENGTHS.values() else None


def _named(period: str | None, year: int | None) -> tuple[date | None, date | None, str | None]:
    """First and last day where the text names a month; otherwise the period, with its year, as `spm.calendar`
    reads it."""
    if period is None:
        return None, None, None if year is None else str(year)
    named = _month_numbered(period, year) or period_of(period)
    if named is None or (named.year or year) is None:
        return None, None, None
    of_year = replace(named, year=named.year or year)
    if not of_year.is_of_calendar:
        return None, None, of_year.text
    month = date(int(of_year.year or 0), of_year.number, 1)
    return month, _last_day(month, 1), None


def _month_numbered(period: str, year: int | None) -> NamedPeriod | None:
    """The month that a number is, where the year stands beside it."""
    is_month = year is not None and period.isdecimal() and 1 <= int(period) <= 12
    return NamedPeriod(MONTHS, int(period)) if is_month else None


def _last_day(start: date, months_count: int) -> date:
    """The last day of so many months from any day: three from 31 May end on 30 August."""
    after = plus_months(start, months_count)
    last_of_month = plus_months(after, 1) - timedelta(days=1)
    return min(after.replace(day=min(start.day, last_of_month.day)), last_of_month) - timedelta(days=1)
