"""Where everybody stood on which day, as arrays that a hundred thousand rows are looked up in at once. Pure."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property

import numpy as np
import pandas as pd

from spm.calendar import Span
from spm.people import org

DAY = "datetime64[D]"
DAYS_IN_REACH = 4_000_000  # more than there are from year 1 to year 9999


def day_numbers(days: Sequence[date] | pd.Series) -> np.ndarray:
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
        self._of_person: dict[str, pd.Categorical] = {}

    def of_person(self, name: str, person_ids: np.ndarray) -> pd.Categorical:
        """The name (`rep`) or own column of each person; missing for those who have none."""
        if name not in self._of_person:
            named = (
                dict(zip(self._people["id"], self._people["rep"], strict=True))
                if name == "rep"
                else self._own_columns[name]
            )
            self._of_person[name] = categories_of([*(named.get(int(one)) for one in self._ids), None])
        known = self._of_person[name]
        return pd.Categorical.from_codes(known.codes[self._at(person_ids)], dtype=known.dtype)

    def on_days(self, name: str, person_ids: np.ndarray, days: np.ndarray) -> pd.Categorical:
        """The role, team or manager (`name`) of each person on the day beside it; missing where there is none."""
        known = self._dimensions[name]
        return pd.Categorical.from_codes(known.codes[self._assignment(person_ids, days)], dtype=known.dtype)

    def coded(self, name: str, values: pd.Series) -> pd.Categorical:
        """Roles, teams or managers (`name`) as codes of all that there are, as `on_days` gives them."""
        return pd.Categorical(values.astype(object), dtype=self._dimensions[name].dtype)

    def changed_mid_month(self, span: Span) -> np.ndarray:
        """The (person, month) pairs, as `pairs` makes them, in which a role, team or manager changes within the month."""
        people, days = self._changes
        is_within = (days >= np.datetime64(span.start)) & (days < np.datetime64(span.end))
        return pairs(people[is_within], days[is_within])

    @cached_property
    def _changes(self) -> tuple[np.ndarray, np.ndarray]:
        """The people and days of all changes that do not fall on the first of a month."""
        spans = self._spans
        people = np.tile(spans["person_id"].to_numpy(np.int64), 2)
        days = np.concatenate([spans[name].to_numpy(DAY) for name in ("starts_on", "ends_before")])
        is_mid_month = days != days.astype("datetime64[M]").astype(DAY)
        return people[is_mid_month], days[is_mid_month]

    @cached_property
    def _spans(self) -> pd.DataFrame:
        spans = org.spans(self._assignments)
        return spans.assign(_start=day_numbers(spans["starts_on"]), _end=day_numbers(spans["ends_before"])).sort_values(
            ["person_id", "_start"], ignore_index=True
        )

    @cached_property
    def _dimensions(self) -> dict[str, pd.Categorical]:
        return {name: categories_of([*self._spans[name], None]) for name in org.DIMENSIONS}

    @cached_property
    def _starts(self) -> np.ndarray:
        return moments(self._spans["person_id"].to_numpy(np.int64), self._spans["_start"].to_numpy())

    def _assignment(self, person_ids: np.ndarray, days: np.ndarray) -> np.ndarray:
        """The row of `_spans` that holds for each person and day, the one behind the last where none does."""
        none = len(self._spans)
        if not none:
            return np.full(len(person_ids), none)
        people, numbers = np.asarray(person_ids, np.int64), day_numbers(days)
        at = np.searchsorted(self._starts, moments(people, numbers), side="right") - 1
        before = np.maximum(at, 0)
        holds = (at >= 0) & (self._spans["person_id"].to_numpy(np.int64)[before] == people)
        return np.where(holds & (numbers < self._spans["_end"].to_numpy()[before]), before, none)

    def _at(self, person_ids: np.ndarray) -> np.ndarray:
        """The place of each person in `_ids`, the one behind the last for nobody."""
        none = len(self._ids)
        if not none:
            return np.full(len(person_ids), none)
        people = np.asarray(person_ids, np.int64)
        at = np.minimum(np.searchsorted(self._ids, people), none - 1)
        return np.where(self._ids[at] == people, at, none)


def moments(owners: np.ndarray, days: np.ndarray) -> np.ndarray:
    """A number for each owner (a number) and day, in the order of owners and then of days."""
    return owners.astype(np.int64) * DAYS_IN_REACH + day_numbers(days)


def categories_of(values: Sequence[str | None]) -> pd.Categorical:
    """The values as codes of their sorted kinds."""
    return pd.Categorical(pd.array([None if pd.isna(value) else value for value in values], dtype=object))


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
