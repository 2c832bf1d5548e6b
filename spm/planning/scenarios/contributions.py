"""What each lever of a scenario brings: alone, and together with the others so that the parts add up."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import comb, floor

import numpy as np

from spm.planning.scenarios.lever import Lever
from spm.planning.scenarios.outlook import Outlook
from spm.planning.scenarios.scenario import Scenario, outcome

MOST_SHARED = 12  # levers up to which every combination of them is looked at: 4,096


@dataclass(frozen=True)
class Contribution:
    """Of one lever: `alone_cents` without any other; `shared_cents` its Shapley share, None in a scenario of too many."""

    lever: Lever
    alone_cents: int
    shared_cents: int | None


@dataclass(frozen=True)
class Contributions:
    """Baseline + Σ shared = outcome, exactly; and baseline + Σ alone + `interaction_cents` = outcome."""

    baseline_cents: int
    outcome_cents: int
    levers: tuple[Contribution, ...]

    @property
    def interaction_cents(self) -> int:
        """What the levers bring only together, or cost each other."""
        return self.outcome_cents - self.baseline_cents - sum(each.alone_cents for each in self.levers)


def contributions(baseline: Outlook, scenario: Scenario) -> Contributions:
    """What each lever brings in all units and months, in the order in which the scenario has them.

    Shapley: the mean of what a lever adds over all orders of adding them, from the outcome of each of the 2ⁿ sets, so
    that no order is preferred and the shares add up; rounded by largest remainders. Over twelve levers only the alone
    values and the interaction are there.
    """
    levers = scenario.in_order
    if len(levers) > MOST_SHARED:
        alone = [lever.applied(baseline).total_cents - baseline.total_cents for lever in levers]
        after = outcome(baseline, scenario).total_cents
        return _in_own_order(scenario, levers, baseline.total_cents, after, alone, [None] * len(levers))
    totals = np.array(_totals(baseline, levers))
    alone = [int(totals[1 << at] - totals[0]) for at in _bits(levers)]
    shared = _rounded(int(totals[-1] - totals[0]), [_shapley(totals, at) for at in _bits(levers)])
    return _in_own_order(scenario, levers, int(totals[0]), int(totals[-1]), alone, shared)


def _in_own_order(
    scenario: Scenario,
    levers: Sequence[Lever],
    before: int,
    after: int,
    alone: Sequence[int],
    shared: Sequence[int | None],
) -> Contributions:
    parts = zip(levers, alone, shared, strict=True)
    found = {lever.name: Contribution(lever, by_itself, share) for lever, by_itself, share in parts}
    return Contributions(before, after, tuple(found[lever.name] for lever in scenario.levers))


def _totals(outlook: Outlook, levers: Sequence[Lever]) -> list[int]:
    """The total of every set of levers: at an index whose highest bit stands for the first of them."""
    if not levers:
        return [outlook.total_cents]
    return _totals(outlook, levers[1:]) + _totals(levers[0].applied(outlook), levers[1:])


def _bits(levers: Sequence[Lever]) -> range:
    return range(len(levers) - 1, -1, -1)


def _shapley(totals: np.ndarray, bit: int) -> float:
    """The mean added value of the lever at `bit` over all orders."""
    count = len(totals).bit_length() - 1
    sets = np.arange(len(totals))
    without = sets[(sets >> bit) & 1 == 0]
    sizes = sum((without >> at) & 1 for at in range(count))
    weights = np.array([1 / (count * comb(count - 1, size)) for size in range(count)])
    return float(weights[sizes] @ (totals[without | (1 << bit)] - totals[without]))


def _rounded(total: int, values: Sequence[float]) -> list[int]:
    """Whole numbers that add up to `total`, as the values do, by largest remainders; the values may be negative."""
    found = [floor(value) for value in values]
    by_remainder = sorted(range(len(values)), key=lambda at: found[at] - values[at])
    for at in by_remainder[: total - sum(found)]:
        found[at] += 1
    return found
