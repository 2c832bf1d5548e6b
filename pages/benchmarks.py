"""Benchmarks: what is good, according to whom, as of when?"""

import streamlit as st

from spm.ui import saving
from spm.ui.benchmarks import industry as benchmarks_industry
from spm.ui.benchmarks import page

saving.confirmation()
page.answer()
industry, internal, pinned = st.tabs(page.TABS, key="benchmarks_tab", on_change="rerun", bind="query-params")
if industry.open:
    with industry:
        benchmarks_industry.table()
        benchmarks_industry.upload()
if internal.open:
    with internal:
        page.internal()
if pinned.open:
    with pinned:
        page.pinned()
