"""The company as the store has it, and its today."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path

import pandas as pd

from spm.calendar import ONE_DAY, Grain, Period
from spm.company.settings import Company, from_plain, last_fact_day, opening_period, today
from spm.errors import Refusal
from spm.store import history, migration, past, reading
from spm.store.change_sets import Writing
from spm.store.opening import Store
from spm.store.recount import Recount
from spm.store.tables import Quota, Setting
from spm.store.upkeep import refresh_totals


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


@dataclass(frozen=True)
class Backup:
    """A copy of the database in a file beside it."""

    file: Path
    made_at: datetime
    bytes_count: int


def backups_of(store: Store) -> list[Backup]:
    """The backups there are, the latest first; none where a database server keeps the data."""
    files = [(file, file.stat()) for file in migration.backups(store.engine)]
    return [Backup(file, datetime.fromtimestamp(stat.st_mtime).astimezone(), stat.st_size) for file, stat in files]


def database_of(store: Store) -> str:
    """Where the database is: the file, or the server's address without its password."""
    url = store.engine.url
    if store.engine.dialect.name == "sqlite":
        return str(Path(url.database or "").resolve())
    return url.render_as_string(hide_password=True)


def change_list(store: Store) -> pd.DataFrame:
    """The latest 200 change sets: id, kind, author, is_verified, made_at, note, undone_in; the latest first."""
    return history.change_sets(store)


def standing_of(store: Store, real_today: date) -> Standing:
    """The company and its as-of day; `ignored_days` are fact days that were passed over as typing errors."""
    settings = company_of(store)
    days = reading.fact_days(store)
    last = last_fact_day(days, real_today)
    ignored = tuple(day for day in days if last is not None and day > last)
    return Standing(settings, today(settings, last, real_today), last, ignored)


@contextmanager
def as_known_on(store: Store, day: date) -> Iterator[Store]:
    """What the store held at the end of a day, as a scratch store with totals of its own; it goes when the block ends.

    Raises Refusal for a day before anything came in, and for one on which something counted that an earlier version of the
    program undid without keeping it.
    """
    number = past.last_change(store, datetime.combine(day + ONE_DAY, time.min))
    if number is None:
        raise Refusal(f"Nothing was known here on {day:%-d %b %Y} yet.", "Take a later day.")
    missing = past.lost_since(store, number)
    if len(missing):
        lost = missing.iloc[0]
        about = f" ({lost['note']})" if lost["note"] else ""
        raise Refusal(
            f"What was known on {day:%-d %b %Y} can’t be told any more: {lost['kind']} {lost['id']}{about} counted then and "
            f"was undone on {lost['undone_at']:%-d %b %Y} by an earlier version of this app, which kept nothing of it.",
            "Take a day before it came in, or after it was undone.",
        )
    with as_known_after(store, number) as then:
        yield then


@contextmanager
def as_known_after(store: Store, number: int) -> Iterator[Store]:
    """What the store held once change set `number` had landed."""
    with past.as_it_was(store, number) as then:
        with then.write_transaction() as connection:
            touched = {str(Quota.__tablename__), str(Setting.__tablename__)}
            open_set = Writing(connection, number, Recount(connection), touched)
            refresh_totals(open_set, company_within(open_set).working_calendar, filters_changed=True)
        yield then
