"""What metrics come to for people and teams in one period, each thing read once for all of them. Pure."""

from collections import ChainMap, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping, Sequence
from copy import copy
from dataclasses import dataclass

import pandas as pd

from spm.calendar import Grain, Period, Span
from spm.metrics.registry import Metric
from spm.people.lines import names_above
from spm.rows import Rows
from spm.scorecards.days import ADD_UP, MISSING, PARTS, Days, Parts, parts_of
from spm.scorecards.model import Item, Scope
from spm.scorecards.stretches import Stretch

WHO = {Scope.OWN: "rep", Scope.TEAM: "manager"}

People = tuple[int, ...] | None
"""The ids of those who are meant, None for everybody."""


@dataclass(frozen=True)
class Source:
    """Whom a record asks.

    `answers`: metrics, dimensions, span, people → the rows of each metric, as `metrics.queries.answer_rows` gives them.
    `below`: metrics, manager, span → the same, one row, of everyone below the manager at any depth.
    `is_covered`: whether the sheets reach over all of a span for a metric. `reach`: the days for which some sheet speaks
    of it. `active`: everyone's roles in a span, as `people.org.active` lists them. `bookings_due`: the part of a period's
    bookings that is due by now. `of_company`: the metric of the whole company in periods of one length, NaN where missing.
    """

    metric: Callable[[str], Metric]
    answers: Callable[[Sequence[str], tuple[str, ...], Span, People], Mapping[str, Rows]]
    below: Callable[[Sequence[str], str, Span], Mapping[str, Rows]]
    is_covered: Callable[[Metric, Span], bool]
    reach: Callable[[Metric], Span | None]
    active: Callable[[Span], pd.DataFrame]
    bookings_due: Callable[[Period], float]
    of_company: Callable[[str, Grain, Sequence[Period]], list[float]]


class Record:
    """What there is to know of a period."""

    def __init__(self, source: Source, period: Period) -> None:
        self.source, self.period = source, period
        self._few: Mapping[int, str] | None = None
        self._movers: tuple[int, ...] = ()
        self._expected: dict[tuple[str, Scope], dict[str, None]] = defaultdict(dict)
        self._in_role: dict[str, frozenset[int]] = {}
        self._values: MutableMapping[tuple[str, Scope, Span], dict[str, Parts]] = {}
        self._days: MutableMapping[str, Days] = {}

    def expect(self, role: str, items: Iterable[Item], people: Iterable[int]) -> None:
        """Names items that people in a role will be asked for: what one of them needs is then read for all of them at once."""
        self._in_role[role] = frozenset(people)
        for item in items:
            self._expected[role, item.scope] |= {item.metric: None}
            if item.target_from:
                self._expected[role, item.scope] |= {item.target_from: None}

    def expect_movers(self, people: Iterable[int]) -> None:
        """Names the people with several stays: what they did is read by day, once for all stays."""
        self._movers = tuple(sorted(people))

    def of_few(self, names: Mapping[int, str]) -> "Record":
        """The same for a few people, named by id: what is not yet read of everybody is read of them alone."""
        found = copy(self)
        found._few = names
        found._movers = tuple(one for one in self._movers if one in names)
        found._in_role = {role: people & names.keys() for role, people in self._in_role.items()}
        found._values, found._days = ChainMap({}, self._values), ChainMap({}, self._days)
        found._expected = defaultdict(dict, {key: of for key, of in self._expected.items() if found._in_role[key[0]]})
        return found

    def parts(self, metric: str, scope: Scope, span: Span, stretch: Stretch) -> Parts:
        """Value, numerator and denominator of whose stretch it is, or of the team below them; None is missing."""
        if stretch.is_stay and scope is Scope.OWN:
            return self._day_by_day(metric).parts(stretch.rep, span)
        name = stretch.rep if scope is Scope.OWN else stretch.name
        return self._by_name(metric, scope, span, stretch.role).get(name, MISSING)

    def _by_name(self, metric: str, scope: Scope, span: Span, role: str) -> Mapping[str, Parts]:
        """Of everybody by name, of teams by their manager's.

        What adds up is read together: in a whole period for all roles, in a part of one the items of `role`. What does not
        takes a reading of its own.
        """
        found = self._values.get((metric, scope, span))
        if found is None:
            is_whole = span == Span(self.period.start, self.period.end)
            roles = [known for known, of in self._expected if of is scope] if is_whole else [role]
            wanted = self._with_expected(metric, [(known, scope) for known in roles])
            self._read([one for one in wanted if (one, scope, span) not in self._values], scope, span)
            found = self._values[metric, scope, span]
        return found

    def _with_expected(self, metric: str, those: Iterable[tuple[str, Scope]]) -> list[str]:
        """The metric, and where it adds up what else does of what is expected of `those`."""
        if self.source.metric(metric).nature not in ADD_UP:
            return [metric]
        expected = [one for key in those for one in self._expected[key]]
        return list(dict.fromkeys([metric, *(one for one in expected if self.source.metric(one).nature in ADD_UP)]))

    def _day_by_day(self, metric: str) -> Days:
        """Of those who moved, with all else that adds up and may be asked of them."""
        if metric not in self._days:
            wanted = self._with_expected(metric, [key for key in self._expected if key[1] is Scope.OWN])
            whole = Span(self.period.start, self.period.end)
            asked = [one for one in wanted if one not in self._days]
            for key, rows in self.source.answers(asked, ("rep", Grain.DAY.value), whole, self._movers).items():
                self._days[key] = Days(rows, self.source.metric(key), whole)
        return self._days[metric]

    def _read(self, metrics: Sequence[str], scope: Scope, span: Span) -> None:
        """Keeps what is read when it is whole: readers of other sessions look on."""
        found: dict[str, dict[str, Parts]] = {metric: {} for metric in metrics}
        who = WHO[scope]
        if scope is Scope.OWN or self._few is None:
            people = self._meant(metrics[0]) if scope is Scope.OWN else None
            for metric, rows in self.source.answers(metrics, (who,), span, people).items():
                found[metric] |= zip(rows.labels[who].texts.tolist(), _parts(rows), strict=True)
        if scope is Scope.TEAM:
            for manager in self._managers_read(span):
                for metric, rows in self.source.below(metrics, manager, span).items():
                    found[metric][manager] = next(_parts(rows), MISSING)
        self._values.update({(metric, scope, span): parts for metric, parts in found.items()})

    def _meant(self, metric: str) -> People:
        """Whose figures are read: of what is no sum, which takes a reading of its own, those of whom it is asked."""
        if self.source.metric(metric).nature in ADD_UP:
            return None if self._few is None else tuple(sorted(self._few))
        asked: set[int] = set()
        for (role, scope), expected in self._expected.items():
            if scope is Scope.OWN and metric in expected:
                asked |= self._in_role[role]
        return tuple(sorted(asked))

    def _managers_read(self, span: Span) -> set[str]:
        """Whose teams take a reading each: whoever has managers below them on some day of the span, as all of these teams
        together are theirs; of a few people all who have anybody below them."""
        above = [names_above(line) for line in self.source.active(span)["reporting_line"].unique()]
        if self._few is None:
            return {name for names in above for name in names[1:]}
        return {name for names in above for name in names} & {*self._few.values()}


def _parts(rows: Rows) -> Iterator[Parts]:
    """Those of each row."""
    return zip(*(parts_of(rows.numbers[part]) for part in PARTS), strict=True)
