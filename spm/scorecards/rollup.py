"""Scores of groups: a team, a manager's people, a role, the whole organisation. Pure (DEFINITIONS 3)."""

from collections import Counter
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


Belongs = Callable[[Scored, RoleScore], bool]
"""Whether days of a person, spent in one role, team and reporting line, are those of a group."""


@dataclass(frozen=True)
class Group:
    """Who is in a group, and for which of their days.

    `days`: people with a score of theirs that counts in it. `people`: those who were in it last, so that everybody is
    counted in one team, one role and under one manager.
    """

    days: tuple[tuple[Scored, RoleScore], ...]
    people: tuple[Scored, ...]

    def within(self, belongs: Belongs) -> "Group":
        """The part of it that belongs to a smaller group."""
        return Group(
            tuple((one, score) for one, part in self.days for score in _of_days(one, part, belongs)),
            tuple(one for one in self.people if belongs(one, one.parts[-1])),
        )


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


def of_team(group: Group, names: Collection[str]) -> Group:
    """Everyone for their days in a team; `names`: it and those below."""
    return group.within(lambda _, part: part.team in names)


def of_role(group: Group, label: str) -> Group:
    """Everyone for their days in a role."""
    return group.within(lambda _, part: part.label == label)


def managers_of(group: Group) -> list[str]:
    """Everyone below whom somebody of the group spent days, at any depth."""
    lines = dict.fromkeys(stay.reporting_line for _, part in group.days for stay in part.stays or (part,))
    return list(dict.fromkeys(manager for line in lines for manager in names_above(line)))


def below_manager(group: Group, manager: str) -> Group:
    """Everyone for their days below a manager, at any depth."""
    return group.within(lambda one, part: manager in names_above(part.reporting_line) and one.rep != manager)


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


def _of_days(one: Scored, part: RoleScore, belongs: Belongs) -> Sequence[RoleScore]:
    """The scores of those days of a part that belong to a group: the part itself where all of them do."""
    theirs = [stay for stay in part.stays or (part,) if belongs(one, stay)]
    return [part] if len(theirs) == max(len(part.stays), 1) else theirs


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
