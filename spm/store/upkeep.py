"""Keeping totals true after facts, quotas, filters or working days changed; called inside the change set of it."""

import pandas as pd

from spm.calendar import WorkingCalendar
from spm.metrics.quotas import by_day
from spm.store import slices, totals
from spm.store.change_sets import Writing
from spm.store.tables import OwnMeasure, Quota, Setting


def refresh_totals(open_set: Writing, calendar: WorkingCalendar, filters_changed: bool = False) -> None:
    """Brings those totals up to date that a change set doesn't bring along by itself (see `spm.store.recount`).

    Quotas are few: all of them are spread anew over the working days of `calendar`, where one or a setting changed.
    `filters_changed`: an attribute was marked or unmarked to filter by while there were facts; then all facts are
    sliced and counted anew.
    """
    if filters_changed:
        slices.reassign(open_set.connection)
        open_set.recount.forget()
        totals.rebuild(open_set.connection)
    if str(OwnMeasure.__tablename__) in open_set.touched:
        totals.forget_others(open_set.connection)
    if {str(Quota.__tablename__), str(Setting.__tablename__)} & open_set.touched:
        _spread_quotas(open_set, calendar)


def _spread_quotas(open_set: Writing, calendar: WorkingCalendar) -> None:
    rows = open_set.rows(
        Quota, "person_id", "starts_on", "ends_before", "amount_cents", metric="bookings", team_id=None
    )
    spread = by_day(
        pd.DataFrame(rows, columns=["person_id", "starts_on", "ends_before", "amount_cents"]), "person_id", calendar
    )
    totals.put(open_set.connection, "quota", spread)
