"""The company as the store has it, and its today."""

from dataclasses import dataclass
from datetime import date

from spm.calendar import Grain, Period
from spm.company.settings import Company, from_plain, last_fact_day, opening_period, today
from spm.store import reading
from spm.store.change_sets import Writing
from spm.store.opening import Store
from spm.store.tables import Setting


@dataclass(frozen=True)
class Standing:
    """The company, the app's as-of day, and whether that day is the real one, set by hand or taken from the facts."""

    company: Company
    today: date
    last_fact_on: date | None
    ignored_days: tuple[date, ...]

    @property
    def opens_on(self) -> Period:
        """The period that pages open on."""
        return opening_period(self.company.fiscal_calendar, self.today, Grain.QUARTER)


def company_of(store: Store) -> Company:
    return from_plain(reading.settings(store))


def company_within(open_set: Writing) -> Company:
    """The company as it is inside a change set that has not landed yet."""
    return from_plain({row["key"]: row["value"] for row in open_set.rows(Setting, "key", "value")})


def standing_of(store: Store, real_today: date) -> Standing:
    """The company and its as-of day; `ignored_days` are fact days that were passed over as typing errors."""
    settings = company_of(store)
    days = reading.fact_days(store)
    last = last_fact_day(days, real_today)
    ignored = tuple(day for day in days if last is not None and day > last)
    return Standing(settings, today(settings, last, real_today), last, ignored)
