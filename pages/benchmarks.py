"""Benchmarks: what is good, according to whom, as of when?"""

import streamlit as st

from spm.ui import benchmarks, benchmarks_industry, saving

saving.confirmation()
benchmarks.answer()
industry, internal, pinned = st.tabs(benchmarks.TABS, key="benchmarks_tab", on_change="rerun", bind="query-params")
if industry.open:
    with industry:
        benchmarks_industry.table()
        benchmarks_industry.upload()
if internal.open:
    with internal:
        benchmarks.internal()
if pinned.open:
    with pinned:
        benchmarks.pinned()
