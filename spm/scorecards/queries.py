"""Scorecards of people, from the metrics, the quotas and what each role answers for."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from functools import partial
from types import MappingProxyType
from typing import Any

import pandas as pd

from spm.benchmarks.queries import pace
from spm.calendar import ONE_DAY, Grain, Period, Span
from spm.metrics.glossary import LACKS, NO_MARGIN, is_without_margin, measures_behind
from spm.metrics.measures import sheet_of
from spm.metrics.queries import Scene, answer_rows, course_of
from spm.metrics.registry import Metric
from spm.people.roles import MANAGER
from spm.scorecards.aims import Ground
from spm.scorecards.bands import Bands
from spm.scorecards.closing.frozen import card
from spm.scorecards.closing.model import Closing, since_then
from spm.scorecards.closing.queries import closing_for, kept_cards, kept_results
from spm.scorecards.figures import Figures
from spm.scorecards.groups import Combined
from spm.scorecards.live import Live
from spm.scorecards.model import Scope, Scorecard
from spm.scorecards.past import Past
from spm.scorecards.personal import Held, Level, Override, Personal, personal, until
from spm.scorecards.record import Record, Source
from spm.scorecards.result import RepScorecard
from spm.scorecards.scored import Scored, score_table
from spm.scorecards.stretches import by_person, stretches
from spm.scorecards.targets import Absence
from spm.scorecards.versions.queries import versions_of
from spm.store import scorecards as stored

NO_SCORE = Combined(None, None, ())
NO_DRAFTS: Mapping[str, Scorecard] = MappingProxyType({})


def scorecard_of(scene: Scene, person_id: int, period: Period) -> RepScorecard:
    """A person's scorecard of a period, explained; without role scores where they were not there in it.

    Of a closed period it is the one that was kept, with the score that it would have now beside it. Of an open one actuals
    are those of `metrics.queries.values` for the same span; targets follow DEFINITIONS 3 and are for the whole period,
    also while it runs.
    """
    live = scene.once(live_of, period).of_few([person_id]).card(person_id)
    closing = closing_for(scene, period)
    if closing is None:
        return live
    kept = kept_results(scene, closing, person_id)
    if not kept:
        return replace(live, role_scores=(), explanations=(), whole=NO_SCORE, whole_to_date=None, closing=closing,
                       now=live.whole.value, notes=(f"{live.rep} was not there when {period.title} was closed.",))  # fmt: skip
    return replace(card(kept[0], period), closing=closing, now=live.whole.value)


def scorecards_of(scene: Scene, period: Period) -> list[RepScorecard]:
    """Everybody's scorecard of a period, by name; of a closed one as they were kept."""
    closing = closing_for(scene, period)
    if closing is None:
        live = scene.once(live_of, period)
        return [live.card(theirs[-1].person_id) for theirs in by_person(live.stretches)]
    return kept_cards(scene, closing)


def scores(scene: Scene, period: Period, where: Mapping[str, str], sellers_only: bool = False) -> pd.DataFrame:
    """The score of everyone who was there in the period, by name; of a closed one as they were kept.

    `where` may name a team: of those who were last in it or in one below. `sellers_only`: not of those who were managers
    last, whose scores are made of everybody else's results.

    Columns: person_id, rep, role (its label, the latest one), team, manager, score (1.0 is 100 points), band,
    score_to_date, band_to_date (against what is due by now; once the period is over the same as score and band),
    leading, lagging (of the latest role), counted ("3 of 4 items"). Missing is None.
    """
    team = where.get("team")
    found = results(scene, period, team, sellers_only)
    return score_table(one for one in found if team is None or one.team in scene.org.within(team))


def who_was_there(scene: Scene, period: Period) -> dict[int, str]:
    """Everyone whom `scores` tells of, by name: person id → name."""
    closing = closing_for(scene, period)
    if closing:
        kept = [frozen.result for frozen in kept_results(scene, closing)]
        return {one.person_id: one.rep for one in kept}
    return {theirs[-1].person_id: theirs[-1].rep for theirs in by_person(scene.once(live_of, period).stretches)}


def scores_of(scene: Scene, period: Period, reps: Collection[str]) -> pd.DataFrame:
    """The same of those of these people who were there, by their unique names."""
    if closing_for(scene, period):
        found = results(scene, period)
    else:
        live = scene.once(live_of, period)
        found = live.of_few({stretch.person_id for stretch in live.stretches if stretch.rep in reps}).results()
    return score_table(one for one in found if one.rep in reps)


def results(scene: Scene, period: Period, team: str | None = None, sellers_only: bool = False) -> list[Scored]:
    """What everyone came to in a period, by name: as it was kept where it is closed, else as it is now.

    `team`: at least of those who were in it or in one below on some day.
    """
    closing = closing_for(scene, period)
    if closing:
        kept = [frozen.result for frozen in kept_results(scene, closing)]
        return [one for one in kept if one.parts[-1].role != MANAGER] if sellers_only else kept
    live = scene.once(live_of, period)
    if team:
        within = scene.org.within(team)
        live = live.of_few(
            {one.person_id for one in live.stretches if any(days.team in within for days in one.stays or (one,))}
        )
    return live.results(sellers_only)


def changed_since(scene: Scene, closing: Closing) -> pd.DataFrame:
    """Whose kept score would be another one now: person_id, rep, kept, now (1.0 is 100 points, None without), words."""
    kept = {frozen.result.person_id: frozen.result for frozen in kept_results(scene, closing)}
    now = {result.person_id: result for result in scene.once(live_of, closing.period).results()}
    rows = []
    for person_id in kept | now:
        was, would = (known[person_id].whole.value if person_id in known else None for known in (kept, now))
        if words := since_then(was, would):
            rows.append((person_id, (kept | now)[person_id].rep, was, would, words))
    return pd.DataFrame(rows, columns=["person_id", "rep", "kept", "now", "words"], dtype=object)


def live_of(scene: Scene, period: Period, drafts: Mapping[str, Scorecard] = NO_DRAFTS) -> Live:
    """What everybody's scores of a period are worked out from as things are known now; `drafts` stand in by role."""
    company, people = scene.standing.company, scene.org.people
    until_today = max(period.start, min(period.end, scene.today + ONE_DAY))
    past = scene.once(_past_of)
    record = Record(past.source, period)
    figures = Figures(record, past, company, Span(period.start, until_today))
    ground = Ground(
        figures, scene.once(_people), _absences(scene), scene.once(personal_of), company.currency, company.ramp_of,
    )  # fmt: skip
    theirs = stretches(scene.org.active(period), people, scene.org.assignments, period)
    live = Live(
        ground, bands_of(scene), scene.once(versions_of), period, theirs, partial(_why_missing, scene, period), drafts
    )
    record.expect_movers(stretch.person_id for stretch in theirs if stretch.stays)
    for role in sorted({stretch.role for stretch in theirs}):
        items = [item for item in live.scorecard(role).items if not item.is_waiting]
        record.expect(role, items, (stretch.person_id for stretch in theirs if stretch.role == role))
        past.expect(items)
    return live


def bands_of(scene: Scene) -> Bands:
    """The company's bands."""
    company = scene.standing.company
    return Bands(company.outstanding, company.on_target, company.near_target)


def metrics_of(scene: Scene) -> dict[str, Metric]:
    """Every metric that a scorecard can have, by key."""
    return {key: metric for key, metric in scene.metrics.items() if not metric.fault}


def personal_of(scene: Scene) -> Personal:
    """Everybody's skill levels and agreed targets."""
    levels = [
        Held(row["id"], row["person_id"], Level(row["level"]), row["starts_on"] or Held.starts_on)
        for row in stored.skill_levels(scene.store).to_dict("records")
    ]
    overrides = [
        Override(
            set_on=row.pop("made_at").date(),
            **{
                **row,
                "scope": Scope(row["scope"]),
                "grain": Grain(row["grain"]),
                "is_full": bool(row["is_full"]),
                "ends_before": until(row["ends_before"]),
            },
        )
        for row in stored.overrides(scene.store).to_dict("records")
    ]
    return personal(levels, overrides)


def _past_of(scene: Scene) -> Past:
    return Past(_source(scene), scene.standing.company.fiscal_calendar)


def _source(scene: Scene) -> Source:
    return Source(
        metric=scene.metric,
        answers=lambda metrics, by, span, people: answer_rows(scene, metrics, by, span=span, person_ids=people),
        below=lambda metrics, manager, span: answer_rows(scene, metrics, where=(("manager", manager),), span=span),
        is_covered=scene.speaks_of,
        reach=lambda metric: scene.covered_span(metric.numerator),
        active=scene.org.active,
        bookings_due=lambda period: pace(scene, period, {}).share,
        of_company=partial(_of_company, scene),
    )


def _of_company(scene: Scene, metric: str, grain: Grain, periods: Sequence[Period]) -> list[float]:
    """The metric of the whole company in periods of one length; those of each that sheets reach over are read at once, as
    whichever period is scored looks back on them."""
    course, reach = course_of(scene, metric, {}), scene.covered_span(scene.metric(metric).numerator)
    if reach:
        course.values(grain, scene.standing.company.fiscal_calendar.periods(grain, reach))
    return course.values(grain, periods)


def _people(scene: Scene) -> dict[int, dict[str, Any]]:
    """Everybody's columns by id."""
    return scene.org.people.set_index("id").to_dict("index")


def _absences(scene: Scene) -> dict[int, list[Absence]]:
    found: dict[int, list[Absence]] = {}
    for leave in scene.org.leaves.itertuples():
        found.setdefault(leave.person_id, []).append(
            Absence(Span(leave.starts_on, leave.ends_before), leave.away_share)
        )
    return found


def _why_missing(scene: Scene, period: Period, metric: Metric) -> str:
    """Why a metric has no value in the period: "no sheet of activities speaks for Q2 2017", or where one speaks of other things
    "no sheet of deals tells it for Q2 2017"."""
    behind = scene.measures(measures_behind(metric))
    told = {key for key, spans in scene.covered.items() if any(span.overlap(period) for span in spans)}
    silent = [key for key in behind if key not in told]
    if silent:
        sheets = list(dict.fromkeys(map(sheet_of, silent)))
        verb = "tells it" if {*sheets} <= {*map(sheet_of, told)} else "speaks"
        return f"no sheet of {' or '.join(sheets)} {verb} for {period.title}"
    if is_without_margin(metric, scene):
        return NO_MARGIN
    return LACKS.get(metric.key, f"nothing in {period.title} to work it out from")
