"""Settings: by which rules does the company count?"""

import streamlit as st

from spm.ui import saving, settings, settings_rates

saving.confirmation()
settings.answer()
company, rates, working_days, today, bands, backups, changes = st.tabs(
    settings.TABS, key="settings_tab", on_change="rerun"
)
if company.open:
    with company:
        settings.company()
if rates.open:
    with rates:
        settings_rates.rates()
if working_days.open:
    with working_days:
        settings.working_days()
if today.open:
    with today:
        settings.today()
if bands.open:
    with bands:
        settings.bands()
if backups.open:
    with backups:
        settings.backups()
if changes.open:
    with changes:
        settings.changes()
