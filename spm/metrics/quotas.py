"""Quotas spread over the working days of their span. Pure."""

import pandas as pd

from spm.calendar import Span, WorkingCalendar

E4 = 10_000


def by_day(quotas: pd.DataFrame, owner: str, calendar: WorkingCalendar, span: Span | None = None) -> pd.DataFrame:
    """Each quota, day by day: columns `owner` (the column of that name), `day`, `value_e4` (ten-thousandths of a cent).

    A quota is spread evenly over the working days of its span (over all days where it has none), the running sum rounded
    to whole cents: the days add up to the quota exactly, and any part of the span is within one cent of its share of the
    working days (DEFINITIONS 1). Days outside `span` are left out. `quotas` has the columns starts_on, ends_before,
    amount_cents and the owner's.
    """
    pieces = []
    for quota in quotas.to_dict("records"):
        whole = Span(quota["starts_on"], quota["ends_before"])
        days = calendar.working_days(whole) or list(whole.days())
        amount, count = quota["amount_cents"], len(days)
        running = [(2 * amount * at + count) // (2 * count) for at in range(count + 1)]
        pieces += [
            (quota[owner], day, (running[at + 1] - running[at]) * E4)
            for at, day in enumerate(days)
            if span is None or day in span
        ]
    spread = pd.DataFrame(pieces, columns=[owner, "day", "value_e4"])
    return spread.groupby([owner, "day"], as_index=False)["value_e4"].sum() if len(spread) else spread
