"""Quota plan: what if, and what should each one carry?"""

import streamlit as st

from spm.ui import saving
from spm.ui.quota_plan import allocation, fairness, goal, odds, page, publish, scenarios

if not page.is_ready():
    page.nothing_yet()
    st.stop()
saving.confirmation()
page.pickers()
plan = page.planning()
if plan is None:
    st.stop()
page.headline(plan)
page.section(
    {
        "Scenarios": scenarios.draw,
        "Goal": goal.draw,
        "Allocation": allocation.draw,
        "Odds": odds.draw,
        "Fairness": fairness.draw,
        "Publish": publish.draw,
    },
    plan,
)
