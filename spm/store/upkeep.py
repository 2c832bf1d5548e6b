"""Keeping totals true after facts, quotas, filters or working days changed; called inside the change set of it."""

import pandas as pd

from spm.calendar import WorkingCalendar
from spm.metrics.quotas import by_day
from spm.store import slices, totals
from spm.store.change_sets import Writing
from spm.store.tables import Quota, Setting

CALENDAR_SETTINGS = ("country", "closing_days")


def refresh_totals(open_set: Writing, calendar: WorkingCalendar, filters_changed: bool = False) -> None:
    """Brings the totals of every measure up to date for what `open_set` touched.

    Quotas are few: all of them are spread anew over the working days of `calendar`, where one or the calendar changed.
    `filters_changed`: an attribute was marked or unmarked to filter by while there were facts; then all facts are
    sliced and counted anew.
    """
    if filters_changed:
        slices.reassign(open_set.connection)
        totals.rebuild(open_set.connection)
    else:
        totals.refresh(open_set.connection, totals.touched_months(open_set.touched))
    settings = open_set.touched.get(str(Setting.__tablename__), [])
    if open_set.touched.get(str(Quota.__tablename__)) or any(row["key"] in CALENDAR_SETTINGS for row in settings):
        _spread_quotas(open_set, calendar)


def _spread_quotas(open_set: Writing, calendar: WorkingCalendar) -> None:
    rows = open_set.rows(
        Quota, "person_id", "starts_on", "ends_before", "amount_cents", metric="bookings", team_id=None
    )
    spread = by_day(
        pd.DataFrame(rows, columns=["person_id", "starts_on", "ends_before", "amount_cents"]), "person_id", calendar
    )
    totals.put(open_set.connection, "quota", spread)
