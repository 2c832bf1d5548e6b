"""Scorecards of people, from the metrics, the quotas and what each role answers for."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from math import isinf, isnan
from typing import Any

import pandas as pd

from spm.benchmarks.own_past import PERIODS_A_YEAR
from spm.benchmarks.queries import pace
from spm.calendar import ONE_DAY, Grain, Period, Span
from spm.metrics import wording
from spm.metrics.queries import Question, Scene, values
from spm.metrics.registry import METRICS, Metric, Nature
from spm.people.org import ALWAYS, NEVER, below
from spm.people.roles import DEFAULT_ROLE
from spm.scorecards.bands import Bands
from spm.scorecards.explanation import explained
from spm.scorecards.groups import Combined, Part, combined
from spm.scorecards.model import Item, Scope, Scorecard, from_plain
from spm.scorecards.notes import measures_behind, notes, reasons
from spm.scorecards.result import Aim, Origin, RepScorecard, RoleScore, role_label
from spm.scorecards.scoring import Reading, score
from spm.scorecards.starting import STARTING
from spm.scorecards.stretches import Stretch, by_person, rolled_up, stretches
from spm.scorecards.targets import (
    PAST_PERIODS,
    Absence,
    SuggestedTarget,
    Target,
    of_days,
    own_target,
    periods_before,
    presence_share,
    ramp_share,
    season_index,
    suggested_target,
)
from spm.store import reading as stored

SEASONS = (Grain.MONTH, Grain.QUARTER)
SCORE_COLUMNS = ("person_id", "rep", "role", "team", "manager", "score", "band", "score_to_date", "band_to_date",
                 "leading", "lagging", "counted")  # fmt: skip
WHO = {Scope.OWN: "rep", Scope.TEAM: "manager"}


def scorecard_of(scene: Scene, person_id: int, period: Period) -> RepScorecard:
    """A person's scorecard of a period, explained; without role scores where they were not there in it.

    Actuals are those of `metrics.queries.values` for the same span; targets follow DEFINITIONS 3 and are for the whole
    period, also while it runs.
    """
    known = _Known(scene, period)
    person = known.people[person_id]
    theirs = _stretches(known, person_id)
    parts = tuple(_role_score(known, stretch) for stretch in theirs)
    last = theirs[-1] if theirs else None
    left_out = [reading.metric for part in parts for reading in part.score.left_out]
    missing = reasons(parts, _uncovered(scene, left_out, period), period)
    return RepScorecard(
        person_id=person_id,
        rep=person["rep"],
        team=last.team if last else None,
        manager=last.manager if last else None,
        period=period,
        role_scores=parts,
        explanations=tuple(explained(part.score, known.bands, known.company.currency) for part in parts),
        whole=_whole(known, parts),
        whole_to_date=_whole_to_date(known, parts),
        is_role_assumed=bool(last and last.is_role_assumed),
        elapsed_share=known.elapsed_share,
        missing=missing,
        notes=notes(theirs, parts, person, period, known.elapsed_share, missing, known.borrowed),
    )


def scores(scene: Scene, period: Period) -> pd.DataFrame:
    """The score of everyone who was there in the period, by name.

    Columns: person_id, rep, role (its label, the latest one), team, manager, score (1.0 is 100 points), band,
    score_to_date, band_to_date (against what is due by now; once the period is over the same as score and band),
    leading, lagging (of the latest role), counted ("3 of 4 items"). Missing is None.
    """
    known = _Known(scene, period)
    rows = []
    for theirs in by_person(_stretches(known)):
        parts = [_role_score(known, stretch) for stretch in theirs]
        whole = _whole(known, parts)
        to_date = _whole_to_date(known, parts) or whole
        last, latest = theirs[-1], parts[-1].score
        rows.append(
            (last.person_id, last.rep, role_label(last.role), last.team, last.manager, whole.value, whole.band,
             to_date.value, to_date.band, latest.leading, latest.lagging, latest.completeness)
        )  # fmt: skip
    return pd.DataFrame(rows, columns=list(SCORE_COLUMNS), dtype=object).sort_values("rep", ignore_index=True)


def scorecard_for(scene: Scene, role: str, day: date) -> Scorecard:
    """What a role answers for on a day: the stored version in force, else what it starts with.

    A role that has neither gets the sales representative's.
    """
    versions = stored.scorecard_versions(scene.store)
    in_force = [
        version
        for version in versions.to_dict("records")
        if version["role"] == role and (version["effective_on"] or ALWAYS) <= day
    ]
    if in_force:
        return Scorecard(role, tuple(from_plain(item) for item in in_force[-1]["items"]))
    return STARTING.get(role) or replace(STARTING[DEFAULT_ROLE], role=role)


def bands_of(scene: Scene) -> Bands:
    """The company's bands."""
    company = scene.standing.company
    return Bands(company.outstanding, company.on_target, company.near_target)


class _Known:
    """What is known of everybody in one period, each thing asked for once however many people need it."""

    def __init__(self, scene: Scene, period: Period) -> None:
        self.scene, self.period = scene, period
        self.company = scene.standing.company
        self.bands = bands_of(scene)
        until = max(period.start, min(period.end, scene.today + ONE_DAY))
        self.over = Span(period.start, until)
        self.elapsed_share = self.company.working_calendar.share(self.over, period)
        self.people = scene.org.people.set_index("id").to_dict("index")
        self.leaves = scene.org.leaves
        self.active = scene.org.active(period)
        self.teams = below(self.active, scene.org.people)
        self._scorecards: dict[str, Scorecard] = {}
        self._values: dict[tuple[str, Scope, Span, str], dict[str, float]] = {}
        self._suggested: dict[tuple[Any, ...], tuple[Item, SuggestedTarget | None]] = {}
        self._bookings_due: float | None = None
        self._seasons: dict[str, float] = {}
        self._working_days: dict[Span, list[date]] = {}

    def scorecard(self, role: str) -> Scorecard:
        if role not in self._scorecards:
            self._scorecards[role] = scorecard_for(self.scene, role, self.period.last_day)
        return self._scorecards[role]

    @property
    def borrowed(self) -> set[str]:
        """The roles met so far that have no scorecard of their own."""
        own = STARTING[DEFAULT_ROLE].items
        return {role for role, one in self._scorecards.items() if one.items is own and role != DEFAULT_ROLE}

    def value(self, metric: str, stretch: Stretch, scope: Scope, span: Span, part: str = "value") -> float | None:
        """The metric of a person, or of the team below them, None where it is missing.

        `part`, of a person's: "numerator" asks for that of a ratio.
        """
        key = (metric, scope, span, part)
        if key not in self._values:
            frame = values(self.scene, Question(metric, (WHO[scope],), span=span))
            if scope is Scope.TEAM:
                self._values[key] = rolled_up(frame, METRICS[metric], self.teams)
            else:
                self._values[key] = dict(zip(frame["rep"], frame[part].astype(float), strict=True))
        found = self._values[key].get(stretch.rep if scope is Scope.OWN else stretch.name)
        return None if found is None or isnan(found) else found

    def working_days(self, span: Span) -> list[date]:
        if span not in self._working_days:
            self._working_days[span] = self.company.working_calendar.working_days(span)
        return self._working_days[span]

    def periods_count(self, grain: Grain, span: Span) -> float:
        """How many periods of that length a span is, by working days: half a month is 0.5."""
        periods = self.company.fiscal_calendar.periods(grain, span)
        return sum(self.company.working_calendar.share(span, one) for one in periods)

    def suggested(self, item: Item, role: str) -> tuple[Item, SuggestedTarget | None]:
        """What the role's own last 12 periods suggest, and the item with the length of period they are of.

        Of an additive metric only periods that the sheets cover wholly are taken; where there is none of the item's
        length, months.
        """
        key = (item.metric, item.scope, item.period, role)
        if key not in self._suggested:
            found = _suggested(self, item, role)
            if found is None and METRICS[item.metric].nature is Nature.SUM and item.period is not Grain.MONTH:
                item = replace(item, period=Grain.MONTH)
                found = _suggested(self, item, role)
            self._suggested[key] = item, found
        return self._suggested[key]

    def due_share(self, metric: Metric, span: Span) -> float:
        """What part of a target for `span` is due by now: of bookings what past periods had by this day, of other
        things the elapsed share of working days.
        """
        if "bookings" in metric.numerator and span == Span(self.period.start, self.period.end):
            if self._bookings_due is None:
                self._bookings_due = pace(self.scene, self.period, {}).share
            return self._bookings_due
        return self.company.working_calendar.share(self.over, span)

    def season(self, metric: str) -> float:
        """What the season makes of the metric in this period, by the whole company."""
        grain = self.period.grain
        if grain not in SEASONS:
            return 1.0
        if metric not in self._seasons:
            count = PERIODS_A_YEAR[grain]
            past = periods_before(self.period.start, grain, 2 * count, self.company.fiscal_calendar)
            frame = values(self.scene, Question(metric, (grain.value,), span=Span(past[0].start, past[-1].end)))
            by_label = dict(zip(frame[grain.value], frame["value"].astype(float), strict=True))
            whole = [one for one in past if is_covered(self.scene, METRICS[metric], one)]
            self._seasons[metric] = season_index([by_label.get(one.label) for one in whole], count)
        return self._seasons[metric]


def _stretches(known: "_Known", person_id: int | None = None) -> list[Stretch]:
    active, org = known.active, known.scene.org
    if person_id is not None:
        active = active[active["person_id"] == person_id]
    return stretches(active, org.people, org.assignments, known.period)


def _role_score(known: _Known, stretch: Stretch) -> RoleScore:
    items = known.scorecard(stretch.role).items
    asked = [item for item in items if not item.is_waiting]
    aims = [(item, _aim(known, item, stretch)) for item in asked]
    readings = []
    for item, aim in aims:
        actual = _actual(known, item, aim, stretch)
        covered = actual is not None and isinf(actual)
        readings.append(
            Reading(
                item,
                METRICS[item.metric],
                target=aim.target.value if aim.target else None,
                actual=None if covered else actual,
                is_covered=covered,
            )
        )
    waiting = [item for item in items if item.is_waiting]
    due = [_due(known, reading, stretch) for reading in readings]
    return RoleScore(
        stretch.role,
        stretch.span,
        days_count=len(known.working_days(stretch.span)) or stretch.span.days_count,
        score=score(readings, known.bands, waiting),
        to_date=score(due, known.bands, waiting) if 0 < known.elapsed_share < 1 else None,
        aims=tuple(aims),
    )


def _actual(known: _Known, item: Item, aim: Aim, stretch: Stretch) -> float | None:
    """The actual of an item; of bookings against a quota those of the days that the quotas speak for."""
    if aim.origin is Origin.QUOTA and (item.metric, item.scope) == ("bookings", Scope.OWN):
        return known.value("attainment", stretch, item.scope, aim.span, part="numerator")
    return known.value(item.metric, stretch, item.scope, aim.span)


def _due(known: _Known, reading: Reading, stretch: Stretch) -> Reading:
    """The reading with the part of its target that is due by now; only what adds up over the period grows with it."""
    metric = reading.metric
    if reading.target is None or not (metric.nature is Nature.SUM or "quota" in metric.denominator):
        return reading
    return replace(reading, target=reading.target * known.due_share(metric, stretch.span))


def _whole(known: _Known, parts: Sequence[RoleScore]) -> Combined:
    return combined([Part(part.role, part.score.value, part.days_count) for part in parts], known.bands)


def _whole_to_date(known: _Known, parts: Sequence[RoleScore]) -> Combined | None:
    so_far = [Part(part.role, part.to_date.value, part.days_count) for part in parts if part.to_date]
    return combined(so_far, known.bands) if so_far else None


def _aim(known: _Known, item: Item, stretch: Stretch) -> Aim:
    """The target of an item: the quota where asked for and known, else the scorecard's, else a suggested one."""
    metric, currency = METRICS[item.metric], known.company.currency

    def shown(value: float) -> str:
        return wording.whole(metric.unit, value, currency)

    if item.target_from:
        quotas = known.scene.covered_span(METRICS[item.target_from].numerator)
        span = quotas.overlap(stretch.span) if quotas else None
        quota = known.value(item.target_from, stretch, item.scope, span) if span else None
        if span and quota is not None:
            return Aim(Target(quota), Origin.QUOTA, f"Quota {shown(quota)}{of_days(span, stretch.span)}.", span)
    if item.target is not None:
        target = _own(known, item, metric, item.target, stretch)
        return Aim(target, Origin.SCORECARD, f"The scorecard asks {target.sentence(shown)}.", stretch.span)
    item, suggestion = known.suggested(item, stretch.role)
    if suggestion is None:
        return Aim(None, None, f"No {item.period} before this one to take a target from.", stretch.span)
    target = _own(known, item, metric, suggestion.value, stretch)
    return Aim(target, Origin.SUGGESTED, f"{target.sentence(shown)}: {suggestion.words(item.period)}", stretch.span)


def _own(known: _Known, item: Item, metric: Metric, base: float, stretch: Stretch) -> Target:
    person, days = known.people[stretch.person_id], known.working_days(stretch.span)
    employed = Span(person["started_on"] or ALWAYS, (person["ended_on"] + ONE_DAY) if person["ended_on"] else NEVER)
    away = known.leaves[known.leaves["person_id"] == stretch.person_id]
    leaves = [Absence(Span(leave.starts_on, leave.ends_before), leave.away_share) for leave in away.itertuples()]
    return own_target(
        base,
        item,
        metric,
        ramp_share=ramp_share(person["started_on"], days),
        presence_share=presence_share(days, employed, leaves),
        season_index=known.season(item.metric) if item.seasonal and metric.nature is Nature.SUM else 1.0,
        periods_count=known.periods_count(item.period, stretch.span),
    )


def _suggested(known: _Known, item: Item, role: str) -> SuggestedTarget | None:
    scene, metric, grain = known.scene, METRICS[item.metric], item.period.value
    past = periods_before(known.period.start, item.period, PAST_PERIODS, known.company.fiscal_calendar)
    if metric.nature is Nature.SUM:
        past = [one for one in past if is_covered(scene, metric, one)]
    if not past:
        return None
    by = ("rep", "role", grain) if item.scope is Scope.OWN else ("manager", grain)
    frame = values(scene, Question(item.metric, by, span=Span(past[0].start, past[-1].end)))
    if item.scope is Scope.OWN:
        frame = frame[(frame["role"] == role) & frame["rep"].notna()]
    return suggested_target(frame["value"].astype(float).tolist(), item.prefers_more(metric))


def is_covered(scene: Scene, metric: Metric, period: Span) -> bool:
    """Whether the sheets reach over all of the period: for each measure of a ratio, for one at least of a sum."""
    spans = [scene.covered_span([key]) for key in scene.measures([*metric.numerator, *metric.denominator])]
    reach = [span is not None and span.start <= period.start and period.end <= span.end for span in spans]
    return all(reach) if metric.is_ratio else any(reach)


def _uncovered(scene: Scene, metrics: Iterable[Metric], period: Span) -> dict[str, list[str]]:
    """Metric → the measures behind it for which no sheet speaks in the period."""
    return {
        metric.key: [
            key
            for key in scene.measures(measures_behind(metric))
            if not any(span.overlap(period) for span in scene.covered.get(key, ()))
        ]
        for metric in metrics
    }
