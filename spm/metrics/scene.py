"""The scene: what questions are answered from. The one place of the metrics that reads the store."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property, lru_cache
from typing import Any, TypeVar, TypeVarTuple

import numpy as np
import pandas as pd

from spm.calendar import Span
from spm.company.queries import Standing, standing_of
from spm.metrics import grouping
from spm.metrics.catalogue import Catalogue, Declaration, catalogue
from spm.metrics.covering import hull, joined, parts
from spm.metrics.grouping import Dimensions
from spm.metrics.measures import BOOKINGS_FROM, STAND_INS
from spm.metrics.places import Places, places_in, stood, there
from spm.metrics.quotas import by_day
from spm.metrics.registry import Metric, Nature
from spm.people import org
from spm.people.queries import Org, org_of
from spm.rows import DAY, Labels, Rows
from spm.store import reading
from spm.store.opening import Store
from spm.store.readings import Readings
from spm.store.tables import NOBODY

MOST_SHARED = 32  # answers that others are worked out from
MOST_NAMED = 200  # people by whom a reading is limited; where there are more it reads those of everybody

Arguments = TypeVarTuple("Arguments")
Answer = TypeVar("Answer")


@dataclass(frozen=True)
class Question:
    """What is asked of a metric: by which dimensions, of which part of the company, in which span (None: all there is).

    Dimensions: company, team, manager, role, rep, a grain (day, week, month, quarter, year), an attribute of people, or an
    attribute of facts that is marked to filter by (product among them). `where` pairs a dimension, no grain, with a value.
    """

    metric: str
    by: tuple[str, ...] = ()
    where: tuple[tuple[str, str], ...] = ()
    span: Span | None = None


@dataclass(frozen=True)
class Scene:
    """What questions are answered from: the company, its people, what it counts, and what the sheets cover.

    Read once a page; what is read later, through `readings`, is remembered. `kept` pairs attributes of facts with the value
    that every question is cut to.
    """

    store: Store
    readings: Readings
    standing: Standing
    org: Org
    filters: tuple[str, ...]
    attributes: dict[str, bool]  # key of each column of the company's own → whether it is one to filter by
    covered: dict[str, list[Span]]
    bookings_from: str | None
    own_columns: dict[str, dict[int, str]]
    catalogue: Catalogue
    kept: tuple[tuple[str, str], ...] = ()
    _people: dict[object, Rows] = field(default_factory=dict, repr=False, compare=False)
    _expected: dict[object, Rows | None] = field(default_factory=dict, repr=False, compare=False)
    _cuts: dict[tuple[tuple[str, str], ...], "Scene"] = field(default_factory=dict, repr=False, compare=False)
    _meant: dict[object, tuple[int, ...] | None] = field(default_factory=dict, repr=False, compare=False)
    _once: dict[Any, Callable[..., Any]] = field(init=False, default_factory=dict, repr=False, compare=False)

    @property
    def today(self) -> date:
        return self.standing.today

    @property
    def bookings_measure(self) -> str | None:
        """The measure that the company books by, None before there is any."""
        return BOOKINGS_FROM[self.bookings_from] if self.bookings_from else None

    @property
    def metrics(self) -> dict[str, Metric]:
        """Every metric by its key, the company's own among them."""
        return dict(self.catalogue.metrics)

    def metric(self, key: str) -> Metric:
        """The metric of that key. Raises UnknownName with the nearest keys."""
        return self.catalogue.metric(key)

    @cached_property
    def places(self) -> Places:
        return Places(self.org.people, self.org.in_lines, self.own_columns)

    @cached_property
    def _stays(self) -> Rows:
        return stood(self.org.active(Span(org.ALWAYS, org.NEVER)))

    @cached_property
    def quotas(self) -> pd.DataFrame:
        """Every quota of bookings; see `store.reading.quotas`."""
        quotas = self.readings.quotas()
        return quotas[quotas["metric"] == "bookings"]

    @cached_property
    def quota_spans(self) -> dict[int, Span]:
        """Person → from the first day of their first quota to the last of their last."""
        of_people = self.quotas.dropna(subset=["person_id"])
        found: dict[int, Span] = {}
        owners = of_people["person_id"].astype(int).tolist()
        for person, start, end in zip(owners, of_people["starts_on"], of_people["ends_before"], strict=True):
            known = found.get(person, Span(start, end))
            found[person] = Span(min(known.start, start), max(known.end, end))
        return found

    @cached_property
    def team_quotas(self) -> pd.DataFrame:
        """Those that teams answer for."""
        return self.quotas[self.quotas["team_id"].notna()]

    @cached_property
    def team_quotas_start_mid_month(self) -> bool:
        return any(day.day != 1 for day in (*self.team_quotas["starts_on"], *self.team_quotas["ends_before"]))

    @cached_property
    def team_quota_days(self) -> Rows:
        """The teams' own quotas by day: team, manager (who leads it then) and their reporting_line, period, value_e4."""
        spread = by_day(self.team_quotas, "team", self.standing.company.working_calendar).rename(
            columns={"day": "period"}
        )
        led_by = org.leaders(spread, self.org.in_lines)
        return Rows.of(spread.join(led_by), ("team", *org.LEADER))

    def covered_span(self, measures: Sequence[str] = ()) -> Span | None:
        """From the first to the last day that any sheet speaks for one of the measures; for results at all without any.

        Quotas reach ahead and are no results.
        """
        return hull(parts(self.covered, measures or [key for key in self.covered if key != "quota"], None))

    @cached_property
    def _reach(self) -> dict[str, Span | None]:
        """Measure → from the first to the last day that any sheet speaks for it."""
        return {key: self.covered_span([key]) for key in self.covered}

    def speaks_of(self, metric: Metric, period: Span) -> bool:
        """Whether sheets reach over all of the period: for each measure of a ratio, for one at least of a sum; a stock stands."""
        if metric.nature is Nature.STOCK:
            return True
        spans = [self._reach.get(key) for key in self.measures([*metric.numerator, *metric.denominator])]
        reach = [span is not None and span.start <= period.start and period.end <= span.end for span in spans]
        return all(reach) if metric.is_ratio else any(reach)

    def measures(self, keys: Sequence[str]) -> list[str]:
        """Measure keys, with `bookings` and `new_customers` as those of what the company books by."""
        stand_ins = STAND_INS[self.bookings_from or "deals"]
        return [stand_ins.get(key, key) for key in keys]

    def dimensions(self, question: Question) -> Dimensions:
        where = {**dict(self.kept), **dict(question.where)}
        return grouping.dimensions(question.by, where, self.filters, tuple(self.own_columns))

    def cut_to(self, kept: tuple[tuple[str, str], ...]) -> "Scene":
        """The same where only the facts with these values of attributes count."""
        if kept not in self._cuts:
            self._cuts[kept] = replace(self, kept=kept)
        return self._cuts[kept]

    def once(self, question: Callable[["Scene", *Arguments], Answer], *args: *Arguments) -> Answer:
        """What `question(self, …)` answers, worked out once; of each question MOST_SHARED are kept. Nobody may change it."""
        if question not in self._once:
            self._once[question] = lru_cache(MOST_SHARED)(lambda *args: question(self, *args))
        found: Answer = self._once[question](*args)
        return found

    def tells(self, measure: str, kept: Sequence[tuple[str, str]]) -> bool:
        """Whether the facts of a measure carry these attributes at all: a quota is never one region's."""
        return all(measure in self.readings.measures_with(attribute) for attribute, _ in kept)

    def in_place(self, rows: Rows, dims: Dimensions) -> Rows:
        """`rows` (person_id, period, slice_id) with labels for each dimension, cut to `where`; facts of other attributes are
        not among them."""
        company = self.standing.company
        rows = rows.plus(labels={name: self.of_slices(name, rows) for name in dims.fact_attributes})
        return self.cut(grouping.in_place(rows, dims, self.places, company.fiscal_calendar, company.name), dims)

    def of_slices(self, attribute: str, rows: Rows) -> Labels:
        """What the slice of each row has of an attribute."""
        known = self.readings.slice_values(attribute)
        return known.labels[attribute].at(places_in(known.numbers["slice_id"], rows.numbers["slice_id"]))

    def cut(self, placed: Rows, dims: Dimensions) -> Rows:
        """The rows that `where` keeps, of some that are in place."""
        is_kept = grouping.is_kept(placed, dims, self.org.within)
        return placed if is_kept.all() else placed[is_kept]

    def kept_of(self, facts: pd.DataFrame, on: date | pd.Series, dims: Dimensions) -> pd.DataFrame:
        """The facts (person_id, None where nobody's) that `where` keeps, by where their owners stood on a day or days."""
        owners = facts["person_id"].map(lambda one: NOBODY if pd.isna(one) else one).to_numpy(np.int64)
        days = np.broadcast_to(np.asarray(on, DAY), len(facts))
        rows = Rows({"person_id": owners, "period": days, "at": np.arange(len(facts))})
        return facts.iloc[self.in_place(rows, dims).numbers["at"]]

    def people_of(self, dims: Dimensions, span: Span) -> Rows:
        """Everyone there in `span` whom `where` keeps, with labels for each dimension that isn't time."""
        timeless = dims.grouped_by(*(name for name in dims.by if name not in grouping.GRAINS))
        key = (*timeless.groups, span)
        if key not in self._people:
            members = there(self._stays, span)
            placed = grouping.people_in_place(members, timeless, self.places, self.standing.company.name)
            self._people[key] = self.cut(placed, timeless)
        return self._people[key]

    def expected_groups(self, dims: Dimensions, span: Span) -> Rows | None:
        """See `grouping.expected_groups`, of everyone there in `span`; worked out once for a question."""
        key = (*dims.groups, span)
        if key not in self._expected:
            calendar = self.standing.company.fiscal_calendar
            periods = calendar.periods(dims.finest, span) if dims.finest else []
            self._expected[key] = grouping.expected_groups(self.people_of(dims, span), dims, periods, calendar)
        return self._expected[key]

    def people_meant(self, dims: Dimensions) -> tuple[int, ...] | None:
        """The people whom `where` keeps on any day at all; None for everybody, or too many to name."""
        if dims.person_ids is not None:
            return dims.person_ids
        if not any(name in ("rep", *grouping.OVER_TIME, *dims.people) for name in dims.where):
            return None
        asked = dims.grouped_by().groups
        if asked not in self._meant:
            found = np.unique(self.people_of(dims.grouped_by(), Span(org.ALWAYS, org.NEVER)).numbers["person_id"])
            self._meant[asked] = tuple(sorted(found.tolist())) if len(found) <= MOST_NAMED else None
        return self._meant[asked]

    def steady(self, dims: Dimensions, span: Span) -> frozenset[int]:
        """Those whom `where` keeps on each day of `span`, and who changed nothing in it."""
        people, stays_count = np.unique(there(self._stays, span).numbers["person_id"], return_counts=True)
        kept = self.people_of(dims.grouped_by(), span).numbers
        is_throughout = (kept["starts_on"] == np.datetime64(span.start)) & (
            kept["ends_before"] == np.datetime64(span.end)
        )
        return frozenset(kept["person_id"][is_throughout].tolist()) & frozenset(people[stays_count == 1].tolist())


def scene_of(store: Store, real_today: date, today: date | None = None) -> Scene:
    """The scene of a store as it is now; `today` stands in for the day that the settings and the facts would give."""
    standing, people, covered = (
        standing_of(store, real_today),
        org_of(store),
        {key: joined(spans) for key, spans in reading.covered_spans(store).items()},
    )
    if today is not None:
        standing = replace(standing, today=today)
    source = standing.company.bookings_from or next((key for key, of in BOOKINGS_FROM.items() if of in covered), None)
    attributes = reading.attributes(store)
    marked = {row["key"]: bool(row["is_filter"]) for row in attributes.to_dict("records")}
    return Scene(
        store,
        Readings(store),
        standing,
        people,
        tuple(key for key, is_filter in marked.items() if is_filter),
        marked,
        covered,
        source,
        grouping.person_attributes(people.people),
        catalogue_of(store, marked),
    )


def catalogue_of(store: Store, marked: Mapping[str, bool]) -> Catalogue:
    """Everything that the store can count and show; `marked`: column of the company's own → whether it is filtered by."""
    counts, metrics = reading.own_measures(store).to_dict("records"), reading.own_metrics(store).to_dict("records")
    return catalogue(counts, [Declaration(**row) for row in metrics], marked)
