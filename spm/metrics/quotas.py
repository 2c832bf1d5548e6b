"""Quotas spread over the working days of their span. Pure."""

import numpy as np
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
    wholes = [Span(start, end) for start, end in zip(quotas["starts_on"], quotas["ends_before"], strict=True)]
    days_of = {whole: calendar.working_days(whole) or list(whole.days()) for whole in dict.fromkeys(wholes)}
    counts = np.array([len(days_of[whole]) for whole in wholes], np.int64)
    quota = np.repeat(np.arange(len(wholes)), counts)
    if not len(quota):
        return pd.DataFrame(columns=[owner, "day", "value_e4"])
    day = np.array([day for whole in wholes for day in days_of[whole]], object)
    at = np.arange(len(quota)) - np.repeat(np.cumsum(counts) - counts, counts)
    amount, count = quotas["amount_cents"].to_numpy(np.int64)[quota], counts[quota]
    running = [(2 * amount * until + count) // (2 * count) for until in (at, at + 1)]
    spread = pd.DataFrame(
        {owner: quotas[owner].to_numpy()[quota], "day": day, "value_e4": (running[1] - running[0]) * E4}
    )
    if span is not None:
        spread = spread[(day >= span.start) & (day < span.end)]
    return spread.groupby([owner, "day"], as_index=False)["value_e4"].sum()
