"""From a goal down the funnel to what has to be done for it, and from what is done up to what it brings.

Every step is one ratio, of what it brings per unit of what is done: bookings per won deal, won deals per opportunity,
meetings per call. Going down divides by it, going up multiplies.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from spm.metrics import wording
from spm.metrics.registry import METRICS, Unit
from spm.planning.ranges import Range, product


@dataclass(frozen=True)
class Link:
    """`metric` is done to bring `brings`; `ratio` names `brings` per `metric`, measured over one span; `many` the same where it
    is over one to one. `is_handed_over`: another role may do it; else what it brings are the same deals, orders or leads."""

    metric: str
    brings: str
    ratio: str
    many: str = ""
    is_handed_over: bool = False


BOOKINGS = "bookings"
CHAIN = {
    link.metric: link
    for link in (
        Link("won_deals", BOOKINGS, "a deal"),
        Link("orders", BOOKINGS, "an order"),
        Link("customers", "orders", "orders a customer", "orders a customer"),
        Link("opportunities_opened", "won_deals", "win rate"),
        Link(
            "qualified_leads",
            "opportunities_opened",
            "of qualified leads become an opportunity",
            "opportunities a qualified lead",
            is_handed_over=True,
        ),
        Link("leads", "qualified_leads", "of leads qualify"),
        Link("meetings", "opportunities_opened", "opportunities a meeting", is_handed_over=True),
        Link("calls", "meetings", "meetings a call", is_handed_over=True),
        Link("emails", "meetings", "meetings an e-mail", is_handed_over=True),
    )
}
"""The funnel by what is done, each link after the one that it feeds. Bookings come of won deals or of orders, never of both."""

Ratios = Mapping[str, Range]
"""What is done → its link's ratio: what it brings per unit, money in minor units."""


@dataclass(frozen=True)
class Need:
    """How much of a metric a goal takes: `goal` of what the link brings ÷ `ratio`; `needed` has the whole path's range."""

    link: Link
    goal: float
    ratio: Range
    needed: Range

    @property
    def metric(self) -> str:
        return self.link.metric

    def sentence(self, currency: str) -> str:
        """The derivation: "400 won deals ÷ 25 % win rate = 1,600 opportunities opened (1,520 to 1,690)"."""
        is_money = self.link.brings == BOOKINGS
        unit = Unit.MONEY if is_money else Unit.SHARE if self.ratio.value <= 1 else Unit.COUNT
        named = self.link.many if self.link.many and unit is Unit.COUNT else self.link.ratio
        goal = _amount(self.link.brings, self.goal, currency)
        found = _amount(self.metric, self.needed.value, currency)
        low, high = (f"{each:,.0f}" for each in (self.needed.low, self.needed.high))
        known = f" ({low} to {high})" if low != high else ""
        return f"{goal} ÷ {wording.whole(unit, self.ratio.value, currency)} {named} = {found}{known}"


def needs(amount: float, ratios: Ratios, of: str = BOOKINGS) -> tuple[Need, ...]:
    """What a goal of `amount` takes, each metric below it in the funnel that the ratios lead to.

    `of` is what the goal counts: bookings in minor units, or for a role that books nothing what it hands over, such as
    qualified leads. A metric without a ratio is left out, with all below it. Raises Refusal for a ratio of 0.
    """
    found: dict[str, Need] = {}
    for link in CHAIN.values():
        above = found.get(link.brings)
        if link.metric in ratios and (above or link.brings == of):
            whole = product([ratios[step.metric] for step in path(link.metric, of)])
            needed = Range(amount / whole.value, amount / whole.high, amount / whole.low)
            goal = above.needed.value if above else amount
            found[link.metric] = Need(link, goal, ratios[link.metric], needed)
    return tuple(found.values())


def lands_at(metric: str, count: float, ratios: Ratios, on: str = BOOKINGS) -> Range:
    """What so much of a metric brings, in units of `on`: "at this pace of calls you land at …"; the reverse of `needs`.

    Raises KeyError where a ratio on the way is missing or `on` is not above the metric.
    """
    whole = product([ratios[link.metric] for link in path(metric, on)])
    return Range(count * whole.value, count * whole.low, count * whole.high)


def path(metric: str, up_to: str = BOOKINGS) -> Iterator[Link]:
    """The links from a metric up to what it brings in the end."""
    while metric != up_to:
        link = CHAIN[metric]
        yield link
        metric = link.brings


def _amount(metric: str, value: float, currency: str) -> str:
    if metric == BOOKINGS:
        return wording.whole(METRICS[BOOKINGS].unit, value, currency)
    return f"{value:,.0f} {METRICS[metric].label.lower()}"
