"""Settings: by which rules does the company count?"""

import streamlit as st

from spm.ui import saving
from spm.ui.settings import page
from spm.ui.settings import rates as settings_rates

saving.confirmation()
page.answer()
company, rates, working_days, today, bands, backups, changes = st.tabs(page.TABS, key="settings_tab", on_change="rerun")
if company.open:
    with company:
        page.company()
if rates.open:
    with rates:
        settings_rates.rates()
if working_days.open:
    with working_days:
        page.working_days()
if today.open:
    with today:
        page.today()
if bands.open:
    with bands:
        page.bands()
if backups.open:
    with backups:
        page.backups()
if changes.open:
    with changes:
        page.changes()
