"""Periods that say no year: of which one they are is asked, once for the sheet."""

from datetime import date

from spm.intake.checking.draft import Draft
from spm.intake.values.periods import period_of


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


def month_named(text: str, year: float | None) -> date | None:
    """The first day of the month that a text names, of the `year` where it says none; None where it names no month."""
    period = period_of(text)
    if period is None or not period.is_of_calendar or (period.year or year) is None:
        return None
    return date(int(period.year or year or 0), period.number, 1)
