"""Whom a comparison is about, and who is there to be compared. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import numpy as np
import pandas as pd

from spm.calendar import Span
from spm.people.roles import label_of


class Level(StrEnum):
    """What is compared with its like."""

    REP = "rep"
    TEAM = "team"
    ROLE = "role"
    COMPANY = "company"


@dataclass(frozen=True)
class Subject:
    """A rep, team, role (by its key) or the organisation. A team is everyone below it too."""

    level: Level
    name: str

    @property
    def where(self) -> dict[str, str]:
        return {} if self.level is Level.COMPANY else {self.level.value: self.name}

    @property
    def label(self) -> str:
        return label_of(self.name) if self.level is Level.ROLE else self.name


def members(active: pd.DataFrame, people: pd.DataFrame, span: Span, today: date) -> pd.DataFrame:
    """Everyone of `active` (see `org.active`) once, as they stood last in `span`.

    Columns: person_id, rep, role, role_label, team, manager, reporting_line, tenure_days (on the last of the days that are
    over, None where the start is not known), present_share (the days they were there of the span's, 0 to 1).
    """
    in_order = active.sort_values("starts_on")
    stays = zip(in_order["person_id"].tolist(), in_order["starts_on"], in_order["ends_before"], strict=True)
    last_at: dict[int, int] = {}
    days_count: dict[int, int] = {}
    for at, (person, start, end) in enumerate(stays):
        last_at[person] = at
        days_count[person] = days_count.get(person, 0) + (end - start).days
    day, started = min(span.last_day, today), dict(zip(people["id"], people["started_on"], strict=True))
    starts = [started.get(person, np.nan) for person in last_at]
    latest = in_order.iloc[[*last_at.values()]].drop(columns=["starts_on", "ends_before"])
    frame = latest.assign(
        person_id=[*last_at],
        role_label=latest["role"].map(label_of),
        tenure_days=[np.nan if pd.isna(start) else max((day - start).days + 1, 0) for start in starts],
        present_share=[min(days_count[person] / span.days_count, 1.0) for person in last_at],
    )
    return frame.sort_values("rep", ignore_index=True)


def days_there(active: pd.DataFrame, days: Sequence[date]) -> dict[str, int]:
    """On how many of `days`, which are in order, each rep of `active` (see `org.active`) was there."""
    numbers = [day.toordinal() for day in days]
    starts, ends = (
        np.searchsorted(numbers, [day.toordinal() for day in active[column]]) for column in ("starts_on", "ends_before")
    )
    found = {rep: np.zeros(len(days), dtype=bool) for rep in active["rep"].unique()}
    for rep, start, end in zip(active["rep"], starts, ends, strict=True):
        found[rep][start:end] = True  # one who is in two places on a day is there once
    return {rep: int(is_there.sum()) for rep, is_there in found.items()}


def split(frame: pd.DataFrame, subjects: Sequence[Subject], column: str) -> dict[Subject, pd.DataFrame]:
    """The rows of each subject, by name in `column`."""
    by_name: Mapping[str, pd.DataFrame] = dict(list(frame.groupby(column)))
    return {one: by_name.get(one.name, frame.head(0)) for one in subjects}


def of_level(subjects: Iterable[Subject], level: Level) -> list[Subject]:
    return [one for one in subjects if one.level is level]
