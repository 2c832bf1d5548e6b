"""Definitions: what does each number and each word mean?"""

import streamlit as st

from spm.ui import saving
from spm.ui.definitions import own_metrics, page

every = page.every()
saving.confirmation()
page.answer(every)
if (metric := page.opened()) is not None:
    page.explanation(metric)
else:
    own_metrics.changed()

listed, own_columns, bands, words = st.tabs(page.TABS, key="definitions_tab", on_change="rerun")
if listed.open:
    with listed:
        page.listed(every)
if own_columns.open:
    with own_columns:
        page.own_columns()
if bands.open:
    with bands:
        page.bands()
if words.open:
    with words:
        page.words()
