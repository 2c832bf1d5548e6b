"""Benchmarks: what is good, according to whom, as of when?"""

import streamlit as st

from spm.ui import saving
from spm.ui.benchmarks import industry, page

saving.confirmation()
top = st.container()
published, internal, pinned = st.tabs(page.TABS, key="benchmarks_tab", on_change="rerun", bind="query-params")
if published.open:
    with top:
        page.published()
    with published:
        industry.table()
        industry.upload()
if internal.open:
    with internal:
        page.internal(top)
if pinned.open:
    with top:
        page.pins()
    with pinned:
        page.pinned()
