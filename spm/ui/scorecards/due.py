"""Periods that close by themselves: looked after once a day, by whichever reader comes first."""

from datetime import date

import streamlit as st

from spm.scorecards.closing import actions
from spm.ui import asking, opening


def close() -> None:
    """Closes what is due today; nothing where it was done already."""
    _closed(str(opening.store().engine.url), asking.real_today())


@st.cache_resource(max_entries=2, ttl="24h", show_spinner="Closing the periods that are due …")
def _closed(url: str, day: date) -> tuple[str, ...]:
    """The titles of the periods closed for the database at `url` on `day`."""
    return tuple(period.title for period in actions.close_due(opening.store(), asking.scene(), day))
