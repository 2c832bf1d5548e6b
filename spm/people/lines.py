"""Reporting lines: whom somebody answers to, whom these answer to in turn, and since when. Pure."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from itertools import groupby, pairwise

import pandas as pd

from spm.people.org import ALWAYS, NEVER, spans

UP = " › "

Ruled = Mapping[int, Sequence[tuple[date, date, int | None]]]
"""Manager → from when up to when they answered to whom, in time and without gaps."""


@lru_cache(maxsize=10_000)
def names_above(line: str | None) -> tuple[str, ...]:
    """Everyone in a reporting line, the nearest first: "Mia › Vera" → Mia, Vera."""
    return tuple(line.split(UP)) if line and pd.notna(line) else ()


def in_lines(assignments: pd.DataFrame, people: pd.DataFrame) -> pd.DataFrame:
    """The assignments with a column `reporting_line`, cut on each day on which somebody further up gets another manager.

    Ends are closed as by `org.spans`. A line is "Mia › Vera", the nearest first, None where there is no manager. It ends
    before it would come round. On days of which no sheet says whom a manager answers to it is as before, or as first known.
    """
    names = dict(zip(people["id"], people["name"], strict=True))
    known, ruled = spans(assignments), _ruled(assignments)
    cut: dict[str, list[object]] = {"row": [], "starts_on": [], "ends_before": [], "reporting_line": []}
    held = zip(known["starts_on"], known["ends_before"], known["manager_id"], strict=True)
    for row, (start, end, manager_id) in enumerate(held):
        for above, parts in groupby(_lines(_id(manager_id), start, end, ruled, ()), key=lambda part: part[2]):
            days = [(begun, over) for begun, over, _ in parts]
            line = UP.join(names[one] for one in above) or None
            for column, value in zip(cut, (row, days[0][0], days[-1][1], line), strict=True):
                cut[column].append(value)
    pieces = {name: pd.Series(cut[name], dtype=object) for name in ("starts_on", "ends_before", "reporting_line")}
    return known.iloc[cut["row"]].reset_index(drop=True).assign(**pieces)


def _ruled(assignments: pd.DataFrame) -> Ruled:
    """Of everyone who has a manager."""
    in_order = spans(assignments).sort_values("starts_on", kind="stable")
    held: dict[int, list[tuple[date, int | None]]] = defaultdict(list)
    columns = (in_order[name].tolist() for name in ("person_id", "starts_on", "manager_id"))
    for person_id, starts_on, manager_id in zip(*columns, strict=True):
        held[int(person_id)].append((starts_on, _id(manager_id)))
    found = {}
    for person_id, theirs in held.items():
        begun = [ALWAYS, *(starts_on for starts_on, _ in theirs[1:]), NEVER]
        found[person_id] = [(*days, one) for days, (_, one) in zip(pairwise(begun), theirs, strict=True)]
    return found


def _lines(
    manager_id: int | None, start: date, end: date, ruled: Ruled, above: tuple[int, ...]
) -> Iterator[tuple[date, date, tuple[int, ...]]]:
    """From when up to when who is above somebody, in [start, end), with the managers of `above` between."""
    if manager_id is None or manager_id in above:
        yield start, end, above
        return
    for begun, over, next_id in ruled.get(manager_id, [(ALWAYS, NEVER, None)]):
        if max(start, begun) < min(end, over):
            yield from _lines(next_id, max(start, begun), min(end, over), ruled, (*above, manager_id))


def _id(manager_id: float | None) -> int | None:
    return None if manager_id is None or pd.isna(manager_id) else int(manager_id)
