"""Keeping totals true after facts changed; called inside the change set that changed them."""

import pandas as pd

from spm.calendar import WorkingCalendar
from spm.metrics.quotas import by_day
from spm.store import slices, totals
from spm.store.change_sets import Writing
from spm.store.tables import Quota


def refresh_totals(open_set: Writing, calendar: WorkingCalendar, filters_changed: bool = False) -> None:
    """Brings the totals of every measure up to date for the months that `open_set` touched.

    Quotas are few: all of them are spread anew when one changed. `filters_changed`: an attribute was marked or unmarked to
    filter by while there were facts; then all facts are sliced and counted anew.
    """
    if filters_changed:
        slices.reassign(open_set.connection)
        totals.rebuild(open_set.connection)
    else:
        totals.refresh(open_set.connection, totals.touched_months(open_set.touched))
    if open_set.touched.get(str(Quota.__tablename__)):
        refresh_quotas(open_set, calendar)


def refresh_quotas(open_set: Writing, calendar: WorkingCalendar) -> None:
    """Spreads all personal bookings quotas anew over the working days of `calendar`."""
    rows = open_set.rows(
        Quota, "person_id", "starts_on", "ends_before", "amount_cents", metric="bookings", team_id=None
    )
    spread = by_day(
        pd.DataFrame(rows, columns=["person_id", "starts_on", "ends_before", "amount_cents"]), "person_id", calendar
    )
    totals.put(open_set.connection, "quota", spread)
