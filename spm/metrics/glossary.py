"""What a metric is, in words: its parts, its formula, the sheets that bring it, and what it lacks. Pure."""

from dataclasses import dataclass

from spm.metrics.measures import Measure, Unit
from spm.metrics.registry import Metric, Nature
from spm.metrics.scene import Scene

UNITS = {
    Unit.MONEY: "money",
    Unit.COUNT: "count",
    Unit.DAYS: "days",
    Unit.SHARE: "%",
    Unit.TIMES: "×",
    Unit.RATE: "number",
}
NATURES = {
    Nature.SUM: "a sum: parts add up",
    Nature.RATIO: "a sum over a sum: right at every level, never a mean of ratios",
    Nature.STOCK: "as of a day: never added up over time",
    Nature.DISTRIBUTION: "from the single deals: no sum of its parts",
    Nature.DISTINCT: "each customer counted once: never added up over time or people",
}


@dataclass(frozen=True)
class Part:
    """A quantity that a metric is made of; `measure` is the one whose sheets must be there for it, `sheet` their layout."""

    label: str
    meaning: str
    measure: str
    sheet: str


STOCK_PARTS = {
    "open_value": ("Open amount", "amount of the deals that are open on the day", "won_deals"),
    "open_deals": ("Open deals", "deals that are open on the day", "won_deals"),
    "weighted_value": ("Weighted amount", "amount of each open deal × its chance", "won_deals"),
    "closing_value": ("Open amount that closes", "of open deals expected to close in the period", "won_deals"),
    "quota_gap": ("What is left of the quota", "quota less bookings so far", "quota"),
    "win_rate_by_value": (
        "Win rate by value",
        "won value of all value that closed, in the last 12 months",
        "lost_value",
    ),
    "won_promise": (
        "What open deals promise",
        "open deals × win rate × average deal of the last 12 months",
        "won_value",
    ),
    "mean_cycle": ("Sales cycle", "mean days to win, in the last 12 months", "won_cycle_days"),
    "customers": ("Customers", "accounts that bought in the period", "new_customers"),
    "earlier_customers": ("Earlier customers", "accounts that bought in the 12 months before", "new_customers"),
    "retained_customers": (
        "Customers who came back",
        "those of them who bought again in the 12 months after",
        "new_customers",
    ),
    "yearly_margin": (
        "Margin of a customer",
        "bookings per customer in the last 12 months × gross margin",
        "order_cost",
    ),
    "churn": ("Customers who leave", "1 − retention", "new_customers"),
    "reps_at_80": ("Reps at 80 % or more", "reps whose bookings are on pace for 80 % of their quota", "quota"),
    "reps_with_quota": ("Reps with a quota", "reps who have a quota in the period", "quota"),
}
"""What is no measure, since it is not added up over time: label, meaning, and the measure whose sheets must be there."""


LACKS = {
    "overlay_value": "it is said of single reps, and never added up",
    "retention": "too early: the sheets must reach back over 24 months",
    "customer_lifetime_value": "too early for retention, or nobody has left",
    "sales_velocity": "no deal was won in the last 12 months, or all of them on the day they were created",
    "pipeline_needed": "no quota speaks for these days, or no deal closed in the last 12 months",
    "weighted_pipeline": "no open deal has an amount and a probability, or a stage that enough deals went through",
}
"""Why a metric has no value though its sheets are there."""

NO_MARGIN = "no gross margin: set one under Settings, or bring a cost column of orders"


def parts(metric: Metric, scene: Scene) -> list[Part]:
    """What a metric is made of."""
    found = []
    for key in dict.fromkeys((*metric.numerator, *metric.denominator)):
        label, meaning, behind = STOCK_PARTS.get(key, ("", "", key))
        measure = measure_behind(behind, scene)
        found.append(Part(label or measure.label, meaning or measure.meaning, measure.key, measure.sheet))
    return found


def measures_behind(metric: Metric) -> list[str]:
    """The measures without which a metric has no value; `bookings` and `new_customers` as they are.

    A gross margin has two ways to come in: see `is_without_margin`.
    """
    keys = [key for key in (*metric.numerator, *metric.denominator) if key != "yearly_margin"]
    return [STOCK_PARTS[key][2] if key in STOCK_PARTS else key for key in keys]


def is_without_margin(metric: Metric, scene: Scene) -> bool:
    """Whether a metric rests on a gross margin that neither the settings nor a sheet gives."""
    needed = "yearly_margin" in metric.numerator
    return needed and scene.standing.company.gross_margin_share is None and "order_cost" not in scene.covered


def measure_behind(key: str, scene: Scene) -> Measure:
    """The measure of that key, of `bookings` and `new_customers` that of what the company books by."""
    return scene.catalogue.measures[scene.measures([key])[0]]


def formula(metric: Metric, scene: Scene) -> str:
    """The formula in words; for a sum its parts, added up."""
    return metric.formula or " + ".join(part.label.lower() for part in parts(metric, scene))


def sheets(metric: Metric, scene: Scene) -> list[str]:
    """The sheets that bring a metric, by the keys of their layouts."""
    return list(dict.fromkeys(part.sheet for part in parts(metric, scene)))


def unit(metric: Metric) -> str:
    """What a value is in: "money per won deal", "calls per day", "count", "%"."""
    counted = metric.counted if metric.unit is Unit.RATE else UNITS[metric.unit]
    return f"{counted} per {metric.per}" if metric.per else UNITS[metric.unit]


def lack(metric: Metric, scene: Scene) -> str:
    """Why a metric has no value: which sheet to add, which one lacks a column, or that no row says it."""
    if metric.fault:
        return metric.fault[:1].lower() + metric.fault[1:].removesuffix(".")
    present = {scene.catalogue.measures[key].sheet for key in scene.covered if key in scene.catalogue.measures}
    behind = [measure_behind(key, scene) for key in measures_behind(metric)]
    missing = [measure.sheet for measure in behind if measure.key not in scene.covered]
    absent = [sheet for sheet in dict.fromkeys(missing) if sheet not in present]
    if absent:
        return f"add {_listed(absent)}"
    if missing:
        return f"the {missing[0].replace('_', ' ')} sheet says nothing of it"
    if is_without_margin(metric, scene):
        return NO_MARGIN
    return LACKS.get(metric.key, "no row says it for these days")


def _listed(layouts: list[str]) -> str:
    return " and ".join(f"a sheet of {layout.replace('_', ' ')}" for layout in layouts)
