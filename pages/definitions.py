"""Definitions: what does each number and each word mean?"""

import streamlit as st

from spm.ui import definitions, own_metrics, saving

every = definitions.every()
saving.confirmation()
definitions.answer(every)
if (metric := definitions.opened()) is not None:
    definitions.explanation(metric)
else:
    own_metrics.changed()

listed, own_columns, bands, words = st.tabs(definitions.TABS, key="definitions_tab", on_change="rerun")
if listed.open:
    with listed:
        definitions.listed(every)
if own_columns.open:
    with own_columns:
        definitions.own_columns()
if bands.open:
    with bands:
        definitions.bands()
if words.open:
    with words:
        definitions.words()
