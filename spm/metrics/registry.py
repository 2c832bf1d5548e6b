"""Every metric that comes with the app, declared once: tile, column, tooltip, export and glossary are drawn from here.

A metric is a number over measures (see `measures`); a ratio is a sum over a sum, so that a team's is right at every level.
What a company declares beside these is in `catalogue`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz import process

from spm.metrics.measures import (
    LEAD_DAYS,
    MEASURES,
    Unit,
    attribute_key,
)

__all__ = [
    "MEASURES", "METRICS", "Combination", "Metric", "Nature", "Term", "Timing", "Unit", "attribute_key", "nearest_keys"
]  # fmt: skip


class Timing(StrEnum):
    LEADING = "leading"
    LAGGING = "lagging"


class Nature(StrEnum):
    """How a metric behaves over time and over people."""

    SUM = "sum"
    RATIO = "ratio"
    STOCK = "stock"  # as of a day, never added up over time
    DISTRIBUTION = "distribution"  # a median or percentile: no sum of parts
    DISTINCT = "distinct"  # each customer once, however often they buy: no sum of parts


@dataclass(frozen=True)
class Term:
    """A measure, or the part of it that `where` (attribute, value) keeps, times `factor`."""

    measure: str
    factor: float = 1.0
    where: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Combination:
    """A sum of terms, over a sum of terms where there are any."""

    numerator: tuple[Term, ...]
    denominator: tuple[Term, ...] = ()


@dataclass(frozen=True)
class Metric:
    """A number over measures: the sum of `numerator` measures, over the sum of `denominator` measures where there are any.

    `bookings` and `new_customers` stand for the measures of what the company books by (won deals, or orders where it has
    no deals). `combination` says how the measures go together where they do not just add up; all of them must be known
    then. `per` is what a ratio is for each of ("won deal"), `counted` what it then has so many of ("calls"). `fault` is
    why a metric of the company's own has no value.
    """

    key: str
    label: str
    unit: Unit
    meaning: str
    numerator: tuple[str, ...]
    denominator: tuple[str, ...] = ()
    higher_is_better: bool = True
    timing: Timing = Timing.LAGGING
    nature: Nature = Nature.SUM
    formula: str = ""
    combination: Combination | None = None
    per: str = ""
    counted: str = ""
    fault: str = ""
    is_own: bool = False

    @property
    def is_ratio(self) -> bool:
        return bool(self.denominator)

    @property
    def terms(self) -> Combination:
        """How the measures go together; those of the app's own metrics count once each."""
        return self.combination or Combination(
            tuple(Term(key) for key in self.numerator), tuple(Term(key) for key in self.denominator)
        )


GROSS_MARGIN = Combination((Term("costed_order_value"), Term("order_cost", factor=-1.0)), (Term("costed_order_value"),))


def _sum(key: str, timing: Timing = Timing.LAGGING, *measures: str, label: str = "", meaning: str = "") -> Metric:
    measure = MEASURES.get(key)
    return Metric(
        key,
        label or (measure.label if measure else key),
        measure.unit if measure else MEASURES[measures[0]].unit,
        meaning or (measure.meaning if measure else ""),
        measures or (key,),
        timing=timing,
    )


def _ratio(
    key: str,
    label: str,
    unit: Unit,
    meaning: str,
    numerator: str,
    denominator: tuple[str, ...],
    formula: str,
    higher_is_better: bool = True,
    per: str = "",
) -> Metric:
    return Metric(
        key,
        label,
        unit,
        meaning,
        (numerator,),
        denominator,
        higher_is_better,
        Timing.LAGGING,
        Nature.RATIO,
        formula,
        per=per,
    )


def _stock(
    key: str,
    label: str,
    unit: Unit,
    meaning: str,
    numerator: str,
    denominator: str = "",
    formula: str = "",
    timing: Timing = Timing.LEADING,
    nature: Nature = Nature.STOCK,
    higher_is_better: bool = True,
) -> Metric:
    over = (denominator,) if denominator else ()
    return Metric(key, label, unit, meaning, (numerator,), over, higher_is_better, timing, nature, formula)


METRICS = {
    metric.key: metric
    for metric in (
        Metric("bookings", "Bookings", Unit.MONEY,
               "amount of won deals on their close date, or of orders on their order date where the company has no deals",
               ("bookings",)),
        Metric("quota", "Quota", Unit.MONEY, "the number a rep or team answers for; a part of its span counts by working days",
               ("quota",)),
        _ratio("attainment", "Attainment", Unit.SHARE, "bookings against the quota of the same span", "bookings", ("quota",),
               "bookings ÷ quota"),
        _sum("won_deals"),
        Metric("lost_deals", "Lost deals", Unit.COUNT, MEASURES["lost_deals"].meaning, ("lost_deals",), higher_is_better=False),
        _ratio("win_rate", "Win rate", Unit.SHARE, "won deals of all that closed in the period", "won_deals",
               ("won_deals", "lost_deals"), "won ÷ (won + lost)"),
        _ratio("win_rate_by_value", "Win rate by value", Unit.SHARE,
               "won value of all value that closed; missing where lost deals carry no value", "won_value",
               ("won_value", "lost_value"), "won value ÷ (won value + lost value)"),
        _ratio("cohort_win_rate", "Cohort win rate", Unit.SHARE,
               "of the deals created in the period, those that have been won by now; young ones still have time",
               "opened_and_won", ("opportunities_opened",), "won since ÷ created"),
        _ratio("average_deal_size", "Average deal size", Unit.MONEY, "won value per won deal", "won_value",
               ("won_deals",), "won value ÷ won deals", per="won deal"),
        _ratio("sales_cycle", "Sales cycle", Unit.DAYS, "mean days from creation to close of won deals", "won_cycle_days",
               ("won_deals_with_cycle",), "days to win ÷ won deals", higher_is_better=False),
        Metric("median_sales_cycle", "Median sales cycle", Unit.DAYS, "half of the won deals took fewer days than this",
               ("won_cycle_days",), higher_is_better=False, nature=Nature.DISTRIBUTION, formula="median of days to win"),
        _sum("opportunities_opened", Timing.LEADING),
        _sum("pipeline_added", Timing.LEADING),
        _sum("expansion_pipeline_added", Timing.LEADING),
        _sum("expansion_bookings"),
        _sum("overlay_value"),
        _stock("open_pipeline", "Open pipeline", Unit.MONEY, "amount of deals open on the day", "open_value"),
        _stock("open_deals", "Open deals", Unit.COUNT, "deals open on the day", "open_deals"),
        _stock("weighted_pipeline", "Weighted pipeline", Unit.MONEY,
               "amount of deals open on the day, each times its chance: the share of the company's deals from its stage that "
               "were won, else the sheet's probability",
               "weighted_value", formula="sum of amount × chance"),
        _stock("pipeline_coverage", "Pipeline coverage", Unit.TIMES,
               "open pipeline expected to close in the period, on its first day (or today), over what is left of the quota",
               "closing_value", "quota_gap", "open pipeline that closes in the period ÷ (quota − booked)"),
        _stock("pipeline_needed", "Pipeline needed", Unit.MONEY,
               "what must be in the pipeline to reach the quota, at the win rate by value of the last 12 months",
               "quota_gap", "win_rate_by_value", "(quota − booked) ÷ win rate by value", higher_is_better=False),
        _stock("sales_velocity", "Sales velocity", Unit.MONEY,
               "bookings a day that the open deals promise, at the win rate, deal size and cycle of the last 12 months",
               "won_promise", "mean_cycle", "open deals × win rate × average deal ÷ sales cycle", Timing.LAGGING),
        _sum("leads", Timing.LEADING),
        _sum("qualified_leads", Timing.LEADING),
        _ratio("lead_to_opportunity_ratio", "Lead-to-opportunity ratio", Unit.SHARE,
               f"leads created in the period that became a deal within {LEAD_DAYS} days", "converted_leads", ("leads",),
               "leads that became a deal ÷ leads created"),
        _sum("calls", Timing.LEADING),
        _sum("emails", Timing.LEADING),
        _sum("calls_and_emails", Timing.LEADING, "calls", "emails",
             label="Calls and e-mails", meaning="calls and e-mails logged"),
        _sum("meetings", Timing.LEADING),
        _sum("meetings_booked", Timing.LEADING),
        _sum("demos", Timing.LEADING),
        _sum("orders"),
        _ratio("average_order_value", "Average order value", Unit.MONEY, "order value per order", "order_value", ("orders",),
               "order value ÷ orders", per="order"),
        _stock("customers", "Customers", Unit.COUNT, "accounts that bought in the period, each counted once", "customers",
               timing=Timing.LAGGING, nature=Nature.DISTINCT),
        Metric("new_customers", "New customers", Unit.COUNT,
               "accounts that bought for the first time since the sheets begin, on the day they did", ("new_customers",)),
        _stock("retention", "Retention", Unit.SHARE,
               "customers of the year before last who bought again in the 12 months up to the period's end (or today)",
               "retained_customers", "earlier_customers", "bought again ÷ customers of the 12 months before", Timing.LAGGING,
               Nature.DISTINCT),
        Metric("cost", "Cost of sales", Unit.MONEY, MEASURES["cost"].meaning, ("cost",), higher_is_better=False),
        _ratio("customer_acquisition_cost", "Customer acquisition cost", Unit.MONEY,
               "money spent on sales and marketing for each new customer of the same period", "cost", ("new_customers",),
               "cost of sales ÷ new customers", higher_is_better=False, per="new customer"),
        Metric("gross_margin", "Gross margin", Unit.SHARE, "what is left of the value of orders after the cost of their goods",
               ("costed_order_value", "order_cost"), ("costed_order_value",), nature=Nature.RATIO,
               formula="(order value − cost of orders) ÷ order value", combination=GROSS_MARGIN),
        _stock("customer_lifetime_value", "Customer lifetime value", Unit.MONEY,
               "bookings of a customer in a year × gross margin, for as many years as customers stay",
               "yearly_margin", "churn", "bookings per customer × gross margin ÷ (1 − retention)", Timing.LAGGING,
               Nature.DISTINCT),
        _ratio("customer_satisfaction", "Customer satisfaction", Unit.SHARE,
               "mean of what customers answered, 0 % the worst and 100 % the best", "satisfaction_points", ("survey_answers",),
               "points ÷ answers"),
        _stock("reps_on_pace", "Reps on pace", Unit.SHARE, "share of the reps with a quota whose attainment is 80 % or more",
               "reps_at_80", "reps_with_quota", "reps at 80 % or more ÷ reps with a quota", Timing.LAGGING),
    )
}  # fmt: skip


def nearest_keys(key: str, known: Iterable[str]) -> list[str]:
    """The keys spelt most like `key`, best first; none that is far from it."""
    return [name for name, _, _ in process.extract(key, list(known), limit=3, score_cutoff=60)]
