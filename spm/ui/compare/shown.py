"""As what the chosen of the Compare page are shown: their values so, and what such a value is called."""

from collections.abc import Sequence

from spm.benchmarks.comparing.references import Compared
from spm.benchmarks.courses.measures import Measure, change
from spm.benchmarks.subjects.model import Level, Subject
from spm.metrics.registry import Unit
from spm.metrics.wording import percent, percent_change
from spm.scorecards.queries import scorecard_of
from spm.ui import asking, show
from spm.ui.compare.choice import Choice

JUDGED = (Measure.ABSOLUTE, Measure.PER_DAY)
"""As these luck is known: peers, tiers and words speak of them too. Of a change, or a share of a target, it is not."""

SAID_AS = {
    Measure.ABSOLUTE: "{}",
    Measure.PER_DAY: "{} per working day",
    Measure.OF_TARGET: "{} as a share of the own target",
    Measure.CHANGE: "change in {} on a year earlier",
}


def is_judged(chosen: Choice) -> bool:
    return chosen.measure in JUDGED


def name(chosen: Choice) -> str:
    """What is shown, within a sentence: "bookings per working day"."""
    return SAID_AS[chosen.measure].format(chosen.metric.label.lower())


def kind(chosen: Choice) -> Unit | str:
    """What the values are, for columns and pictures."""
    match chosen.measure:
        case Measure.CHANGE:
            return "change"
        case Measure.OF_TARGET:
            return Unit.SHARE
    return chosen.metric.unit


def values(found: Sequence[Compared], chosen: Choice) -> list[float | None]:
    """The value of each as the chosen measure."""
    match chosen.measure:
        case Measure.CHANGE:
            return [change(one.value, one.past.year_earlier.past) for one in found]
        case Measure.OF_TARGET:
            return [_of_target(one.subject, chosen) for one in found]
    return [one.value for one in found]


def in_words(value: float, chosen: Choice, is_short: bool = True) -> str:
    """A value as the chosen measure: "$3.09M", "+12 %"."""
    if chosen.measure is Measure.CHANGE:
        return percent_change(value)
    if chosen.measure is Measure.OF_TARGET:
        return percent(value)
    return (show.number if is_short else show.in_full)(value, chosen.metric)


def _of_target(one: Subject, chosen: Choice) -> float | None:
    """The share of what a rep's scorecard aims at; None of anybody else."""
    if one.level is not Level.REP:
        return None
    people = asking.scene().org.people.set_index("rep")
    card = asking.answer(scorecard_of, int(people.loc[one.name, "id"]), chosen.period)
    readings = [item.reading for part in card.role_scores for item in part.score.counted]
    return next((one.uncapped_attainment for one in readings if one.metric.key == chosen.metric.key), None)
