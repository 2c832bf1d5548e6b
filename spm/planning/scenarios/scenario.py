"""A named set of levers and what it makes of a baseline, with its range; what changed between two versions of one."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace

import numpy as np
import pandas as pd

from spm.errors import Refusal
from spm.planning.scenarios.lever import Lever
from spm.planning.scenarios.levers import KINDS
from spm.planning.scenarios.outlook import Outlook, Segment


@dataclass(frozen=True)
class Scenario:
    """Levers under a name, each with a name of its own; their order does not matter."""

    name: str
    levers: tuple[Lever, ...] = ()

    def __post_init__(self) -> None:
        names = [lever.name for lever in self.levers]
        if twice := next((name for name in names if names.count(name) > 1), None):
            raise Refusal(f"Two levers are called “{twice}”.", "Give one another name.")

    def with_lever(self, lever: Lever) -> "Scenario":
        """The scenario with a lever set, in the place of one of the same name."""
        if all(known.name != lever.name for known in self.levers):
            return replace(self, levers=(*self.levers, lever))
        return replace(self, levers=tuple(lever if known.name == lever.name else known for known in self.levers))

    def without(self, name: str) -> "Scenario":
        return replace(self, levers=tuple(lever for lever in self.levers if lever.name != name))

    @property
    def segments(self) -> tuple[Segment, ...]:
        """The segments that its levers act on, each once."""
        return tuple(sorted({lever.segment for lever in self.levers if lever.segment is not None}))

    @property
    def in_order(self) -> list[Lever]:
        """The levers as they act, which does not depend on the order in which they were added."""
        return sorted(self.levers, key=lambda lever: (KINDS.index(type(lever)), lever.starts_on, lever.name))


def outcome(baseline: Outlook, scenario: Scenario) -> Outlook:
    """What the scenario makes of the baseline; without levers, the baseline. Raises Refusal with the first reason."""
    found = baseline
    for lever in scenario.in_order:
        found = lever.applied(found)
    return found


def by_month(baseline: Outlook, scenario: Scenario, ranges: pd.DataFrame | None = None) -> pd.DataFrame:
    """One row a month of all units: month, baseline_cents, bookings_cents, low_cents, high_cents.

    `ranges` has the baseline's own by month: month, low_cents, high_cents of the whole, such as a projection's at 80 %.
    The scenario's range has it in the same proportion, and the ends of each elasticity, as independent errors: distances
    added as squares. NaN without `ranges`.
    """
    before, after = baseline.months_cents, outcome(baseline, scenario).months_cents
    frame = pd.DataFrame({"month": baseline.months, "baseline_cents": before, "bookings_cents": after})
    if ranges is None:
        return frame.assign(low_cents=np.nan, high_cents=np.nan)
    known = ranges.set_index("month").reindex(baseline.months)
    scale = np.divide(after, before, out=np.ones(len(before)), where=before != 0)
    below = [(before - known["low_cents"].to_numpy(dtype=float)) * scale]
    above = [(known["high_cents"].to_numpy(dtype=float) - before) * scale]
    for lever in scenario.levers:
        if ends := lever.leaning():
            leaning = [outcome(baseline, scenario.with_lever(end)).months_cents for end in ends]
            below.append(np.maximum(after - np.minimum(*leaning), 0))
            above.append(np.maximum(np.maximum(*leaning) - after, 0))
    low, high = after - np.sqrt(np.square(below).sum(axis=0)), after + np.sqrt(np.square(above).sum(axis=0))
    return frame.assign(low_cents=np.rint(np.maximum(low, 0)), high_cents=np.rint(high))


@dataclass(frozen=True)
class Change:
    """What differs of one lever between two versions: `field` "" where it was added or removed as a whole.

    `before` and `after` are the values, None where the lever was not there.
    """

    lever: str
    field: str
    before: object
    after: object


def changes(before: Scenario, after: Scenario) -> list[Change]:
    """What changed from one version of a scenario to another, lever by lever; nothing for the order of the levers."""
    old, new = ({lever.name: lever for lever in each.levers} for each in (before, after))
    found: list[Change] = []
    for name in dict.fromkeys([*old, *new]):
        was, is_now = old.get(name), new.get(name)
        if was is None or is_now is None or type(was) is not type(is_now):
            found.append(Change(name, "", was and was.label, is_now and is_now.label))
            continue
        pairs: Sequence[tuple[str, object, object]] = [
            (each.name, getattr(was, each.name), getattr(is_now, each.name)) for each in fields(was)
        ]
        found += [Change(name, field, one, other) for field, one, other in pairs if one != other]
    return found
