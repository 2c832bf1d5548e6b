"""Settings: by which rules does the company count?"""

import streamlit as st

from spm.ui import saving
from spm.ui.settings import page, rates

saving.confirmation()
page.answer()
company, currencies, working_days, today, bands, backups, changes = st.tabs(
    page.TABS, key="settings_tab", on_change="rerun"
)
if company.open:
    with company:
        page.company()
if currencies.open:
    with currencies:
        rates.rates()
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
