"""What a scorecard's reader must know: what is assumed, what is missing, and which sheet would bring it. Pure."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from spm.calendar import Period
from spm.metrics.registry import Metric
from spm.people.roles import label_of
from spm.scorecards.aims import Origin
from spm.scorecards.scored import RoleScore
from spm.scorecards.scoring import Standing
from spm.scorecards.stretches import Stretch


def without_value(parts: Sequence[RoleScore]) -> list[Metric]:
    """The metrics of the items that have no value."""
    left_out = [reading for part in parts for reading in part.score.left_out]
    return list(dict.fromkeys(one.metric for one in left_out if one.standing is Standing.MISSING))


def notes(
    theirs: Sequence[Stretch],
    parts: Sequence[RoleScore],
    person: Mapping[str, Any],
    period: Period,
    elapsed_share: float,
    missing: Mapping[str, str],
    borrowed: Collection[str],
) -> tuple[str, ...]:
    """The notes of one person's scorecard, most important first.

    `missing`: metric → why it has no value. `borrowed`: the roles that have no scorecard of their own.
    """
    if not theirs:
        return (_absent(person, period),)
    found = []
    if 0 < elapsed_share < 1:
        over = f"{100 * elapsed_share:.0f} % of its working days are over"
        found.append(f"{period.title} is still running: {over}, and targets are for all of it.")
    for stretch in theirs:
        label = label_of(stretch.role).lower()
        if stretch.is_role_assumed:
            found.append(f"No sheet gives {stretch.rep} a role: taken for a {label}. People is where to change it.")
        if stretch.role in borrowed:
            found.append(f"There is no scorecard for a {label} yet: the sales representative’s is used.")
    labels = {reading.metric.key: reading.metric.label for part in parts for reading in part.score.left_out}
    found += [f"{labels[key]}: {reason}." for key, reason in missing.items()]
    found += [
        f"No quota for {period.title}: {item.metric} are held against what this role did before. "
        "A sheet of quotas brings the number that was agreed."
        for part in parts
        for item, aim in part.aims
        if item.target_from == "quota" and aim.origin is not Origin.QUOTA
    ]
    return tuple(dict.fromkeys(found))


def _absent(person: Mapping[str, Any], period: Period) -> str:
    started_on, ended_on, rep = person["started_on"], person["ended_on"], person["rep"]
    if ended_on and ended_on < period.start:
        return f"{rep} left on {ended_on.day} {ended_on:%b %Y}, before {period.title}."
    if started_on and started_on >= period.end:
        return f"{rep} started on {started_on.day} {started_on:%b %Y}, after {period.title}."
    return f"{rep} had no role in {period.title}."
