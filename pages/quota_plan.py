"""Quota plan: what if, and what should each one carry?"""

import streamlit as st

from spm.ui import (
    quota_plan,
    quota_plan_allocation,
    quota_plan_fairness,
    quota_plan_goal,
    quota_plan_odds,
    quota_plan_publish,
    quota_plan_scenarios,
    saving,
)

if not quota_plan.is_ready():
    quota_plan.nothing_yet()
    st.stop()
saving.confirmation()
quota_plan.pickers()
plan = quota_plan.planning()
if plan is None:
    st.stop()
quota_plan.headline(plan)
quota_plan.section(
    {
        "Scenarios": quota_plan_scenarios.draw,
        "Goal": quota_plan_goal.draw,
        "Allocation": quota_plan_allocation.draw,
        "Odds": quota_plan_odds.draw,
        "Fairness": quota_plan_fairness.draw,
        "Publish": quota_plan_publish.draw,
    },
    plan,
)
