"""What sheets speak for: inside of it no row means 0, outside of it a number is missing. Pure."""

from collections.abc import Iterable, Mapping, Sequence

import pandas as pd

from spm.calendar import FiscalCalendar, Grain, Span
from spm.metrics.grouping import Dimensions
from spm.metrics.registry import MEASURES

Covered = Mapping[str, Sequence[Span]]  # measure → the spans that some sheet speaks for


def hull(spans: Iterable[Span]) -> Span | None:
    """From the first day of all spans to the last, None of none."""
    known = list(spans)
    return Span(min(span.start for span in known), max(span.end for span in known)) if known else None


def parts(covered: Covered, measures: Iterable[str], span: Span | None) -> list[Span]:
    """The covered spans of any of the measures, cut to `span`."""
    every = [known for measure in measures for known in covered.get(measure, ())]
    return every if span is None else [part for known in every if (part := known.overlap(span))]


def is_covered(
    groups: pd.DataFrame, measure: str, covered: Covered, dims: Dimensions, calendar: FiscalCalendar, span: Span | None
) -> pd.Series:
    """Which groups some sheet speaks for, with regard to a measure: by a grain those of its periods, else all or none.

    No quota is "no quota" and never a quota of 0.
    """
    known = [] if measure == "quota" or not MEASURES[measure].tallies else parts(covered, [measure], span)
    if not dims.grains:
        return pd.Series(bool(known), index=groups.index)
    finest = min(dims.grains, key=list(Grain).index)
    labels = {period.label for part in known for period in calendar.periods(finest, part)}
    return groups[finest.value].isin(labels)
