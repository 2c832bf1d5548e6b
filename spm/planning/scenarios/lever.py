"""What every lever has: a name, days, what it acts on, a cost; and how it is asked for on a form."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated, ClassVar, Self, get_type_hints

import numpy as np
from numpy.typing import NDArray

from spm.errors import Refusal
from spm.metrics.registry import Unit
from spm.planning.ramp import tenure_months
from spm.planning.ranges import Range
from spm.planning.scenarios.outlook import Cells, Outlook, Segment


@dataclass(frozen=True)
class Asked:
    """On a field of a lever that a reader fills in: the label and the unit that a form shows.

    `is_part`: a share of something, from nothing to all of it. `is_points`: percentage points.
    """

    label: str
    unit: Unit
    is_part: bool = False
    is_points: bool = False


def segment_words(segment: Segment) -> str:
    """A segment as it is called in a sentence: "segment Enterprise", "lead source Web"."""
    attribute, value = segment
    return f"{attribute.replace('_', ' ')} {value}"


@dataclass(frozen=True, kw_only=True)
class Lever(ABC):
    """One dated change. `name` is its own within a scenario; `unit` None acts on all units alike, `segment` None on all that
    they book.

    It acts from the month of `starts_on` up to, not including, the one of `ends_on` (None: for good), growing evenly over
    the first `phase_in_months`. `monthly_cost_cents` is what it costs while it acts, None where nobody entered it.
    """

    label: ClassVar[str]
    takes_segment: ClassVar[bool] = True

    name: str
    starts_on: date
    ends_on: date | None = None
    phase_in_months: int = 0
    unit: str | None = None
    segment: Segment | None = None
    monthly_cost_cents: int | None = None

    @classmethod
    def asked(cls) -> dict[str, Asked]:
        """The fields of its own that this kind of lever asks for, by name."""
        hints = get_type_hints(cls, include_extras=True)
        return {name: hint.__metadata__[0] for name, hint in hints.items() if hasattr(hint, "__metadata__")}

    def applied(self, outlook: Outlook) -> Outlook:
        """The outlook with this lever. Raises Refusal where it acts on what is not known."""
        if self.unit is not None and self.unit not in outlook.units:
            raise Refusal(f"“{self.name}” acts on {self.unit}, which is not in this plan.", "Choose a unit that is.")
        if self.segment is not None and not outlook.in_segment(self.segment).any():
            raise Refusal(
                f"“{self.name}” acts on {segment_words(self.segment)}, of which nothing is expected.", "Choose another."
            )
        return self._with_cost(self._changed(outlook, self.reach(outlook)))

    @abstractmethod
    def _changed(self, outlook: Outlook, reach: Cells) -> Outlook:
        """The outlook changed; `reach` as the method of that name gives it."""

    @property
    def cost_heads(self) -> float:
        """How many times the cost is incurred: of hires, each."""
        return 1.0

    def reach(self, outlook: Outlook) -> Cells:
        """How far it acts on each unit, part and month: 0 where it does not, 1 where it fully does."""
        months = [
            min((elapsed + 1) / (self.phase_in_months + 1), 1.0) if acts else 0.0
            for elapsed, acts in zip(self.elapsed_months(outlook), self._acts(outlook), strict=True)
        ]
        return self._where(outlook) * np.array(months)

    def elapsed_months(self, outlook: Outlook) -> list[int]:
        """Months since the start, negative before it."""
        return [tenure_months(self.starts_on, month) for month in outlook.months]

    def by_tenure(self, outlook: Outlook, ramp: Sequence[float]) -> list[float]:
        """A ramp's share in each month: 0 where the lever does not act, by month since the start where it does."""
        return [
            ramp[min(elapsed, len(ramp) - 1)] if acts else 0.0
            for elapsed, acts in zip(self.elapsed_months(outlook), self._acts(outlook), strict=True)
        ]

    def leaning(self) -> tuple[Self, Self] | None:
        """The same lever at the low and at the high end of what it brings; None where it has no range."""
        return None

    def _where(self, outlook: Outlook) -> NDArray[np.bool_]:
        """Which units and parts are meant, in the shape of units × parts × 1."""
        found: NDArray[np.bool_] = np.outer(outlook.in_unit(self.unit), outlook.in_segment(self.segment))[:, :, None]
        return found

    def _acts(self, outlook: Outlook) -> list[bool]:
        ends = self.ends_on.replace(day=1) if self.ends_on else None
        return [
            elapsed >= 0 and (ends is None or month < ends)
            for month, elapsed in zip(outlook.months, self.elapsed_months(outlook), strict=True)
        ]

    def _with_cost(self, outlook: Outlook) -> Outlook:
        if self.monthly_cost_cents is None:
            return outlook
        acts = np.outer(outlook.in_unit(self.unit), self._acts(outlook))
        share = acts / max(acts.sum(axis=0).max(), 1)  # one cost, even where several units share it
        added = share * self.monthly_cost_cents * self.cost_heads
        return replace(outlook, cost_cents=np.nan_to_num(outlook.cost_cents) + added)


@dataclass(frozen=True, kw_only=True)
class PeopleLever(Lever):
    """A lever on who is there to sell: people work in teams, and are of no segment."""

    takes_segment: ClassVar[bool] = False

    def __post_init__(self) -> None:
        if self.segment is not None:
            raise Refusal(f"“{self.name}” acts on people, who are of no segment.", "Choose the team that they are in.")


@dataclass(frozen=True, kw_only=True)
class ElasticLever(Lever):
    """A lever on behaviour: bookings follow a change by an elasticity, which has a range and says where it is from.

    An elasticity of 0.3: a change of 10 % brings 1.10 ** 0.3 − 1 = 2.9 %. Nothing stands in for one that is not stated.
    """

    change_share: Annotated[float, Asked("Change", Unit.SHARE)]
    elasticity: Annotated[Range | None, Asked("Elasticity", Unit.TIMES)] = None

    def __post_init__(self) -> None:
        if self.elasticity is None or not self.elasticity.source.strip():
            raise Refusal(
                f"“{self.name}” does not say how bookings follow it.",
                "Give an elasticity with its range and its source: the company's own history, or typed in by whom.",
            )
        if not self.change_share > -1:
            raise Refusal(f"“{self.name}” takes away all there is, or more.", "Give a change above −100 %.")

    def followed(self, reach: Cells) -> Cells:
        """The factor by which bookings follow the change."""
        assert self.elasticity is not None
        return (1 + self.change_share * reach) ** self.elasticity.value

    def leaning(self) -> tuple[Self, Self] | None:
        assert self.elasticity is not None
        low, high = (Range.certain(end, self.elasticity.source) for end in (self.elasticity.low, self.elasticity.high))
        return replace(self, elasticity=low), replace(self, elasticity=high)
