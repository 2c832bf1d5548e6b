"""An industry figure, and what is wrong with one. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from spm.metrics.registry import Metric, Unit


@dataclass(frozen=True)
class Figure:
    """What others reach in a metric: in its unit (amounts in minor units), from low to high; an empty role means any.

    `source` says who published it, `dated_on` of when it is.
    """

    metric: str
    role: str
    segment: str
    low: float | None
    typical: float | None
    high: float | None
    source: str
    dated_on: date

    @property
    def key(self) -> tuple[str, str, str, date]:
        """What there can be one figure of."""
        return self.metric, self.role, self.segment, self.dated_on

    @property
    def said_by(self) -> str:
        """Its source with its date, as it stands beside the number."""
        return f"{self.source}, {self.dated_on:%b %Y}"


def refusal(figure: Figure, metrics: Mapping[str, Metric]) -> str | None:
    """Why a figure cannot be kept, None for one that can."""
    known = [one for one in (figure.low, figure.typical, figure.high) if one is not None]
    if not figure.source.strip():
        return "has no source: say who published it"
    if not known:
        return "has no value: give at least the typical one"
    if known != sorted(known):
        return "is not in order: low, typical, high"
    if metrics[figure.metric].unit is Unit.SHARE and not all(0 <= one <= 1 for one in known):
        return "is no share between 0 and 100 %"
    return None


def best_match(figures: Sequence[Figure], key: str, role: str = "", segment: str = "") -> Figure | None:
    """The figure for a metric, of the role and segment if there is one, else of any; the latest of several."""
    fitting = [one for one in figures if one.metric == key and one.role in (role, "") and one.segment in (segment, "")]
    return max(fitting, key=lambda one: (one.role == role, one.segment == segment, one.dated_on), default=None)
