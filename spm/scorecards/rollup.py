"""Scores of groups: a team, a manager's people, a role, the whole organisation. Pure (DEFINITIONS 3)."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import fsum

import pandas as pd

from spm.metrics.registry import Nature
from spm.people.lines import names_above
from spm.people.roles import MANAGER, label_of
from spm.scorecards.bands import Band, Bands
from spm.scorecards.groups import Combined, Contribution, Part, combined, pooled_ratio, pooled_sum
from spm.scorecards.model import Item
from spm.scorecards.scored import RoleScore, Scored
from spm.scorecards.scoring import Reading, Score, score

BAND_WORDS = (*Band, "no score")


Names = Callable[[Scored, RoleScore], Collection[str]]
"""The groups, by name, that days of a person belong to: days spent in one role, team and reporting line."""


@dataclass(frozen=True)
class Group:
    """Who is in a group, and for which of their days.

    `days`: people with a score of theirs that counts in it. `people`: those who were in it last, so that everybody is
    counted in one team, one role and under one manager.
    """

    days: tuple[tuple[Scored, RoleScore], ...]
    people: tuple[Scored, ...]

    def by(self, names: Names) -> dict[str, "Group"]:
        """The smaller groups in which somebody of it spent days, by name, in the order in which they come."""
        days: dict[str, list[tuple[Scored, RoleScore]]] = defaultdict(list)
        people: dict[str, list[Scored]] = defaultdict(list)
        for one, part in self.days:
            for name, theirs in _told_apart(one, part, names).items():
                days[name] += [(one, score) for score in theirs]
        for one in self.people:
            for name in names(one, one.parts[-1]):
                people[name].append(one)
        return {name: Group(tuple(theirs), tuple(people[name])) for name, theirs in days.items()}


@dataclass(frozen=True)
class GroupRole:
    """The people of a group who share a role: their items pooled and scored, with how many they are and for how long."""

    role: str
    score: Score
    people_count: int
    days_count: int

    @property
    def label(self) -> str:
        return label_of(self.role)


@dataclass(frozen=True)
class GroupScore:
    """A group's score: that of its roles, weighted by head-days; and how many of its people are in which band.

    The score is of everybody's days in the group, the bands are of those who were in it last.
    """

    name: str
    whole: Combined
    roles: tuple[GroupRole, ...]
    band_counts: Mapping[str, int]

    @property
    def people_count(self) -> int:
        return sum(self.band_counts.values())

    @property
    def roles_in_words(self) -> str:
        """As in "8 × sales representative, 2 × account executive"."""
        return ", ".join(f"{one.people_count} × {one.label.lower()}" for one in self.roles)


def everybody(results: Sequence[Scored]) -> Group:
    """All people with all their days."""
    return Group(tuple((one, part) for one in results for part in one.parts), tuple(results))


def group_score(name: str, group: Group, bands: Bands) -> GroupScore:
    """The score of a group: of each role Σ actual against Σ target (of ratios Σ ÷ Σ), the roles by their head-days.

    Everyone is in it for their days in the role, those without a contribution too. What a manager answers for are the
    same people's results: where others are in the group, managers are left out.
    """
    parts = [(one.person_id, part) for one, part in group.days]
    sellers = [(person_id, part) for person_id, part in parts if part.role != MANAGER]
    by_role: dict[str, list[tuple[int, RoleScore]]] = {}
    for person_id, part in sellers or parts:
        by_role.setdefault(part.role, []).append((person_id, part))
    roles = tuple(
        GroupRole(
            role,
            _pooled([part for _, part in theirs], bands),
            len({person_id for person_id, _ in theirs}),
            sum(part.days_count for _, part in theirs),
        )
        for role, theirs in by_role.items()
    )
    whole = combined([Part(one.role, one.score.value, one.days_count) for one in roles], bands)
    return GroupScore(name, whole, roles, _band_counts(group.people))


def by_team(group: Group, holding: Mapping[str, Collection[str]]) -> dict[str, Group]:
    """Everyone for their days in each team; `holding`: a team → itself and those above it."""
    return group.by(lambda _, part: holding.get(part.team or "", ()))


def by_role(group: Group) -> dict[str, Group]:
    """Everyone for their days in each role, by its label."""
    return group.by(lambda _, part: (part.label,))


def by_manager(group: Group) -> dict[str, Group]:
    """Everyone for their days below each manager, at any depth."""
    return group.by(lambda one, part: [name for name in names_above(part.reporting_line) if name != one.rep])


def readings_of(part: RoleScore) -> dict[Item, Reading]:
    """What each item came to, against what is due by now while the period runs."""
    shown = part.to_date or part.score
    return {reading.item: reading for reading in (*(one.reading for one in shown.counted), *shown.left_out)}


def group_table(groups: Iterable[GroupScore]) -> pd.DataFrame:
    """One row a group, the best first: name, score, band, people_count, roles, and a count a band word."""
    rows = [
        {
            "name": one.name,
            "score": one.whole.value,
            "band": one.whole.band,
            "people_count": one.people_count,
            "roles": one.roles_in_words,
            **one.band_counts,
        }
        for one in groups
    ]
    columns = ["name", "score", "band", "people_count", "roles", *BAND_WORDS]
    table = pd.DataFrame(rows, columns=columns, dtype=object)
    return table.sort_values("score", ascending=False, na_position="last", ignore_index=True)


def band_table(results: Iterable[Scored], group: Callable[[Scored], str]) -> pd.DataFrame:
    """How many are in which band, by group: columns group, band (a word, "no score" among them), people_count."""
    counts = Counter((group(one), _band_word(one)) for one in results)
    rows = [(name, word, people_count) for (name, word), people_count in counts.items()]
    return pd.DataFrame(rows, columns=["group", "band", "people_count"])


def _told_apart(one: Scored, part: RoleScore, names: Names) -> dict[str, Sequence[RoleScore]]:
    """The scores of a part's days by the groups that they belong to: the part itself where all of them do."""
    if not part.stays:
        return {name: [part] for name in names(one, part)}
    found: dict[str, list[RoleScore]] = defaultdict(list)
    for stay in part.stays:
        for name in names(one, stay):
            found[name].append(stay)
    return {name: [part] if len(theirs) == len(part.stays) else theirs for name, theirs in found.items()}


def _pooled(parts: Sequence[RoleScore], bands: Bands) -> Score:
    """One score of several people in one role: their items pooled, against what is due by now while the period runs."""
    readings = [readings_of(part) for part in parts]
    items = dict.fromkeys(item for known in readings for item in known)
    pooled = [_pooled_item(item, [known[item] for known in readings if item in known]) for item in items]
    return score(pooled, bands, parts[0].score.waiting)


def _pooled_item(item: Item, readings: Sequence[Reading]) -> Reading:
    metric = readings[0].metric
    if metric.nature is Nature.DISTRIBUTION:
        return Reading(item, metric)  # a median of a group is none of its members'
    if metric.is_ratio:
        group = pooled_ratio([Contribution(one.target, one.numerator, one.denominator) for one in readings])
    else:
        group = pooled_sum([Contribution(one.target, one.actual) for one in readings])
    return Reading(item, metric, group.target, group.actual, is_covered=_is_covered(readings))


def _is_covered(readings: Sequence[Reading]) -> bool:
    """Whether nothing is left to cover in the whole group: the gaps of all together are none."""
    known = [one for one in readings if one.is_covered or one.actual is not None]
    gap = fsum(one.denominator for one in known if one.denominator is not None)
    return any(one.is_covered for one in known) and gap <= 0


def _band_counts(members: Iterable[Scored]) -> dict[str, int]:
    counts = Counter(_band_word(one) for one in members)
    return {str(word): counts[word] for word in BAND_WORDS}


def _band_word(one: Scored) -> str:
    whole = one.whole_to_date or one.whole
    return str(whole.band) if whole.band else "no score"
