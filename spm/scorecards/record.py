"""What metrics come to for people and teams over one or more periods, each thing read once for all of them. Pure."""

from collections import ChainMap, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, MutableMapping, Sequence
from copy import copy
from dataclasses import dataclass
from math import isnan

import pandas as pd

from spm.calendar import FiscalCalendar, Grain, Period, Span
from spm.metrics.registry import Metric
from spm.people.lines import names_above
from spm.people.roles import DEFAULT_ROLE
from spm.scorecards.days import ADD_UP, MISSING, PARTS, Days, Parts
from spm.scorecards.model import Item, Scope
from spm.scorecards.stretches import Stretch, held_throughout
from spm.scorecards.targets import PAST_PERIODS, periods_before

WHO = {Scope.OWN: "rep", Scope.TEAM: "manager"}

People = tuple[int, ...] | None
"""The ids of those who are meant, None for everybody."""


@dataclass(frozen=True)
class Source:
    """Whom a record asks.

    `answers`: metrics, dimensions, span, people → the frame of each metric, as `metrics.queries.answers` gives them.
    `below`: metrics, manager, span → the same, one row, of everyone below the manager at any depth.
    `is_covered`: whether the sheets reach over all of a span for a metric. `reach`: the days for which some sheet speaks
    of it. `active`: everyone's roles in a span, as `people.org.active` lists them. `bookings_due`: the part of a period's
    bookings that is due by now.
    """

    metric: Callable[[str], Metric]
    answers: Callable[[Sequence[str], tuple[str, ...], Span, People], Mapping[str, pd.DataFrame]]
    below: Callable[[Sequence[str], str, Span], Mapping[str, pd.DataFrame]]
    is_covered: Callable[[Metric, Span], bool]
    reach: Callable[[Metric], Span | None]
    active: Callable[[Span], pd.DataFrame]
    bookings_due: Callable[[Period], float]


class Record:
    """What there is to know of a period, and of what lies before it."""

    def __init__(self, source: Source, calendar: FiscalCalendar, period: Period) -> None:
        self.source, self.calendar, self.period = source, calendar, period
        self._alone: tuple[int, str] | None = None
        self._movers: tuple[int, ...] = ()
        self._expected: dict[tuple[str, Scope], dict[str, None]] = defaultdict(dict)
        self._looking_back: dict[tuple[str, Scope, Grain, bool], dict[str, None]] = defaultdict(dict)
        self._values: MutableMapping[tuple[str, Scope, Span], dict[str, Parts]] = {}
        self._days: dict[str, Days] = {}
        self._results: dict[tuple[str, str, Scope, Grain], dict[str, list[float]]] = {}
        self._company: dict[tuple[str, Grain], dict[str, float]] = {}

    def expect(self, role: str, items: Iterable[Item]) -> None:
        """Names items that a role will be asked for: what one of them needs is then read for all of them at once."""
        for item in items:
            self._expected[role, item.scope] |= {item.metric: None}
            if item.target_from:
                self._expected[role, item.scope] |= {item.target_from: None}
            if item.target is None:
                self._looking_back[role, item.scope, item.period, bool(item.target_from)] |= {item.metric: None}

    def expect_movers(self, people: Iterable[int]) -> None:
        """Names the people with several stays: what they did is read by day, once for all stays."""
        self._movers = tuple(sorted(people))

    def of_one(self, person_id: int, name: str, roles: Collection[str]) -> "Record":
        """The same for one person in these roles: what is not yet read of everybody is read of them alone.

        What lies before the period is that of all in a role, and remains shared.
        """
        found = copy(self)
        found._alone = person_id, name
        found._values = ChainMap({}, self._values)
        found._expected = defaultdict(dict, {key: of for key, of in self._expected.items() if key[0] in roles})
        return found

    def parts(self, metric: str, scope: Scope, span: Span, stretch: Stretch) -> Parts:
        """Value, numerator and denominator of whose stretch it is, or of the team below them; NaN is missing."""
        if stretch.is_stay and scope is Scope.OWN:
            return self._day_by_day(metric).parts(stretch.rep, span)
        name = stretch.rep if scope is Scope.OWN else stretch.name
        return self._by_name(metric, scope, span, stretch.role).get(name, MISSING)

    def results(self, metric: str, item: Item, role: str, periods: Sequence[Period]) -> list[float]:
        """What a metric came to in past periods of the item's length: one value a rep (or team) and period.

        Only of those who had the role on all days of a period.
        """
        key = (role, item.scope, item.period)
        if (metric, *key) not in self._results:
            wanted = dict.fromkeys([metric, *self._looking_back[*key, bool(item.target_from)]])
            self._look_back([one for one in wanted if (one, *key) not in self._results], *key)
        by_period = self._results[metric, *key]
        return [value for period in periods for value in by_period.get(period.label, ())]

    def of_company(self, metric: str, grain: Grain, count: int) -> Mapping[str, float]:
        """The metric of the whole company in the `count` periods before this one, by label; NaN is missing."""
        if (metric, grain) not in self._company:
            frame = self.source.answers([metric], (grain.value,), self._before(grain, count), None)[metric]
            self._company[metric, grain] = dict(zip(frame[grain.value], frame["value"].astype(float), strict=True))
        return self._company[metric, grain]

    def _by_name(self, metric: str, scope: Scope, span: Span, role: str) -> Mapping[str, Parts]:
        """Of everybody by name, of teams by their manager's.

        In a whole period they are read with those of all roles, in a part of one with the other items of `role`.
        """
        if (metric, scope, span) not in self._values:
            is_whole = span == Span(self.period.start, self.period.end)
            roles = [known for known, of in self._expected if of is scope] if is_whole else [role]
            wanted = dict.fromkeys([metric, *(one for known in roles for one in self._expected[known, scope])])
            self._read([one for one in wanted if (one, scope, span) not in self._values], scope, span)
        return self._values[metric, scope, span]

    def _day_by_day(self, metric: str) -> Days:
        """Of those who moved, with all else that adds up and may be asked of them."""
        if metric not in self._days:
            expected = [one for (_, scope), of in self._expected.items() if scope is Scope.OWN for one in of]
            wanted = dict.fromkeys([metric, *(one for one in expected if self.source.metric(one).nature in ADD_UP)])
            whole = Span(self.period.start, self.period.end)
            asked = [one for one in wanted if one not in self._days]
            for key, frame in self.source.answers(asked, ("rep", Grain.DAY.value), whole, self._movers).items():
                self._days[key] = Days(frame, self.source.metric(key), whole)
        return self._days[metric]

    def _read(self, metrics: Sequence[str], scope: Scope, span: Span) -> None:
        if self._alone and scope is Scope.TEAM:
            self._read_below(metrics, self._alone[1], span)
            return
        who, people = WHO[scope], self._alone and self._alone[:1]
        for metric, frame in self.source.answers(metrics, (who,), span, people).items():
            self._values[metric, scope, span] = dict(zip(frame[who].tolist(), _parts(frame), strict=True))
        if scope is Scope.TEAM:
            for manager in self._above_managers(span):
                self._read_below(metrics, manager, span)

    def _read_below(self, metrics: Sequence[str], manager: str, span: Span) -> None:
        for metric, frame in self.source.below(metrics, manager, span).items():
            self._values.setdefault((metric, Scope.TEAM, span), {})[manager] = next(_parts(frame), MISSING)

    def _above_managers(self, span: Span) -> Iterable[str]:
        """Whoever has managers below them on some day of the span: all of these teams together are theirs."""
        lines = self.source.active(span)["reporting_line"].unique()
        return dict.fromkeys(name for line in lines for name in names_above(line)[1:])

    def _look_back(self, metrics: Sequence[str], role: str, scope: Scope, grain: Grain) -> None:
        span, people = self._before(grain, PAST_PERIODS), None
        held: set[tuple[str, str]] = set()
        if scope is Scope.OWN:
            active = self.source.active(span)
            theirs = active[active["role"].fillna(DEFAULT_ROLE) == role]
            held = held_throughout(theirs, self.calendar.periods(grain, span))
            people = tuple(sorted(set(theirs["person_id"].tolist())))
        for metric, frame in self.source.answers(metrics, (WHO[scope], grain.value), span, people).items():
            by_period: dict[str, list[float]] = defaultdict(list)
            columns = (frame[WHO[scope]].tolist(), frame[grain.value].tolist(), frame["value"].astype(float).tolist())
            for name, label, value in zip(*columns, strict=True):
                if not isnan(value) and (scope is Scope.TEAM or (name, label) in held):
                    by_period[label].append(value)
            self._results[metric, role, scope, grain] = by_period

    def _before(self, grain: Grain, count: int) -> Span:
        """The `count` periods before this one."""
        before = periods_before(self.period.start, grain, count, self.calendar)
        return Span(before[0].start, before[-1].end)


def _parts(frame: pd.DataFrame) -> Iterator[Parts]:
    """Those of each row."""
    return zip(*(frame[part].astype(float).tolist() for part in PARTS), strict=True)
