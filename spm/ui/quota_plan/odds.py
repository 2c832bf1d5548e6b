"""How likely the plan is, what that hangs on, and what target or headcount would make it as likely as one wants."""

from math import ceil

import numpy as np
import pandas as pd
import streamlit as st

from spm import charts, money
from spm.errors import Refusal
from spm.metrics.registry import Unit
from spm.metrics.wording import percent
from spm.planning.odds.plan_odds import hired_on, one_hire
from spm.planning.odds.simulation import RUNS, Odds
from spm.planning.odds.tornado import TORNADO_RUNS
from spm.planning.odds.wanted import hires_for, target_to_say
from spm.ui import failures, show, tables
from spm.ui.quota_plan import capacity, page, simulating, state
from spm.ui.quota_plan.state import Planning
from spm.ui.show import Tile
from spm.ui.tables import Column

BINS, MOST_BINS = 40, 200
SPREAD_SHARES = (0.005, 0.995)  # of the runs that a picture shows: the farthest would make it flat


def draw(plan: Planning) -> None:
    """The curve, the tornado, backwards, and what each team and manager can expect."""
    if plan.found is None:
        return
    found = simulating.odds_of(plan)
    _tiles(plan, found)
    left, right = st.columns([3, 2])
    with left.container(border=True, height="stretch"):
        show.section("Where it may end", "10,000 simulated runs of the period, rep by rep.")
        show.chart(_curve(found), charts.odds_curve(show.symbol()), "How the result is spread, with the plan marked")
    with right.container(border=True, height="stretch"):
        show.section(
            "What matters most",
            "The odds with one assumption at either end, all others as they are. The mark: as assumed.",
        )
        show.chart(_tornado(plan), charts.tornado(), "The odds with each assumption at its ends")
    with st.container(border=True):
        _backwards(plan, found)
    with st.container(border=True):
        capacity.draw(plan)
    with st.container(border=True):
        _groups(found)
    _assumptions(plan, found)


def _tiles(plan: Planning, found: Odds) -> None:
    shares = [found.share_of_reps(level) for level in (1.0, 0.8, 0.5)]
    low, high = (money.short(found.quantile_cents(share), plan.currency) for share in (0.1, 0.9))
    near = (
        "" if shares[1] is None else f"{percent(shares[1])} at 80 % or more, {percent(1 - (shares[2] or 0))} under 50 %"
    )
    over = f"quotas are {percent(plan.draft.over_assignment)} of the target"
    sure = f"± {196 * found.standard_error:.1f} points by the number of runs"
    show.tiles(
        Tile("Plan is reached", f"{percent(found.probability)}", note=sure),
        Tile("Likely result", f"{low} – {high}", note="four of five runs end in between"),
        Tile("Reps at 100 %", "–" if shares[0] is None else f"{percent(shares[0])}", note=f"{near}; {over}"),
    )  # fmt: skip


def _curve(found: Odds) -> pd.DataFrame:
    totals = found.totals_cents
    low, high = np.quantile(totals, SPREAD_SHARES)
    width = max(float(high - low) / BINS, 1.0)  # the plan is an edge, so that no bin lies on both sides of it
    below, above = ceil(max(found.target_cents - low, 0) / width), ceil(max(high - found.target_cents, 0) / width)
    edges = found.target_cents + width * np.arange(-min(below, MOST_BINS), min(above, MOST_BINS) + 1)
    edges = edges if len(edges) > 1 else np.array([low, high + 1.0])
    edges = np.maximum(edges, 0.0)  # nothing ends below it
    counts, edges = np.histogram(np.clip(totals, edges[0], edges[-1]), edges)
    frame = pd.DataFrame({"low": edges[:-1], "high": edges[1:], "share": counts / len(totals)})
    frame["is_reached"] = np.where(frame["low"] >= found.target_cents, "reaches the plan", "falls short")
    return show.major(frame.assign(target=float(found.target_cents)), "low", "high", "target")


def _tornado(plan: Planning) -> pd.DataFrame:
    base = simulating.odds_of(plan).probability
    rows = [
        (at, one.swing.label, one.probability_low, one.probability_high, base)
        for at, one in enumerate(one for one in simulating.effects_of(plan) if one.width > 0)
    ]
    frame = pd.DataFrame(rows, columns=["place", "label", "low", "high", "base"])
    return frame.assign(least=frame[["low", "high"]].min(axis=1), most=frame[["low", "high"]].max(axis=1))


def _backwards(plan: Planning, found: Odds) -> None:
    show.section("Backwards", "From the odds that one wants to the target, or to the headcount, that has them.")
    wanted = st.slider("Odds that I want", 5, 99, 80, format="%d %%", key="wanted") / 100
    target = target_to_say(found, wanted)
    left, right = st.columns(2)
    with left:
        amount = f"**{money.short(target, plan.currency)}** is" if target > 0 else "No target above 0 is"
        st.markdown(show.marked(f"{amount} reached in {percent(wanted)} of the runs or more."))
        st.button("Take it as the target", key="take_target", disabled=target <= 0,
                  on_click=page.with_target, args=(plan, target))  # fmt: skip
    with right:
        teams = plan.baseline.members["team"].value_counts().index.tolist()
        team = st.selectbox("Or hire into", teams, key="hire_team")
        crew = one_hire(plan.baseline, team)
        if not crew.expected_cents.sum() > 0:
            st.caption("A hire there would not book anything in these months yet.")
            return
        brings = money.short(float(crew.expected_cents.sum()), plan.currency)
        try:
            needed = hires_for(found, crew, wanted, most=max(len(plan.baseline.members), page.FEW_HIRES))
        except Refusal as refusal:
            failures.show_failure(refusal)
        else:
            hires = (
                "Nobody more" if not needed.count else f"**{needed.count} {'hire' if needed.count == 1 else 'hires'}**"
            )
            start = hired_on(plan.baseline)
            verb = "is" if not needed.count else "makes it" if needed.count == 1 else "make it"
            likely = f"{percent(needed.probabilities[-1])} likely"
            st.markdown(show.marked(f"{hires} by {start.day} {start:%b %Y} {verb} {likely}."))
        st.caption(show.plain(f"Each is expected to bring {brings} in these months, ramp included."))


def _groups(found: Odds) -> None:
    show.section("By team and manager", "Each one’s part of the company target, as their quotas are of all quotas.")
    rows = found.groups.dropna(subset=["target_cents"])
    shown = rows.assign(level=rows["level"].str.capitalize())
    tables.table(shown, [
        Column("level", "Level", width=100), Column("name", "Name", width=230), Column("quota_cents", "Quotas", Unit.MONEY),
        Column("target_cents", "Part of the target", Unit.MONEY), Column("expected_cents", "Expected", Unit.MONEY),
        Column("probability", "Reaches its part", Unit.SHARE),
    ], "odds_groups", "Odds by team and manager")  # fmt: skip


def _assumptions(plan: Planning, found: Odds) -> None:
    used = found.assumptions
    with st.expander("What this assumes", icon=":material/tune:"):
        places = st.columns(4)
        for place, (field, label, value, help) in zip(places, (
            ("correlation", "Luck that all share, %", used.correlation,
             "By default such that all reps together are as far off as the company’s own projection is."),
            ("yearly_attrition_share", "Leave within a year, %", used.yearly_attrition_share,
             "The seat stays empty. Leavers that a scenario names are not counted twice: leave it at 0 then."),
            ("gain_per_tenth", "Bookings gained per +10 % quota, %", used.gain_per_tenth,
             "0: a bigger quota does not sell more by itself. Held against last year’s quota."),
        ), strict=False):  # fmt: skip
            key = state.key_of(field)
            place.number_input(label, 0.0, 100.0, round(100 * value, 1), step=1.0, key=key, help=help,
                               on_change=state.changing(plan, field, key, lambda percent: percent / 100))  # fmt: skip
        key = state.key_of("mean_delay_months")
        places[3].number_input("Hires start late by, months", 0.0, 12.0, used.mean_delay_months, step=0.5, key=key,
                               on_change=state.changing(plan, "mean_delay_months", key, float))  # fmt: skip
        st.number_input("Seed", 0, 1_000_000, state.seed(), key="seed", width=160, bind="query-params")
    runs = f"{RUNS:,} runs ({TORNADO_RUNS:,} for each end of an assumption), seed {found.seed}"
    shared = f"{percent(used.correlation)} of the errors’ variance is shared by all"
    st.caption(f"{runs}: the same seed gives the same numbers. Each rep’s projection with its own error; {shared}.")
    if names := plan.baseline.without_projection:
        named = ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")
        verb = "has" if len(names) == 1 else "have"
        st.caption(show.plain(
            f"{named} {verb} not booked anything yet and count as nothing: what new reps usually bring is in the company’s "
            "projection. Where they come on top of that, add them to a scenario as hires."
        ))  # fmt: skip
