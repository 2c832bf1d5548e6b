"""Is it fair? The proposed quotas on results that are known, and as the year goes the published ones."""

import numpy as np
import pandas as pd
import streamlit as st

from spm import charts
from spm.metrics.registry import Unit
from spm.metrics.wording import MISSING, percent
from spm.planning.allocation.roster import HISTORY
from spm.planning.fairness.audit import JUMP_SHARE, TESTED_AT, WITHIN, Fairness
from spm.planning.fairness.backcast import audit, cast, verdict
from spm.planning.fairness.health import health
from spm.planning.fairness.queries import SoFar, so_far
from spm.ui import asking, show, tables
from spm.ui.quota_plan import state
from spm.ui.quota_plan.state import Planning
from spm.ui.show import Tile
from spm.ui.tables import Column

BEFORE, AS_IT_GOES = "Before publishing", "As the year goes"
MOST_NAMED = 6
NAME_WIDTH, NAME_HEIGHT, NAME_RISE = 0.25, 0.05, 0.06  # of the picture


def draw(plan: Planning) -> None:
    """The proposed quotas on a year that is over, or those that hold on what came so far."""
    running = asking.answer(so_far)
    asked = BEFORE
    if running is not None:
        asked = st.segmented_control("Held against", (BEFORE, AS_IT_GOES), default=BEFORE, key="fair", bind="query-params",
                                     label_visibility="collapsed", required=True)  # fmt: skip
    if running is not None and asked == AS_IT_GOES:
        _as_it_goes(running)
    else:
        _before(plan)


def _as_it_goes(running: SoFar) -> None:
    found = audit(running.rows)
    show.section(f"The quotas that hold, {running.span.title}")
    st.markdown(show.plain(verdict(found, is_past=False)))
    st.caption("Of each quota what is due by now, by the company’s season; size is the bookings of the year before.")
    _audited(running.rows, found, "have reached", "Due by now", "bookings ÷ what is due by now")


def _before(plan: Planning) -> None:
    if plan.found is None:
        return
    rows = cast(plan.baseline, plan.found)
    found = audit(rows)
    past = plan.baseline.days.past
    if past is None or found.attainment is None:
        show.empty(
            "There is no year to hold these quotas against yet.",
            f"A back-cast needs the bookings of the same months of an earlier year as {plan.period.title}.",
        )
        return
    show.section(f"Had these quotas held in {past.title}")
    st.markdown(show.plain(verdict(found)))
    if dict(plan.draft.mix).get(HISTORY) and past == plan.baseline.days.last_year:
        st.caption(
            f"The quotas are shared out by the bookings of {past.title} themselves: that they fit them says little."
        )
    _audited(rows, found, "would have reached", "Proposed quota", "bookings then ÷ these quotas")


def _audited(rows: pd.DataFrame, found: Fairness, reached: str, quota: str, whole: str) -> None:
    """The picture with the outliers named, the tests, teams, jumps, reps."""
    _tiles(found, rows, whole)
    left, right = st.columns([3, 2])
    with left.container(border=True, height="stretch"):
        show.section(
            "Attainment by size of the quota",
            "Shaded: within ± 20 % of what all reached together; those farthest out are named.",
        )
        show.chart(_points(rows, found), charts.backcast(show.symbol(), quota, reached.capitalize()),
                   "Attainment of each rep by the size of their quota, outliers named")  # fmt: skip
    with right.container(border=True, height="stretch"):
        _tests(found)
    _groups(found)
    _jumped(found)
    with show.folded("fair_reps", "Rep by rep") as is_open:
        if is_open:
            tables.table(rows.sort_values("attainment"), [
                Column("rep", "Rep", is_pinned=True), Column("team", "Team"), Column("quota_cents", quota, Unit.MONEY),
                Column("booked_cents", "Bookings", Unit.MONEY), Column("attainment", reached.capitalize(), Unit.SHARE),
            ], "fair_reps", "Attainment rep by rep")  # fmt: skip
    st.caption(f"Tested at {percent(TESTED_AT)}: of twenty even-handed plans, one is called biased.")


def _tiles(found: Fairness, rows: pd.DataFrame, whole: str) -> None:
    seen = health(rows["booked_cents"].tolist(), rows["quota_cents"].tolist())
    show.tiles(
        Tile("All together", _percent(found.attainment), note=whole),
        Tile("Within ± 20 % of all", _percent(found.within_of_all_share), note="of what all reached together"),
        Tile("Within ± 20 % of 100 %", _percent(found.within_share), note="of their own quota"),
        Tile("At 100 % or more", _percent(seen.share_at_100), note=f"{_percent(seen.share_under_50)} under 50 %"),
    )


def _percent(share: float | None) -> str:
    return MISSING if share is None else percent(share)


def _points(rows: pd.DataFrame, found: Fairness) -> pd.DataFrame:
    whole = found.attainment or 0.0
    known = rows.dropna(subset=["attainment"])
    low, high = whole * (1 - WITHIN), whole * (1 + WITHIN)
    outside = known["attainment"][~known["attainment"].round(9).between(low, high)]
    farthest = _apart(known, (outside - whole).abs().sort_values(ascending=False).index)
    frame = pd.DataFrame(
        {
            "rep": known["rep"],
            "team": known["team"],
            "quota": known["quota_cents"].astype(float),
            "attainment": known["attainment"].astype(float),
            "name": known["rep"].where(known.index.isin(farthest), ""),
            "is_outside": known.index.isin(outside.index),
        }
    )
    return show.major(frame.assign(whole=whole, low=low, high=high), "quota")


def _apart(known: pd.DataFrame, wanted: pd.Index) -> pd.Index:
    """The first of `wanted` whose names, above their dots, cover no dot of `known` and no other name."""
    amounts = known[["quota_cents", "attainment"]].astype(float)
    dots = ((amounts - amounts.min()) / (amounts.max() - amounts.min()).replace(0.0, 1.0)).to_numpy()
    names = dots + np.array([0.0, NAME_RISE])
    found: list[int] = []
    for at in known.index.get_indexer(wanted):
        covers_dot = (np.abs(dots - names[at]) < (NAME_WIDTH / 2, NAME_HEIGHT)).all(axis=1).any()
        covers_name = (np.abs(names[found] - names[at]) < (NAME_WIDTH, NAME_HEIGHT)).all(axis=1).any()
        if not covers_dot and not covers_name and len(found) < MOST_NAMED:
            found.append(at)
    return known.index[found]


def _tests(found: Fairness) -> None:
    show.section(
        "Does it go with something it must not?", "Correlation of attainment with each trait, and its 95 % interval."
    )
    if not found.biases:
        st.caption("Too few reps, or too little known of them, to test.")
    for bias in found.biases:
        mark = ":material/warning:" if bias.is_found else ":material/check:"
        said = f"**{bias.trait[:1].upper()}{bias.trait[1:]}**: {bias.correlation:+.2f} ({bias.low:+.2f} to {bias.high:+.2f})"
        sure = "more than chance" if bias.is_found else "could be chance"
        st.markdown(f"{mark} {show.marked(said)}, {bias.reps_count} reps: {sure}.".replace("-", "−"))


def _groups(found: Fairness) -> None:
    show.section("By team and manager", "Bookings of all their reps ÷ these quotas.")
    rows = found.groups.assign(level=found.groups["level"].str.capitalize())
    tables.table(rows, [
        Column("level", "Level", width=100), Column("name", "Name", width=230), Column("attainment", "Attainment", Unit.SHARE),
        Column("within_share", "Reps within ± 20 %", Unit.SHARE), Column("reps_count", "Reps", Unit.COUNT),
    ], f"fair_groups_{state.chosen_period().label}", "Attainment by team and manager")  # fmt: skip


def _jumped(found: Fairness) -> None:
    if found.jumped.empty:
        return
    show.section(
        f"Quotas that changed by more than {percent(JUMP_SHARE)}",
        "Against last year’s quota for the same days, of those who carried one.",
    )
    tables.table(found.jumped, [
        Column("rep", "Rep", is_pinned=True), Column("last_quota_cents", "Last year", Unit.MONEY),
        Column("quota_cents", "Now", Unit.MONEY), Column("change_share", "Change", "change"),
    ], f"jumped_{state.chosen_period().label}", "Quotas that jumped")  # fmt: skip
