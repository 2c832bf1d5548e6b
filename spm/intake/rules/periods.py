"""Periods that say no year: of which one they are is asked, once for the sheet."""

from datetime import date

from spm.intake.checking.draft import Draft
from spm.intake.values.periods import period_of

MONTH_NUMBERS = range(1, 13)


def ask_for_year(draft: Draft, key: str) -> None:
    """A question where periods of a field are named without a year and no other column says it; the rows wait for the
    answer, and are neither refused nor accepted."""
    if key not in draft.headers:
        return
    named = {text: period_of(text) for text in set(filter(None, draft[key]))}
    bare = {text for text, period in named.items() if period is not None and period.year is None}
    rows = zip(draft[key], draft["year"], strict=True)
    waiting = {at: str(text) for at, (text, year) in enumerate(rows) if text in bare and year is None}
    if not waiting:
        return
    draft.waiting.update(waiting)
    first, *others = dict.fromkeys(waiting.values())
    message = f"“{first}” to “{others[-1]}” name" if others else f"“{first}” names"
    draft.stop(f"{message} no year: which one is meant?", key, "--year YEAR")


def take_first_days(draft: Draft, key: str, row_is: str) -> None:
    """Fills a field of days with the first day of the month that `period` and `year` name, and refuses a row that names none:
    for sheets that say of no row on which day it was."""
    ask_for_year(draft, "period")
    for at, (period, year) in enumerate(zip(draft["period"], draft["year"], strict=True)):
        month = month_named(period, year) if period else None
        if month is None and at not in draft.refused | draft.waiting:
            draft.refuse(at, f"no day or month for this {row_is}", "period", period, "a month such as 2026-03")
        draft[key][at] = month
    draft.note(f"{row_is}s of a month are taken for its first day", key="period")


def month_named(text: str, year: float | None) -> date | None:
    """The first day of the month that a text names, of the `year` where it says none ("3" as "March"); None where it names
    none."""
    if year is not None and text.isdecimal() and int(text) in MONTH_NUMBERS:
        return date(int(year), int(text), 1)
    period = period_of(text)
    if period is None or not period.is_of_calendar or (period.year or year) is None:
        return None
    return date(int(period.year or year or 0), period.number, 1)
