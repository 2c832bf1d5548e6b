"""What the theme has no word for."""

import streamlit as st

from spm.charts import COLOURS

# The theme's primary colour fills buttons with white text on them. As text on a dark page it is too dark to read.
SELECTED = ('[data-testid="stTab"][aria-selected="true"] p', '[data-testid="stButtonGroup"] [data-selected="true"] p')
ACCENT = COLOURS["accent"]
RULES = (
    f"{', '.join(SELECTED)} {{ color: light-dark({ACCENT.light}, {ACCENT.dark}); }} "
    '[data-testid="stButtonGroup"] button { min-height: 2.5rem; }'  # as high as the lists that stand beside them
)


def draw() -> None:
    """The rules, for the whole page; they take no room."""
    st.html(f"<style>{RULES}</style>")
