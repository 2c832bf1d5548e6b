"""Scorecards, first tab: everyone's band, period by period. Those are many scorecards: the page does not wait for them."""

from collections.abc import Sequence

import streamlit as st

from spm import charts
from spm.calendar import Period
from spm.scorecards.queries import scores
from spm.scorecards.standing import queries
from spm.ui import asking, show
from spm.ui.filters import View

LOOK_SECONDS = 0.5


def over_time(view: View) -> None:
    """The picture, which fills up period by period, the latest first, where they have to be worked out."""
    show.section("Over time", "Everyone’s band, period by period. Closed periods are as they were kept.")
    periods = queries.up_to(asking.scene(), view.period)
    is_waiting = len(_lacking(periods)) > 1
    st.fragment(_drawn, run_every=LOOK_SECONDS if is_waiting else None)(periods, view, is_waiting)


def _drawn(periods: Sequence[Period], view: View, is_waiting: bool) -> None:
    """As far as it is known, and one period further; once all are, the page stops looking."""
    lacking = _lacking(periods)
    left_out = lacking[:-1]
    scored = [(one, asking.whole(scores, one)) for one in periods if one not in left_out]
    known = queries.over_time(asking.scene(), scored, view.team)
    show.chart(known, charts.bands_over_time(), f"Bands up to {view.period.title}", is_stretched=True)
    if left_out:
        st.caption(f"Looking back … {len(left_out)} to go")
    elif is_waiting:
        st.rerun()


def _lacking(periods: Sequence[Period]) -> list[Period]:
    return [one for one in periods if not asking.is_known(scores, one)]
