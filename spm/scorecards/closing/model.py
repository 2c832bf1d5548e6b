"""A closing of a period, which one holds on a day, and which periods are due. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from spm.calendar import FiscalCalendar, Grain, Period, Span
from spm.metrics.wording import shown_percent

CLOSED_BY_THEMSELVES = (Grain.MONTH, Grain.QUARTER, Grain.YEAR)


@dataclass(frozen=True)
class Closing:
    """A period closed on a day, by whom, and opened again on another with a reason; None while it is closed."""

    id: int
    period: Period
    closed_on: date
    author: str
    is_automatic: bool
    reopened_on: date | None = None
    reopen_reason: str = ""

    def holds_on(self, day: date) -> bool:
        """Whether the period was closed by this closing at the end of that day."""
        return self.closed_on <= day and (self.reopened_on is None or day < self.reopened_on)

    @property
    def is_closed(self) -> bool:
        return self.reopened_on is None

    @property
    def by(self) -> str:
        return "by itself" if self.is_automatic else f"by {self.author}"

    @property
    def words(self) -> str:
        """As in "Closed on 5 Apr 2026 by Nora"."""
        return f"Closed on {self.closed_on.day} {self.closed_on:%b %Y} {self.by}"


def closing_of(closings: Iterable[Closing], period: Span, known_on: date | None = None) -> Closing | None:
    """The closing of exactly these days that holds now, or held on `known_on`; None where they were open."""
    found = [
        closing
        for closing in closings
        if (closing.period.start, closing.period.end) == (period.start, period.end)
        and (closing.is_closed if known_on is None else closing.holds_on(known_on))
    ]
    return found[-1] if found else None


def due(
    closings: Sequence[Closing],
    calendar: FiscalCalendar,
    set_up_on: date,
    after_days: int,
    facts_until: date,
    today: date,
) -> list[Period]:
    """The months, quarters and years to be closed by themselves, in the order in which they ended.

    Those that ended on or after the day of set-up, at least `after_days` days ago, of which the facts reach the last day,
    and which nobody has ever closed.
    """
    ever_closed = {(closing.period.start, closing.period.end) for closing in closings}
    found = [
        period
        for grain in CLOSED_BY_THEMSELVES
        for period in calendar.periods(grain, Span(set_up_on, max(set_up_on, today)))
        if period.last_day >= set_up_on
        and period.last_day + timedelta(days=after_days) <= today
        and period.last_day <= facts_until
        and (period.start, period.end) not in ever_closed
    ]
    return sorted(found, key=lambda period: (period.end, period.days_count))


def since_then(kept: float | None, now: float | None) -> str:
    """What later sheets or definitions would make of a kept score: "would now be 87, was 91"; "" where it is the same."""
    if kept is None and now is None:
        return ""
    if kept is not None and now is not None and abs(kept - now) < 1e-9:
        return ""
    was, would = ("no score" if score is None else _percent(score, kept, now) for score in (kept, now))
    return f"would now be {would}, was {was}"


def _percent(score: float, kept: float | None, now: float | None) -> str:
    """Whole points; with one digit where whole ones would not tell the two apart."""
    both = None not in (kept, now)
    if both and shown_percent(kept or 0.0) == shown_percent(now or 0.0):
        return f"{100 * score:.2f}"
    return str(shown_percent(score))
