"""The quotas that hold, held against what came so far: fairness as the year goes. Pure."""

import pandas as pd

from spm.calendar import Span, WorkingCalendar, plus_months
from spm.planning.seasons import Season


def due_cents(quotas: pd.DataFrame, span: Span, season: Season, calendar: WorkingCalendar) -> dict[int, float]:
    """Person → what their quotas ask for on the days of `span`: each quota × the share of its season that falls there.

    `quotas`: person_id, starts_on, ends_before, amount_cents.
    """
    found: dict[int, float] = {}
    for (start, end), rows in quotas.groupby(["starts_on", "ends_before"]):
        if share := season_share(Span(start, end), span, season, calendar):
            for person, amount in zip(rows["person_id"], rows["amount_cents"], strict=True):
                found[int(person)] = found.get(int(person), 0.0) + share * float(amount)
    return found


def season_share(whole: Span, part: Span, season: Season, calendar: WorkingCalendar) -> float:
    """The share of the season of `whole` that falls on the days of `part`, 0 to 1; within a month by working days."""
    inside = whole.overlap(part)
    if inside is None:
        return 0.0
    weight = _weight(whole, season, calendar)
    return _weight(inside, season, calendar) / weight if weight else inside.days_count / whole.days_count


def _weight(span: Span, season: Season, calendar: WorkingCalendar) -> float:
    """How many years' worth of bookings a season brings on the days of a span."""
    found = 0.0
    for month in span.first_days_of_months():
        found += season.weights([month])[0] * calendar.share(span, Span(month, plus_months(month, 1)))
    return found
