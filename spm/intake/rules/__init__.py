"""What holds for the rows of a layout beyond its columns: one function for each layout."""

from collections.abc import Callable

from spm.intake.checking.draft import Draft
from spm.intake.rules.activities import check_activities
from spm.intake.rules.costs import check_costs
from spm.intake.rules.counts import check_daily_counts
from spm.intake.rules.deal_history import check_deal_history
from spm.intake.rules.deals import check_deals
from spm.intake.rules.decisions import check_decisions
from spm.intake.rules.leads import check_leads
from spm.intake.rules.leave import check_leave
from spm.intake.rules.lists import check_lists
from spm.intake.rules.orders import check_order_lines, check_orders
from spm.intake.rules.people import check_people
from spm.intake.rules.products import check_products
from spm.intake.rules.quotas import check_quotas
from spm.intake.rules.rates import check_rates
from spm.intake.rules.skill_levels import check_skill_levels
from spm.intake.rules.splits import check_splits
from spm.intake.rules.surveys import check_surveys

RULES: dict[str, Callable[[Draft], None]] = {
    "people": check_people,
    "team_history": check_people,
    "deals": check_deals,
    "deal_history": check_deal_history,
    "orders": check_orders,
    "order_lines": check_order_lines,
    "leads": check_leads,
    "activities": check_activities,
    "daily_counts": check_daily_counts,
    "quotas": check_quotas,
    "products": check_products,
    "lists": check_lists,
    "splits": check_splits,
    "surveys": check_surveys,
    "costs": check_costs,
    "rates": check_rates,
    "leave": check_leave,
    "skill_levels": check_skill_levels,
    "decisions": check_decisions,
}
