"""A person's assignments over time: changed from a day on, corrected in the past, merged. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import Any

from spm.people.org import ALWAYS, NEVER


@dataclass(frozen=True)
class Assignment:
    """A role, team and manager from a day up to another; None is "always", "until further notice", "not said"."""

    starts_on: date | None = None
    ends_before: date | None = None
    role: str | None = None
    team_id: int | None = None
    manager_id: int | None = None

    @property
    def start(self) -> date:
        return self.starts_on or ALWAYS

    @property
    def end(self) -> date:
        return self.ends_before or NEVER

    @property
    def content(self) -> tuple[Any, ...]:
        return (self.role, self.team_id, self.manager_id)


def changed(
    history: Sequence[Assignment],
    change: Mapping[str, Any],
    starts_on: date | None = None,
    ends_before: date | None = None,
) -> list[Assignment]:
    """The history with `change` (role, team_id, manager_id) from `starts_on` up to `ends_before`.

    Without an end the change holds until the next one that is recorded; without a start it holds for all of the
    history. Days of which nothing was known are filled between the two; what is said of other days stays as it is.
    """
    history = in_order(history) or [Assignment()]
    if starts_on is None and ends_before is None:
        return joined([replace(known, **change) for known in history])
    start = starts_on or ALWAYS
    end = ends_before or _next_change(history, start)
    outside = [part for known in history for part in (_cut(known, ALWAYS, start), _cut(known, end, NEVER)) if part]
    inside = [part for known in history if (part := _cut(known, start, end))]
    unknown = [_opened(before, after) for before, after in pairwise([start, *_edges(inside), end])
               if before < after and _on(inside, before) is None]  # fmt: skip
    return joined([*outside, *(replace(known, **change) for known in (*inside, *unknown))])


def merged(kept: Sequence[Assignment], other: Sequence[Assignment]) -> list[Assignment]:
    """The history of one person of whom two were kept: what `kept` leaves open on a day is taken from `other`."""
    pieces = []
    for start, end in pairwise(_edges([*kept, *other])):
        first, second = _on(kept, start), _on(other, start)
        if first or second:
            first, second = first or Assignment(), second or Assignment()
            said = {name: getattr(first, name) if getattr(first, name) is not None else getattr(second, name)
                    for name in ("role", "team_id", "manager_id")}  # fmt: skip
            pieces.append(replace(_opened(start, end), **said))
    return joined(pieces)


def joined(pieces: Sequence[Assignment]) -> list[Assignment]:
    """Assignments in order; neighbours that say the same are one."""
    found: list[Assignment] = []
    for piece in in_order(pieces):
        if found and found[-1].end == piece.start and found[-1].content == piece.content:
            found[-1] = replace(found[-1], ends_before=piece.ends_before)
        else:
            found.append(piece)
    return found


def in_order(history: Sequence[Assignment]) -> list[Assignment]:
    return sorted(history, key=lambda known: known.start)


def _next_change(history: Sequence[Assignment], day: date) -> date:
    """Where the assignment that holds on `day` ends, or in a gap where the next one starts."""
    running = _on(history, day)
    return running.end if running else min((known.start for known in history if known.start > day), default=NEVER)


def _on(history: Sequence[Assignment], day: date) -> Assignment | None:
    return next((known for known in history if known.start <= day < known.end), None)


def _edges(history: Sequence[Assignment]) -> list[date]:
    return sorted({day for known in history for day in (known.start, known.end)})


def _cut(known: Assignment, start: date, end: date) -> Assignment | None:
    """The part of an assignment in [start, end), None where there is none."""
    start, end = max(known.start, start), min(known.end, end)
    return replace(known, **_open_days(start, end)) if start < end else None


def _opened(start: date, end: date) -> Assignment:
    return Assignment(**_open_days(start, end))


def _open_days(start: date, end: date) -> dict[str, Any]:
    return {"starts_on": None if start == ALWAYS else start, "ends_before": None if end == NEVER else end}
