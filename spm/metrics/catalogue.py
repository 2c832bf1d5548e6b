"""What a company can count and show: what comes with the app, and what the company declared. Pure."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from spm.errors import Refusal, UnknownName
from spm.metrics.expressions import Quantity, Vocabulary, compiled
from spm.metrics.measures import MEASURES, Measure, Unit, all_measures, own_measure
from spm.metrics.registry import METRICS, Metric, Nature, Term, Timing, nearest_keys


@dataclass(frozen=True)
class Declaration:
    """A metric as a company writes it down. `shown_as` is "" where the expression decides, `key` "" before it is kept."""

    label: str
    expression: str
    meaning: str = ""
    shown_as: str = ""
    higher_is_better: bool = True
    timing: str = Timing.LAGGING.value
    key: str = ""


@dataclass(frozen=True)
class Catalogue:
    """Every measure and every metric by its key."""

    measures: Mapping[str, Measure]
    metrics: Mapping[str, Metric]

    def metric(self, key: str) -> Metric:
        """The metric of that key. Raises UnknownName with the nearest keys."""
        if key not in self.metrics:
            near = nearest_keys(key, self.metrics)
            hint = f"Did you mean {' or '.join(near)}?" if near else "`spm metrics` lists them."
            raise UnknownName(f"There is no metric “{key}”.", hint)
        return self.metrics[key]

    @cached_property
    def quantities(self) -> dict[str, Quantity]:
        """What an expression can add up, by name: measures, and metrics that are sums of them."""
        found = {
            key: Quantity(one.label, one.unit, (Term(key),))
            for key, one in self.measures.items()
            if not one.only_of_reps
        }
        for key, one in METRICS.items():
            if one.nature is Nature.SUM and not any(self._is_only_of_reps(name) for name in one.numerator):
                found[key] = Quantity(one.label, one.unit, tuple(Term(name) for name in one.numerator))
        return found

    def _is_only_of_reps(self, key: str) -> bool:
        return key in self.measures and self.measures[key].only_of_reps

    def vocabulary(
        self, attributes: Mapping[str, bool], values: Callable[[str, str], Collection[str]] | None = None
    ) -> Vocabulary:
        """What an expression can be made of; see `Vocabulary` for the two arguments."""
        barred = {key: _bar(one) for key, one in self.metrics.items() if key not in self.quantities}
        return Vocabulary(self.quantities, barred, attributes, values)


def catalogue(
    counts: Iterable[Mapping[str, Any]], declared: Iterable[Declaration], attributes: Mapping[str, bool]
) -> Catalogue:
    """Everything, with the company's own measures (`counts`: key, label, unit) and metrics; `attributes`: see `Vocabulary`.

    A metric of the company's own that can no longer be worked out, say because a column isn't one to filter by any more,
    is there with its `fault`.
    """
    measures = all_measures(own_measure(row["key"], row["label"], row["unit"]) for row in counts)
    counted = {key: _counted(one) for key, one in measures.items() if key not in MEASURES}
    known = Catalogue(measures, {**counted, **METRICS})
    vocabulary = known.vocabulary(attributes)
    return replace(known, metrics={**known.metrics, **{one.key: own_metric(one, vocabulary) for one in declared}})


def own_metric(said: Declaration, vocabulary: Vocabulary) -> Metric:
    """The metric that a company declared; with its `fault` where it does not come to one."""
    try:
        return worked_out(said, vocabulary)
    except Refusal as refusal:
        return Metric(
            said.key, said.label, Unit.COUNT, said.meaning or said.label, (), (), said.higher_is_better, Timing(said.timing),
            formula=said.expression, fault=refusal.sentence, is_own=True,
        )  # fmt: skip


def worked_out(said: Declaration, vocabulary: Vocabulary) -> Metric:
    """The same; raises Refusal where the expression cannot be read or worked out."""
    found = compiled(said.expression, vocabulary)
    numerator, denominator = _measures(found.combination.numerator), _measures(found.combination.denominator)
    return Metric(
        said.key,
        said.label,
        found.shown_as(said.shown_as),
        said.meaning or said.label,
        numerator,
        denominator,
        said.higher_is_better,
        Timing(said.timing),
        Nature.RATIO if denominator else Nature.SUM,
        said.expression,
        found.combination,
        found.per if found.shown_as(said.shown_as) is not Unit.SHARE else "",
        found.counted,
        is_own=True,
    )


def _measures(terms: Iterable[Term]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(term.measure for term in terms))


def _counted(measure: Measure) -> Metric:
    """The metric of a count of the company's own."""
    return Metric(measure.key, measure.label, measure.unit, measure.meaning, (measure.key,), timing=Timing.LEADING)


def _bar(metric: Metric) -> str:
    """Why a metric cannot be part of a sum."""
    match metric.nature:
        case Nature.STOCK:
            return f"{metric.label} stands on a day: it can’t be added up over a period."
        case Nature.DISTRIBUTION:
            return f"{metric.label} is no sum of parts."
        case Nature.DISTINCT:
            return f"{metric.label} counts each customer once: it can’t be added up."
        case Nature.RATIO:
            return f"{metric.label} is a ratio already, and a ratio of ratios isn’t right for a team."
    if metric.is_own:
        return f"{metric.label} is a formula itself: write its measures."
    return f"{metric.label} is said of single reps only."
