"""Several reps, teams or roles side by side, each against its own past and its like."""

from collections.abc import Sequence
from math import inf, nan

import numpy as np
import pandas as pd

from spm.benchmarks.comparing import references
from spm.benchmarks.comparing.certainty import Luck, Value, luck_of, values_of
from spm.benchmarks.comparing.references import Compared, Field
from spm.benchmarks.courses.measures import Measure, by_month
from spm.benchmarks.courses.queries import months, pasts
from spm.benchmarks.estimates import Sizes, sizes_from
from spm.benchmarks.subjects.model import Level, Subject, of_level
from spm.benchmarks.subjects.queries import asked, members, working_days
from spm.calendar import Period, Span
from spm.metrics.measures import MEASURES, SOLD, Tally
from spm.metrics.queries import Question, Scene, values
from spm.metrics.registry import Nature

ORDER_CASES = Tally("order", "ordered_on", "amount_cents", (SOLD,))


def comparable_metrics(scene: Scene) -> list[str]:
    """The metrics that the sheets say something about and that add up over time, in the registry's order."""
    return [
        key
        for key, one in scene.metrics.items()
        if one.nature not in (Nature.STOCK, Nature.DISTINCT)
        and not one.fault
        and all(
            measure in scene.covered and scene.tells(measure, scene.kept)
            for measure in scene.measures([*one.numerator, *one.denominator])
        )
    ]


def compared(
    scene: Scene, key: str, subjects_asked: Sequence[Subject], period: Period, measure: Measure = Measure.ABSOLUTE
) -> list[Compared]:
    """Each subject against its own past, peers, team and organisation; industry figures are `industry.queries.figures`.

    All of it per working day where `measure` says so, else as it is.
    """
    past = pasts(scene, key, subjects_asked, period, measure)
    everyone = members(scene, period)
    now = asked(scene, key, subjects_asked, period)
    found: dict[Subject, Compared] = {}
    for level in dict.fromkeys(one.level for one in subjects_asked):
        alike, field = of_level(subjects_asked, level), _field(scene, key, level, everyone, period, measure)
        for one, likely in zip(alike, references.drawn(field, alike), strict=True):
            own = field.values.get(one.name) if level is Level.REP else None
            value = own or (values_of(now[one])[0] if len(now[one]) else Value(nan))
            if field.is_per_day:
                value = value._replace(exposure=working_days(scene, one, period))
            found[one] = references.compared(field, one, past[one], value, likely)
    return [found[one] for one in subjects_asked]


def _field(scene: Scene, key: str, level: Level, everyone: pd.DataFrame, period: Period, measure: Measure) -> Field:
    asked_for = scene.metric(key)
    frame = values(scene, Question(key, (level.value,), span=period)).dropna(subset=[level.value])
    if level is Level.REP:
        present = everyone.set_index("rep")["present_share"]
        frame = frame[frame["rep"].isin(present.index)]
        frame = frame.assign(exposure=frame["rep"].map(present))
    is_per_day = measure is Measure.PER_DAY
    if is_per_day:
        frame = frame.assign(
            exposure=[working_days(scene, Subject(level, name), period) for name in frame[level.value]]
        )
    known = dict(zip(frame[level.value], values_of(frame), strict=True))
    is_fair = level is Level.REP or asked_for.is_ratio
    cases = _case_sizes(scene, key, level, period)
    is_running = scene.today < period.last_day
    sizes = sizes_of(scene, key, period)
    return Field(asked_for, known, everyone, sizes, cases, is_fair, is_running, is_per_day)


def sizes_of(scene: Scene, key: str, span: Span) -> Sizes | None:
    """The sizes of the single deals, orders or cycles behind a metric; None where its luck hangs on none."""
    if luck_of(scene.metric(key)) not in (Luck.AMOUNT, Luck.AVERAGE):
        return None
    cases = _cases(scene, key)
    return sizes_from(*scene.readings.size_sums(cases, span, scene.kept)) if cases else None


def _case_sizes(scene: Scene, key: str, level: Level, period: Period) -> dict[str, np.ndarray]:
    """Of an average the single sizes behind each rep's, by name."""
    cases = _cases(scene, key)
    if luck_of(scene.metric(key)) is not Luck.AVERAGE or level is not Level.REP or cases is None:
        return {}
    rows = scene.readings.sizes(cases, period, scene.kept).numbers
    in_order = np.argsort(rows["person_id"], kind="stable")
    owners, first = np.unique(rows["person_id"][in_order], return_index=True)
    of_each = np.split(rows["value"][in_order].astype(float), first[1:])
    names = dict(zip(scene.org.people["id"], scene.org.people["rep"], strict=True))
    return {names[owner]: own for owner, own in zip(owners.tolist(), of_each, strict=False) if owner in names}


def _cases(scene: Scene, key: str) -> Tally | None:
    """What one case of a metric of amounts is: the fact that its measure counts, of bookings by order the order.

    None of what is no matter of luck, as quotas.
    """
    measure = next(iter(scene.measures(scene.metric(key).numerator)), "")
    if measure == "order_value":
        return ORDER_CASES
    return next(iter(MEASURES[measure].tallies), None) if measure in MEASURES else None


def months_as(
    scene: Scene, key: str, compared_subjects: Sequence[Subject], period: Period, measure: Measure, months_count: int
) -> pd.DataFrame:
    """The last months of each subject as `measure`, see `measures.by_month`."""
    judged = months(scene, key, compared_subjects, period)
    days = {}
    if measure is Measure.PER_DAY:
        days = {
            (one, judgement.point.period): working_days(scene, one, judgement.point.period)
            for one, found in judged.items()
            for judgement in found[-months_count:]
        }
    most = 1.0 if luck_of(scene.metric(key)) is Luck.RATE else inf
    return by_month(judged, measure, days, months_count, most)
