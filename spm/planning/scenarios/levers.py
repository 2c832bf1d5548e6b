"""The levers there are, each a declaration of what it asks and what it does to an outlook."""

from dataclasses import dataclass, replace
from typing import Annotated, ClassVar

import numpy as np

from spm.calendar import plus_months
from spm.errors import Refusal
from spm.metrics.registry import Unit
from spm.planning.scenarios.lever import Asked, ElasticLever, Lever, PeopleLever
from spm.planning.scenarios.outlook import Cells, Outlook, season_indexes
from spm.planning.scenarios.timing import MONTHS, flattened, moved, rolled

DAYS_A_MONTH = 365.25 / 12


@dataclass(frozen=True, kw_only=True)
class SeasonShift(Lever):
    """The season comes later by whole months, earlier where negative; a year's total stays."""

    label: ClassVar[str] = "Season shifted"
    by_months: Annotated[int, Asked("Months later", Unit.COUNT)]

    def _changed(self, outlook: Outlook, reach: Cells) -> Outlook:
        return _seasoned(outlook, rolled(outlook.bookings_cents, reach > 0, self.by_months, _weights(outlook)))


@dataclass(frozen=True, kw_only=True)
class SeasonFlattening(Lever):
    """Peaks and dips smaller by a share: 1 is an even year; a year's total stays."""

    label: ClassVar[str] = "Season flattened"
    share: Annotated[float, Asked("Flatter by", Unit.SHARE, is_part=True)]

    def _changed(self, outlook: Outlook, reach: Cells) -> Outlook:
        return _seasoned(outlook, flattened(outlook.bookings_cents, reach > 0, self.share, _weights(outlook)))


@dataclass(frozen=True, kw_only=True)
class Leavers(PeopleLever):
    """Reps who leave and are not replaced, each with a rep's mean share of the unit's bookings."""

    label: ClassVar[str] = "Leavers"
    count: Annotated[float, Asked("Reps", Unit.COUNT)]

    def _changed(self, outlook: Outlook, reach: Cells) -> Outlook:
        heads, leaving = outlook.headcount, self.count * reach[:, 0]
        if self.unit is None:  # spread over the units by their heads
            leaving = leaving * heads / heads.sum(axis=0)
        if np.isnan(leaving).any() or (leaving > heads).any():
            raise Refusal(f"“{self.name}” has more leavers than reps are known.", "Check the headcount, or who leaves.")
        staying = 1 - np.divide(leaving, heads, out=np.zeros_like(heads), where=heads > 0)
        return _with_heads(outlook, staying)


@dataclass(frozen=True, kw_only=True)
class Attrition(PeopleLever):
    """A share of the reps leaves a year, a little every month, and is not replaced."""

    label: ClassVar[str] = "Attrition"
    yearly_share: Annotated[float, Asked("Leave a year", Unit.SHARE, is_part=True)]

    def _changed(self, outlook: Outlook, reach: Cells) -> Outlook:
        months = np.cumsum(reach[:, 0], axis=1)
        return _with_heads(outlook, (1 - self.yearly_share) ** (months / 12))


@dataclass(frozen=True, kw_only=True)
class Hires(PeopleLever):
    """New reps of a role from a month on; each brings the productivity × ramp × the unit's season.

    `monthly_productivity_cents` is for a mean month at full ramp; None takes the unit's own.
    """

    label: ClassVar[str] = "Hires"
    role: str = ""
    count: Annotated[int, Asked("Reps", Unit.COUNT)]
    ramp: tuple[float, ...]
    monthly_productivity_cents: Annotated[int | None, Asked("Bookings a month, fully ramped", Unit.MONEY)] = None

    @property
    def cost_heads(self) -> float:
        return self.count

    def _changed(self, outlook: Outlook, reach: Cells) -> Outlook:
        if self.unit is None and len(outlook.units) > 1:
            raise Refusal(f"“{self.name}” does not say where the hires go.", "Choose the team that they join.")
        ramped = self.count * np.outer(outlook.in_unit(self.unit), self.by_tenure(outlook, self.ramp))
        each = outlook.productivity_cents
        if self.monthly_productivity_cents is not None:
            each = np.full_like(each, self.monthly_productivity_cents)
        brought = np.where(ramped > 0, ramped * each * outlook.season_index, 0.0)
        if np.isnan(brought).any():
            raise Refusal(
                f"“{self.name}” does not say what a hire brings.", "Give the bookings of a ramped rep a month."
            )
        return replace(
            outlook,
            bookings_cents=outlook.bookings_cents + _in_parts(brought, outlook.bookings_cents),
            headcount=outlook.headcount + self.count * (reach[:, 0] > 0),
            ramped_headcount=outlook.ramped_headcount + ramped,
        )


@dataclass(frozen=True, kw_only=True)
class Market(Lever):
    """The market, and with it opportunities and bookings, larger or smaller by a share."""

    label: ClassVar[str] = "Growth or market"
    change_share: Annotated[float, Asked("Change", Unit.SHARE)]

    def _changed(self, outlook: Outlook, reach: Cells) -> Outlook:
        return outlook.times(1 + self.change_share * reach)


@dataclass(frozen=True, kw_only=True)
class Territory(ElasticLever):
    """More or less potential in a territory; the elasticity says how much of it becomes opportunities."""

    label: ClassVar[str] = "Territory potential"

    def _changed(self, outlook: Outlook, reach: Cells) -> Outlook:
        return outlook.times(self.followed(reach))


@dataclass(frozen=True, kw_only=True)
class Activity(ElasticLever):
    """More or fewer of an activity, such as calls; the elasticity says how opportunities follow."""

    label: ClassVar[str] = "Activity level"
    metric: str = "calls"

    def _changed(self, outlook: Outlook, reach: Cells) -> Outlook:
        return outlook.times(self.followed(reach))


@dataclass(frozen=True, kw_only=True)
class WinRate(Lever):
    """The win rate higher or lower by percentage points: 0.03 makes 25 % to 28 %; it stays between 0 and 100 %.

    In each unit it is that of all the deals that it acts on together.
    """

    label: ClassVar[str] = "Win rate"
    change_points: Annotated[float, Asked("Points", Unit.SHARE, is_points=True)]

    def _changed(self, outlook: Outlook, reach: Cells) -> Outlook:
        before, points = _together(outlook.won_deals, outlook.closed_deals, reach), self.change_points * reach
        is_known = before > 0
        if not (is_known | (outlook.bookings_cents == 0))[reach > 0].all():
            raise Refusal(f"“{self.name}” changes a win rate that is not known.", "Import closed deals, lost ones too.")
        after = np.clip(before + points, 0, np.maximum(before, 1))
        factor = np.divide(after, before, out=np.ones_like(before), where=is_known & (reach > 0))
        return replace(outlook.times(factor), closed_deals=outlook.closed_deals)


@dataclass(frozen=True, kw_only=True)
class DealSize(Lever):
    """The average won deal larger or smaller by a share, as many deals won."""

    label: ClassVar[str] = "Deal size"
    change_share: Annotated[float, Asked("Change", Unit.SHARE)]

    def _changed(self, outlook: Outlook, reach: Cells) -> Outlook:
        return replace(outlook, bookings_cents=outlook.bookings_cents * (1 + self.change_share * reach))


@dataclass(frozen=True, kw_only=True)
class Price(ElasticLever):
    """Another price: each deal by as much, and the number of deals follows by the elasticity (mostly below 0)."""

    label: ClassVar[str] = "Price"

    def _changed(self, outlook: Outlook, reach: Cells) -> Outlook:
        after = outlook.times(self.followed(reach))
        return replace(after, bookings_cents=after.bookings_cents * (1 + self.change_share * reach))


@dataclass(frozen=True, kw_only=True)
class Launch(Lever):
    """A new product: bookings a month once it has ramped up, less what it takes from the others.

    Where it acts on several units or parts, each sells of it as it books in the plan.
    """

    label: ClassVar[str] = "Product launched"
    monthly_bookings_cents: Annotated[int, Asked("Bookings a month, once ramped up", Unit.MONEY)]
    ramp: tuple[float, ...]
    taken_share: Annotated[float, Asked("Taken from other products", Unit.SHARE, is_part=True)] = 0.0

    def _changed(self, outlook: Outlook, reach: Cells) -> Outlook:
        booked = np.where(self._where(outlook), outlook.bookings_cents, 0.0).sum(axis=2, keepdims=True)
        each = booked / booked.sum() if booked.any() else self._where(outlook) / self._where(outlook).sum()
        brought = self.monthly_bookings_cents * (1 - self.taken_share) * np.array(self.by_tenure(outlook, self.ramp))
        return replace(outlook, bookings_cents=outlook.bookings_cents + each * brought)


@dataclass(frozen=True, kw_only=True)
class Drop(Lever):
    """A product that goes, with its share of bookings, but for what its customers spend on the others."""

    label: ClassVar[str] = "Product dropped"
    product_share: Annotated[float, Asked("Its share of bookings", Unit.SHARE, is_part=True)]
    kept_share: Annotated[float, Asked("Moves to other products", Unit.SHARE, is_part=True)] = 0.0

    def _changed(self, outlook: Outlook, reach: Cells) -> Outlook:
        return outlook.times(1 - self.product_share * (1 - self.kept_share) * reach)


@dataclass(frozen=True, kw_only=True)
class Cycle(Lever):
    """Deals take longer by days, or shorter where negative: bookings move to later or earlier months.

    No deal closes before it is opened: the mean cycle of the deals that it acts on, where it is known, stays at 0 or more.
    """

    label: ClassVar[str] = "Sales cycle"
    change_days: Annotated[float, Asked("Days longer", Unit.DAYS)]

    def _changed(self, outlook: Outlook, reach: Cells) -> Outlook:
        cycle = _together(outlook.cycle_days, outlook.won_deals, reach)
        days = np.fmax(self.change_days * reach, -cycle)
        return replace(
            outlook,
            bookings_cents=moved(outlook.bookings_cents, days / DAYS_A_MONTH),
            cycle_days=outlook.cycle_days + outlook.won_deals * days,
        )


KINDS: tuple[type[Lever], ...] = (
    SeasonShift, SeasonFlattening, Leavers, Attrition, Hires, Market, Territory, Activity,
    WinRate, DealSize, Price, Launch, Drop, Cycle,
)  # fmt: skip
"""Every lever, in the order in which they act whatever order they were added in: the year's shape, who is there to sell,
what comes into the funnel, what is won, at which price, what is sold, when it closes."""


def _with_heads(outlook: Outlook, staying_share: Cells) -> Outlook:
    return replace(
        outlook.times(staying_share[:, None]),
        headcount=outlook.headcount * staying_share,
        ramped_headcount=outlook.ramped_headcount * staying_share,
    )


def _weights(outlook: Outlook) -> list[float]:
    """What the company's season gives each month of the plan and of the eleven after it."""
    first = outlook.months[0]
    return outlook.season.weights([plus_months(first, at) for at in range(len(outlook.months) + MONTHS - 1)])


def _seasoned(outlook: Outlook, bookings_cents: Cells) -> Outlook:
    return replace(outlook, bookings_cents=bookings_cents, season_index=season_indexes(bookings_cents.sum(axis=1)))


def _in_parts(brought: Cells, bookings_cents: Cells) -> Cells:
    """What comes to each unit and month, in its parts as they book; evenly where nothing is booked."""
    whole = bookings_cents.sum(axis=1, keepdims=True)
    even = np.full_like(bookings_cents, 1 / bookings_cents.shape[1])
    return brought[:, None] * np.divide(bookings_cents, whole, out=even, where=whole != 0)


def _together(numerator: Cells, denominator: Cells, reach: Cells) -> Cells:
    """In each unit and month the quotient of all parts that are reached, sum by sum; NaN where there is none."""
    above, below = (np.where(reach > 0, cells, 0.0).sum(axis=1, keepdims=True) for cells in (numerator, denominator))
    found = np.divide(above, below, out=np.full_like(above, np.nan), where=below > 0)
    return np.broadcast_to(found, reach.shape)
