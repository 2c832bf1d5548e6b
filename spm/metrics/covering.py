"""What sheets speak for: inside of it no row means 0, outside of it a number is missing. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

import numpy as np

from spm.calendar import FiscalCalendar, Grain, Span
from spm.metrics.grouping import Dimensions
from spm.metrics.groups import Groups

Covered = Mapping[str, Sequence[Span]]  # measure → the spans that some sheet speaks for


def joined(spans: Iterable[Span]) -> list[Span]:
    """The same days in as few spans as can be, in order."""
    found: list[Span] = []
    for span in sorted(spans):
        if found and span.start <= found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return found


def hull(spans: Iterable[Span]) -> Span | None:
    """From the first day of all spans to the last, None of none."""
    known = list(spans)
    return Span(min(span.start for span in known), max(span.end for span in known)) if known else None


def parts(covered: Covered, measures: Iterable[str], span: Span | None) -> list[Span]:
    """The covered spans of any of the measures, cut to `span`."""
    every = [known for measure in measures for known in covered.get(measure, ())]
    return every if span is None else [part for known in every if (part := known.overlap(span))]


def is_covered(
    groups: Groups, measure: str, covered: Covered, dims: Dimensions, calendar: FiscalCalendar, span: Span | None
) -> np.ndarray:
    """Which groups some sheet speaks for, with regard to a measure: by a grain those of its periods, else all or none.

    No quota is "no quota" and never a quota of 0.
    """
    known = [] if measure == "quota" else parts(covered, [measure], span)
    if dims.finest is None:
        return np.full(groups.count, bool(known))
    return groups.labels[dims.finest.value].among(
        label for part in known for label in _labels(calendar, dims.finest, part)
    )


@lru_cache(maxsize=256)
def _labels(calendar: FiscalCalendar, grain: Grain, span: Span) -> frozenset[str]:
    return frozenset(period.label for period in calendar.periods(grain, span))
