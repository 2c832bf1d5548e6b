"""What sheets the app knows, and under which names their columns come: one declaration each."""

from spm.intake.layouts.company import (
    DECISIONS,
    LEAVE,
    LISTS,
    PEOPLE,
    PRODUCTS,
    QUOTAS,
    RATES,
    SKILL_LEVELS,
    TEAM_HISTORY,
)
from spm.intake.layouts.kinds import COUNT, Field, Kind, Layout, Lookup
from spm.intake.layouts.lookups import LOOKUPS
from spm.intake.layouts.selling import (
    ACTIVITIES,
    COSTS,
    DAILY_COUNTS,
    DEAL_HISTORY,
    DEALS,
    LEADS,
    ORDER_LINES,
    ORDERS,
    SPLITS,
    SURVEYS,
)

__all__ = ["COUNT", "LAYOUTS", "LOOKUPS", "Field", "Kind", "Layout", "Lookup"]

LAYOUTS = {
    layout.key: layout
    for layout in (
        PEOPLE, TEAM_HISTORY, DEALS, DEAL_HISTORY, SPLITS, ORDERS, ORDER_LINES, LEADS, ACTIVITIES, DAILY_COUNTS,
        SURVEYS, COSTS, QUOTAS, PRODUCTS, LISTS, RATES, LEAVE, SKILL_LEVELS, DECISIONS,
    )
}  # fmt: skip
