"""What published quotas do to those that are there: cut off where the new ones begin. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from spm.calendar import Span, WorkingCalendar, plus_months

Row = dict[str, Any]


def remaining(quota: Mapping[str, Any], taken: Span, calendar: WorkingCalendar) -> list[Row]:
    """What stays of a quota (starts_on, ends_before, amount_cents) outside the days that are taken, before and after them.

    Its amount goes by working days, as attainment counts a part of a span; rounded as the days before it add up.
    """
    whole = Span(quota["starts_on"], quota["ends_before"])
    days = calendar.working_days(whole) or list(whole.days())
    rows = []
    for start, end in ((whole.start, min(taken.start, whole.end)), (max(taken.end, whole.start), whole.end)):
        if start < end:
            amount = _until(quota["amount_cents"], days, end) - _until(quota["amount_cents"], days, start)
            rows.append({"starts_on": start, "ends_before": end, "amount_cents": amount})
    return rows


def _until(amount_cents: int, days: Sequence[date], day: date) -> int:
    """What of an amount falls before a day."""
    at = sum(1 for one in days if one < day)
    return (2 * amount_cents * at + len(days)) // (2 * len(days))


def quota_key(owner: str, span: Span) -> str:
    """The key of a quota of bookings, as a sheet of quotas gives it: the later one of the same key holds."""
    return f"{owner} | bookings | {span.start} | {span.end}"


def by_month(
    months_cents: Sequence[int], starts_on: date, effective_on: date
) -> Iterable[tuple[Span, int]]:  # fmt: skip
    """The months of a plan from the one in which it takes effect, with what each carries."""
    for at, amount in enumerate(months_cents):
        month = Span(plus_months(starts_on, at), plus_months(starts_on, at + 1))
        if month.start >= effective_on:
            yield month, amount
