"""The levers there are, each a declaration of what it asks and what it does to an outlook."""

from dataclasses import dataclass, replace
from typing import Annotated, ClassVar

import numpy as np

from spm.errors import Refusal
from spm.metrics.registry import Unit
from spm.planning.scenarios.lever import Asked, ElasticLever, Lever
from spm.planning.scenarios.outlook import Cells, Outlook, season_indexes
from spm.planning.scenarios.timing import flattened, moved, rolled

DAYS_A_MONTH = 365.25 / 12


@dataclass(frozen=True, kw_only=True)
class SeasonShift(Lever):
    """The season comes later by whole months, earlier where negative; a year's total stays."""

    label: ClassVar[str] = "Season shifted"
    by_months: Annotated[int, Asked("Months later", Unit.COUNT)]

    def _changed(self, outlook: Outlook, reach: Cells) -> Outlook:
        return _seasoned(outlook, rolled(outlook.bookings_cents, reach > 0, self.by_months))


@dataclass(frozen=True, kw_only=True)
class SeasonFlattening(Lever):
    """Peaks and dips smaller by a share: 1 is an even year; a year's total stays."""

    label: ClassVar[str] = "Season flattened"
    share: Annotated[float, Asked("Flatter by", Unit.SHARE)]

    def _changed(self, outlook: Outlook, reach: Cells) -> Outlook:
        return _seasoned(outlook, flattened(outlook.bookings_cents, reach > 0, self.share))


@dataclass(frozen=True, kw_only=True)
class Leavers(Lever):
    """Reps who leave and are not replaced, each with a rep's mean share of the unit's bookings."""

    label: ClassVar[str] = "Leavers"
    count: Annotated[float, Asked("Reps", Unit.COUNT)]

    def _changed(self, outlook: Outlook, reach: Cells) -> Outlook:
        heads, leaving = outlook.headcount, self.count * reach
        if self.unit is None:  # spread over the units by their heads
            leaving = leaving * heads / heads.sum(axis=0)
        if np.isnan(leaving).any() or (leaving > heads).any():
            raise Refusal(f"“{self.name}” has more leavers than reps are known.", "Check the headcount, or who leaves.")
        staying = 1 - np.divide(leaving, heads, out=np.zeros_like(heads), where=heads > 0)
        return _with_heads(outlook, staying)


@dataclass(frozen=True, kw_only=True)
class Attrition(Lever):
    """A share of the reps leaves a year, a little every month, and is not replaced."""

    label: ClassVar[str] = "Attrition"
    yearly_share: Annotated[float, Asked("Leave a year", Unit.SHARE)]

    def _changed(self, outlook: Outlook, reach: Cells) -> Outlook:
        months = np.cumsum(reach, axis=1)
        return _with_heads(outlook, (1 - self.yearly_share) ** (months / 12))


@dataclass(frozen=True, kw_only=True)
class Hires(Lever):
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
        ramped = self.count * self.by_tenure(outlook, self.ramp)
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
            bookings_cents=outlook.bookings_cents + brought,
            headcount=outlook.headcount + self.count * (reach > 0),
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
    """The win rate higher or lower by percentage points: 0.03 makes 25 % to 28 %; it stays between 0 and 100 %."""

    label: ClassVar[str] = "Win rate"
    change_points: Annotated[float, Asked("Points", Unit.SHARE)]

    def _changed(self, outlook: Outlook, reach: Cells) -> Outlook:
        before = outlook.win_rate
        if not (before[reach > 0] > 0).all():
            raise Refusal(f"“{self.name}” changes a win rate that is not known.", "Import closed deals, lost ones too.")
        after = np.clip(before + self.change_points * reach, 0, 1)
        factor = np.divide(after, before, out=np.ones_like(after), where=reach > 0)
        return replace(outlook.times(factor), win_rate=np.where(reach > 0, after, before))


@dataclass(frozen=True, kw_only=True)
class DealSize(Lever):
    """The average won deal larger or smaller by a share, as many deals won."""

    label: ClassVar[str] = "Deal size"
    change_share: Annotated[float, Asked("Change", Unit.SHARE)]

    def _changed(self, outlook: Outlook, reach: Cells) -> Outlook:
        factor = 1 + self.change_share * reach
        return replace(outlook.times(factor), deal_cents=outlook.deal_cents * factor)


@dataclass(frozen=True, kw_only=True)
class Price(ElasticLever):
    """Another price: each deal by as much, and the number of deals follows by the elasticity (mostly below 0)."""

    label: ClassVar[str] = "Price"

    def _changed(self, outlook: Outlook, reach: Cells) -> Outlook:
        factor = 1 + self.change_share * reach
        return replace(outlook.times(factor * self.followed(reach)), deal_cents=outlook.deal_cents * factor)


@dataclass(frozen=True, kw_only=True)
class Launch(Lever):
    """A new product: bookings a month once it has ramped up, less what it takes from the others."""

    label: ClassVar[str] = "Product launched"
    monthly_bookings_cents: Annotated[int, Asked("Bookings a month, once ramped up", Unit.MONEY)]
    ramp: tuple[float, ...]
    taken_share: Annotated[float, Asked("Taken from other products", Unit.SHARE)] = 0.0

    def _changed(self, outlook: Outlook, reach: Cells) -> Outlook:
        shares = self.by_tenure(outlook, self.ramp) / (len(outlook.units) if self.unit is None else 1)
        brought = self.monthly_bookings_cents * (1 - self.taken_share) * shares
        return replace(outlook, bookings_cents=outlook.bookings_cents + brought)


@dataclass(frozen=True, kw_only=True)
class Drop(Lever):
    """A product that goes, with its share of bookings, but for what its customers spend on the others."""

    label: ClassVar[str] = "Product dropped"
    product_share: Annotated[float, Asked("Its share of bookings", Unit.SHARE)]
    kept_share: Annotated[float, Asked("Moves to other products", Unit.SHARE)] = 0.0

    def _changed(self, outlook: Outlook, reach: Cells) -> Outlook:
        return outlook.times(1 - self.product_share * (1 - self.kept_share) * reach)


@dataclass(frozen=True, kw_only=True)
class Cycle(Lever):
    """Deals take longer by days, or shorter where negative: bookings move to later or earlier months."""

    label: ClassVar[str] = "Sales cycle"
    change_days: Annotated[float, Asked("Days longer", Unit.DAYS)]

    def _changed(self, outlook: Outlook, reach: Cells) -> Outlook:
        return replace(outlook, bookings_cents=moved(outlook.bookings_cents, self.change_days / DAYS_A_MONTH * reach))


KINDS: tuple[type[Lever], ...] = (
    SeasonShift, SeasonFlattening, Leavers, Attrition, Hires, Market, Territory, Activity,
    WinRate, DealSize, Price, Launch, Drop, Cycle,
)  # fmt: skip
"""Every lever, in the order in which they act whatever order they were added in: the year's shape, who is there to sell,
what comes into the funnel, what is won, at which price, what is sold, when it closes."""


def _with_heads(outlook: Outlook, staying_share: Cells) -> Outlook:
    return replace(
        outlook.times(staying_share),
        headcount=outlook.headcount * staying_share,
        ramped_headcount=outlook.ramped_headcount * staying_share,
    )


def _seasoned(outlook: Outlook, bookings_cents: Cells) -> Outlook:
    return replace(outlook, bookings_cents=bookings_cents, season_index=season_indexes(bookings_cents))
