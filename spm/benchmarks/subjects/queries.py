"""Who is there to be compared, and what a metric comes to for several of them, each question asked once for all."""

from collections.abc import Mapping, Sequence

import pandas as pd

from spm.benchmarks.subjects import model
from spm.benchmarks.subjects.model import Level, Subject
from spm.calendar import ONE_DAY, Grain, Period, Span
from spm.metrics.queries import Question, Scene, answers, values

NUMBERS = ["value", "numerator", "denominator"]
AT_ONCE = (Level.REP, Level.ROLE)  # a team's own rows leave out the teams below it: asked for one by one


def members(scene: Scene, period: Period) -> pd.DataFrame:
    """See `model.members`: everyone who was there in the period. Nobody may change it."""
    return scene.once(_members, period)


def _members(scene: Scene, period: Period) -> pd.DataFrame:
    return model.members(scene.org.active(period), scene.org.people, period, scene.today)


def asked(
    scene: Scene, key: str, compared: Sequence[Subject], span: Span, grain: Grain | None = None
) -> dict[Subject, pd.DataFrame]:
    """The metric of each subject: value, numerator and denominator; with a grain a row a period, by its label.

    Empty where nothing is known of a subject.
    """
    grains = (grain.value,) if grain else ()
    found: dict[Subject, pd.DataFrame] = {}
    for level in Level:
        alike = model.of_level(compared, level)
        if level in AT_ONCE and len(alike) > 1:
            theirs = _ids(scene, alike) if level is Level.REP else None
            frame = answers(scene, [key], (level.value, *grains), (), span, theirs)[key]
            found |= model.split(frame, alike, level.value)
        else:
            found |= {one: values(scene, Question(key, grains, tuple(one.where.items()), span)) for one in alike}
    return {one: found[one][[*grains, *NUMBERS]].reset_index(drop=True) for one in compared}


def _ids(scene: Scene, reps: Sequence[Subject]) -> tuple[int, ...]:
    people = scene.org.people
    return tuple(people.loc[people["rep"].isin([one.name for one in reps]), "id"].tolist())


def value_of(frame: pd.DataFrame, column: str = "value") -> float | None:
    """The one number of an answer without a grain, None where it is missing."""
    return None if frame.empty or pd.isna(frame[column].iloc[0]) else float(frame[column].iloc[0])


def working_days(scene: Scene, one: Subject, span: Span) -> int:
    """The working days of a span that are over, of a rep those on which they were there."""
    working, of_reps = scene.once(_working_days, Span(span.start, span.end))
    return of_reps.get(one.name, 0) if one.level is Level.REP else working


def _working_days(scene: Scene, span: Span) -> tuple[int, Mapping[str, int]]:
    """Of the company, and of each rep who was there."""
    until = min(span.end, scene.today + ONE_DAY)
    if until <= span.start:
        return 0, {}
    over = Span(span.start, until)
    working = scene.standing.company.working_calendar.working_days(over)
    return len(working), model.days_there(scene.org.active(over), working)
