"""How sure the values of several reps, teams or roles are: their luck, and whether each can be told from the rest. Pure."""

from collections.abc import Callable, Sequence
from enum import Enum
from math import isfinite, isnan, nan, sqrt
from statistics import NormalDist
from typing import NamedTuple

import pandas as pd

from spm.benchmarks import estimates
from spm.benchmarks.estimates import Estimate, Sizes
from spm.benchmarks.rates import Rate
from spm.metrics.measures import MEASURES, Unit
from spm.metrics.registry import Metric, Nature

LIKELY, SURE = 0.80, 0.95  # worth a mark; worth a word
LUCK = NormalDist()


class Value(NamedTuple):
    """What somebody had: of a ratio also what was divided by what. NaN is missing.

    `exposure`: what a sum is held against: the share of the period that somebody was there, of several people their number;
    or what could be expected.
    """

    value: float
    numerator: float = nan
    denominator: float = nan
    exposure: float = 1.0

    @property
    def is_known(self) -> bool:
        return isfinite(self.value)

    @property
    def rate(self) -> Rate:
        return Rate(0 if isnan(self.numerator) else self.numerator, 0 if isnan(self.denominator) else self.denominator)


class Luck(Enum):
    """What the luck of a metric is that of."""

    RATE = "so many of so many cases"
    COUNT = "so many cases"
    AMOUNT = "cases of differing size, together"
    AVERAGE = "cases of differing size, on average"
    UNKNOWN = "nothing that is known"


def luck_of(metric: Metric) -> Luck:
    """By unit and nature. An attainment is an amount: the bookings against a quota that is no matter of luck."""
    match metric.nature, metric.unit:
        case Nature.SUM, Unit.MONEY:
            return Luck.AMOUNT
        case Nature.SUM, Unit.COUNT:
            return Luck.COUNT
        case Nature.RATIO, _ if "bookings" in metric.numerator:
            return Luck.AMOUNT
        case Nature.RATIO, unit if all(
            key in MEASURES and MEASURES[key].unit is Unit.COUNT for key in metric.denominator
        ):
            return {Unit.SHARE: Luck.RATE, Unit.MONEY: Luck.AVERAGE, Unit.DAYS: Luck.AVERAGE}.get(unit, Luck.UNKNOWN)
    return Luck.UNKNOWN


def estimates_of(metric: Metric, several: Sequence[Value], sizes: Sizes | None) -> list[Estimate | None]:
    """Values with their luck, None where none is known. `sizes`: of the single deals, orders or cycles behind the metric."""
    estimate = _estimate_of(metric, sizes)
    return [estimate(one) if estimate and one.is_known else None for one in several]


def _estimate_of(metric: Metric, sizes: Sizes | None) -> Callable[[Value], Estimate | None] | None:
    """How a value of the metric is estimated; None where its luck is not known."""
    match luck_of(metric):
        case Luck.RATE:
            return lambda one: estimates.of_rate(one.rate)
        case Luck.COUNT:
            return lambda one: estimates.of_count(one.value, one.exposure)
        case Luck.AMOUNT if sizes and metric.is_ratio:
            typical, variation = sizes.typical, sizes.variation
            return lambda one: estimates.of_count(one.numerator / typical, one.denominator / typical, variation)
        case Luck.AMOUNT if sizes:
            typical, variation = sizes.typical, sizes.variation
            return lambda one: estimates.of_count(one.value / typical, one.exposure, variation)
        case Luck.AVERAGE if sizes:
            variation = sizes.variation
            return lambda one: estimates.of_average(one.value, one.denominator, variation)
    return None


def values_of(frame: pd.DataFrame) -> list[Value]:
    """The rows of an answer of `metrics.queries.values`; exposure 1 where there is no such column."""
    present = frame["exposure"].tolist() if "exposure" in frame else [1.0] * len(frame)
    columns = frame[["value", "numerator", "denominator"]].to_numpy(float).T.tolist()
    return [Value(*row) for row in zip(*columns, present, strict=True)]


def pooled(metric: Metric, several: Sequence[Value]) -> Value:
    """Several together as if they were one: Σ ÷ Σ of a ratio, of a sum what one had who was there all the time.

    NaN where nothing is known of any. The sum's own luck is that of all: its exposure is theirs together.
    """
    known = [one for one in several if one.is_known]
    if metric.is_ratio:
        above, below = sum(one.numerator for one in known), sum(one.denominator for one in known)
        return Value(above / below if below else nan, above, below)
    people = sum(one.exposure for one in known)
    return Value(sum(one.value for one in known) if people else nan, exposure=people)


def mean_of(metric: Metric, together: Value) -> float | None:
    """What one of those who were pooled had: the ratio, or of a sum that of one who was there all the time."""
    if not together.is_known:
        return None
    return together.value if metric.is_ratio else together.value / together.exposure


def probability_better(metric: Metric, one: Value, other: Value, sizes: Sizes | None) -> float | None:
    """How likely one is truly better than the other, 0 to 1, by the luck of both; None where it is not known.

    Of two who both have nothing there is nothing to say.
    """
    return _better(metric, (one, other), estimates_of(metric, (one, other), sizes))


def _better(metric: Metric, pair: Sequence[Value], estimated: Sequence[Estimate | None]) -> float | None:
    own, others = estimated
    if own is None or others is None or not (pair[0].value or pair[1].value):
        return None
    gap = (own.at - others.at) * (1 if metric.higher_is_better else -1)
    return LUCK.cdf(gap / sqrt(own.error**2 + others.error**2))


def in_words(probability: float | None, one: Value, other: Value, metric: Metric) -> str:
    """What a coach can say of one against another: "too early to tell: 5 of 15 against 119 of 400"; "" without probability."""
    if probability is None:
        return ""
    said = "better" if probability >= SURE else "worse" if probability <= 1 - SURE else "too early to tell"
    return f"{said}: {one.rate.words} against {other.rate.words}" if luck_of(metric) is Luck.RATE else said


def against_the_rest(
    metric: Metric, several: Sequence[Value], estimated: Sequence[Estimate | None], sizes: Sizes | None
) -> list[float | None]:
    """How likely each is truly better than all the others together; `estimated`: their values with their luck."""
    everyone = pooled(metric, several)
    rests = [_without(metric, everyone, one) for one in several]
    of_rests = estimates_of(metric, rests, sizes)
    pairs = zip(several, rests, estimated, of_rests, strict=True)
    return [_better(metric, (one, rest), (own, others)) for one, rest, own, others in pairs]


def _without(metric: Metric, everyone: Value, one: Value) -> Value:
    if metric.is_ratio:
        above, below = everyone.numerator - one.numerator, everyone.denominator - one.denominator
        return Value(above / below if below > 0 else nan, above, below)
    people = everyone.exposure - one.exposure
    return Value(everyone.value - one.value if people > 0 else nan, exposure=people)
