"""Where everybody stood on which day, as arrays that a hundred thousand rows are looked up in at once. Pure."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property

import numpy as np
import pandas as pd

from spm.calendar import Span
from spm.people import org
from spm.rows import DAY, Labels, Rows

DAYS_IN_REACH = 4_000_000  # more than there are from year 1 to year 9999


def day_numbers(days: Sequence[date] | np.ndarray | pd.Series) -> np.ndarray:
    """Days since 1970 of dates or timestamps."""
    return np.asarray(days, dtype=DAY).astype(np.int64)


class Places:
    """Everybody's name, own columns, and role, team and manager on each day, by person id.

    `people` and `assignments` are those of `Org`, `own_columns` what `grouping.person_attributes` gives.
    """

    def __init__(
        self, people: pd.DataFrame, assignments: pd.DataFrame, own_columns: Mapping[str, Mapping[int, str]]
    ) -> None:
        self._ids = np.sort(people["id"].to_numpy(np.int64))
        self._people, self._assignments, self._own_columns = people, assignments, own_columns
        self._of_person: dict[str, Labels] = {}

    def of_person(self, name: str, person_ids: np.ndarray) -> Labels:
        """The name (`rep`) or own column of each person; missing for those who have none."""
        if name not in self._of_person:
            named = (
                dict(zip(self._people["id"], self._people["rep"], strict=True))
                if name == "rep"
                else self._own_columns[name]
            )
            self._of_person[name] = Labels.of(named.get(int(one)) for one in self._ids)
        return self._of_person[name].at(places_in(self._ids, person_ids))

    def on_days(self, name: str, person_ids: np.ndarray, days: np.ndarray) -> Labels:
        """The role, team or manager (`name`) of each person on the day beside it; missing where there is none."""
        return self._spans.labels[name].at(self._assignment(person_ids, days))

    def changed_mid_month(self, span: Span) -> np.ndarray:
        """The (person, month) pairs, as `pairs` makes them, in which a role, team or manager changes within the month."""
        people, days = self._changes
        is_within = (days >= np.datetime64(span.start)) & (days < np.datetime64(span.end))
        return pairs(people[is_within], days[is_within])

    @cached_property
    def _changes(self) -> tuple[np.ndarray, np.ndarray]:
        """The people and days of all changes that do not fall on the first of a month."""
        spans = self._spans.numbers
        people = np.tile(spans["person_id"], 2)
        days = np.concatenate([spans["starts_on"], spans["ends_before"]])
        is_mid_month = days != days.astype("datetime64[M]").astype(DAY)
        return people[is_mid_month], days[is_mid_month]

    @cached_property
    def _spans(self) -> Rows:
        """The assignments, each person's one after the other."""
        spans = stood(org.spans(self._assignments))
        return spans[np.argsort(moments(spans.numbers["person_id"], spans.numbers["starts_on"]), kind="stable")]

    @cached_property
    def _starts(self) -> np.ndarray:
        return moments(self._spans.numbers["person_id"], self._spans.numbers["starts_on"])

    def _assignment(self, person_ids: np.ndarray, days: np.ndarray) -> np.ndarray:
        """The row of `_spans` that holds for each person and day, -1 where none does."""
        spans = self._spans.numbers
        at = np.searchsorted(self._starts, moments(person_ids, days), side="right") - 1
        is_known = at >= 0
        before = at[is_known]
        holds = (spans["person_id"][before] == person_ids[is_known]) & (days[is_known] < spans["ends_before"][before])
        at[is_known] = np.where(holds, before, -1)
        return at


def stood(stays: pd.DataFrame) -> Rows:
    """Who was in which role and team, under whom, from when to when (see `org.stays`), as columns to look up in."""
    days = {name: stays[name].to_numpy(DAY) for name in ("starts_on", "ends_before")}
    labels = {name: Labels.of(stays[name]) for name in org.DIMENSIONS}
    return Rows({"person_id": stays["person_id"].to_numpy(np.int64), **days}, labels)


def there(stays: Rows, span: Span) -> Rows:
    """Those of `stood` with a day in `span`, cut to it."""
    starts = np.maximum(stays.numbers["starts_on"], np.datetime64(span.start))
    ends = np.minimum(stays.numbers["ends_before"], np.datetime64(span.end))
    return stays.plus({"starts_on": starts, "ends_before": ends})[starts < ends]


def places_in(known: np.ndarray, asked: np.ndarray) -> np.ndarray:
    """The place of each number among those known, which are in order; -1 where it is none of them."""
    at = np.searchsorted(known, asked)
    at[at == len(known)] = -1
    if len(known):
        at[known[at] != asked] = -1
    return at


def moments(owners: np.ndarray, days: np.ndarray) -> np.ndarray:
    """A number for each owner (a number) and day, in the order of owners and then of days."""
    return owners.astype(np.int64) * DAYS_IN_REACH + day_numbers(days)


def pairs(person_ids: Sequence[int] | np.ndarray, days: np.ndarray) -> np.ndarray:
    """A number for each person and month of a day, to look pairs up by."""
    months = np.asarray(days, dtype=DAY).astype("datetime64[M]").astype(np.int64)
    return np.asarray(person_ids, dtype=np.int64) * DAYS_IN_REACH + months


def stretches(person_months: np.ndarray) -> list[tuple[Span, tuple[int, ...]]]:
    """The months of such pairs, neighbours together, each with the people who have one in it."""
    people, months = np.divmod(person_months, DAYS_IN_REACH)
    known = np.unique(months)
    found = []
    for run in np.split(known, np.nonzero(np.diff(known) > 1)[0] + 1):
        first, beyond = (month.astype("datetime64[M]").astype(DAY).astype(object) for month in (run[0], run[-1] + 1))
        found.append((Span(first, beyond), tuple(np.unique(people[np.isin(months, run)]).tolist())))
    return found
