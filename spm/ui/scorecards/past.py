"""Scorecards, first tab: everyone's band, period by period. Those are many scorecards: the page does not wait for them."""

from collections.abc import Sequence
from time import monotonic

import streamlit as st

from spm import charts
from spm.calendar import Period
from spm.scorecards.queries import scores
from spm.scorecards.standing import queries
from spm.ui import asking, picture
from spm.ui.filters import View

PATIENCE_SECONDS = 0.02
LOOK_SECONDS = 0.5


def over_time(view: View) -> None:
    """The picture; where periods take longer to work out than a reader should wait, it fills up by itself, the latest first."""
    periods = queries.up_to(asking.scene(), view.period)
    is_waiting = len(_lacking(periods, view)) > 1
    st.fragment(_drawn, run_every=LOOK_SECONDS if is_waiting else None)(periods, view, is_waiting)


def _drawn(periods: Sequence[Period], view: View, is_waiting: bool) -> None:
    lacking = _lacking(periods, view)
    if is_waiting and not lacking:
        st.rerun()  # which looks no further
    _look_back(lacking, view)
    left_out = _lacking(periods, view)
    known = queries.over_time((one, asking.whole(scores, one, view.where)) for one in periods if one not in left_out)
    note, alt = (
        "Everyone’s band, period by period. Closed periods are as they were kept.",
        f"Bands up to {view.period.title}",
    )
    picture.drawn("Over time", known, charts.bands_over_time(), alt, note, alt, is_stretched=True)
    if left_out:
        st.caption(f"Looking back … {len(left_out)} to go")


def _look_back(periods: Sequence[Period], view: View) -> None:
    """Works out as many as one waits for, at least one."""
    until = monotonic() + PATIENCE_SECONDS
    for one in reversed(periods):
        asking.whole(scores, one, view.where)
        if monotonic() > until:
            break


def _lacking(periods: Sequence[Period], view: View) -> list[Period]:
    return [one for one in periods if not asking.is_known(scores, one, view.where)]
