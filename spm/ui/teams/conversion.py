"""The funnel against peers with its bottleneck, and the time in each stage."""

import pandas as pd
import streamlit as st

from spm import charts
from spm.benchmarks.peers import Peers
from spm.calendar import Period
from spm.coaching import queries as coaching
from spm.coaching.funnel import Bottleneck, bottleneck
from spm.metrics import wording
from spm.metrics.registry import Unit
from spm.ui import asking, origin, picture, show, tables
from spm.ui.filters import View
from spm.ui.tables import Column

FLOWS = "Counted is what came in this period, not the same deals followed through: what is won was often opened before."


def funnel(view: View) -> None:
    """Of the company or a team; of the company first of all which step of which team to mend first."""
    weakest = asking.answer(coaching.bottlenecks, view.period) if not view.team else pd.DataFrame()
    if len(weakest):
        name, found = weakest["name"].iloc[0], Bottleneck(**weakest.drop(columns="name").iloc[0])
        said = show.plain(f"To mend first: {name}. {_rise(found, 'the others')}")
        st.markdown(f"**{said}**")
    with st.container(border=True):
        who = view.team or asking.scene().standing.company.name
        funnel_of(view.period, view.where, who)
    with st.container(border=True):
        if not time_in_stages(view.period, view.where, who):
            st.caption(
                "Time in each stage: known once a sheet of deal histories, or a later sheet of the same deals, tells it."
            )
    if len(weakest):
        show.section("What to mend first", "Each team's step whose rise to that of all others would bring most.")
        columns = [
            Column("name", "Team", is_pinned=True),
            Column("gain_cents", "Would bring", Unit.MONEY, "Bookings × (others' rate ÷ own rate − 1)", width=100),
            Column("rate", "Rate", Unit.SHARE, width=75),
            Column("peers_rate", "Others", Unit.SHARE, width=75),
            Column("step", "Step", width=280),
            Column(
                "probability",
                "Sure",
                Unit.SHARE,
                "How likely the team is truly below the others; under 80 % may be luck",
            ),
        ]
        tables.table(weakest, columns, "bottlenecks", f"What to mend first in {view.period.title}")


def funnel_of(period: Period, where: dict[str, str], who: str) -> None:
    """From leads to won deals of a part of the company, against the pooled others; what mending the weakest step brings."""
    peers = asking.answer(coaching.peers_for, period, where)
    stages = asking.answer(coaching.funnel, period, where)
    if stages.empty:
        show.section("Funnel")
        known = any(asking.scene().speaks_of(asking.scene().metric(key), period) for key in coaching.FUNNEL)
        st.caption(
            "No lead and no deal is of this period." if known else "No sheet of leads or deals speaks for this period."
        )
        return
    picture.drawn("Funnel", stages, charts.funnel(), f"From leads to won deals of {who}", file_name=f"{who} funnel")
    st.caption(show.plain(f"{_mending(stages, period, where, peers)} {FLOWS}"))
    with show.folded("funnel") as is_open:
        if is_open:
            _steps(_with_days(stages, period, where), who)
    with st.popover("See the rows", icon=":material/manage_search:", type="tertiary"):
        for key in coaching.FUNNEL:
            if asking.scene().metric(key).label in set(stages["stage"]):
                origin.button(key, period, where, asking.scene().metric(key).label)


def _steps(stages: pd.DataFrame, who: str) -> None:
    columns = [
        Column("stage", "Stage", width=160),
        Column("count", "Count", Unit.COUNT, width=65),
        Column("conversion_rate", "Rate", Unit.SHARE),
        Column("of", "Of", width=140),
        Column("peers_rate", "Peers", Unit.SHARE),
        Column("days", "Days", Unit.DAYS, "Mean days from creation to close of won deals"),
        Column("peers_days", "Peers' days", Unit.DAYS),
    ]
    tables.table(stages.dropna(axis="columns", how="all"), columns, f"funnel_{who}", f"Funnel of {who}")


def time_in_stages(period: Period, where: dict[str, str], who: str) -> bool:
    """How long deals stay in each stage, and how many go on, beside the peers; False where no sheet tells it."""
    found = asking.answer(coaching.time_in_stages, period, where)
    if found.empty:
        return False
    columns = [
        Column("stage", "Stage", is_pinned=True),
        Column(
            "median_days", "Median days", Unit.DAYS, "Of stays that were seen to begin and to end; of five at least"
        ),
        Column("peers_median_days", "Peers' days", Unit.DAYS),
        Column("gone_on_rate", "Went on", Unit.SHARE, "To another stage, or won; the others were lost"),
        Column("peers_gone_on_rate", "Peers", Unit.SHARE),
        Column("left_count", "Deals", Unit.COUNT, width=80),
    ]
    name = f"Time in each stage of {who}"
    drawn = pd.DataFrame(
        {
            "place": range(len(found)),
            "name": found["stage"],
            "value": found["median_days"],
            "before": found["peers_median_days"],
            "change": None,
        }
    )
    picture.drawn(
        "Time in each stage", drawn, charts.breakdown("days", "", "Median days", "Peers’ days"), name,
        f"Of the deals that left it in {period.title}; stages in the order in which deals usually go through them.", name,
    )  # fmt: skip
    mark = " Mark: that of the peers." if drawn["before"].notna().any() else ""
    st.caption(f"Bar: the median of the days in it.{mark}")
    with show.folded(f"stages_{who}") as is_open:
        if is_open:
            rows = found.dropna(axis="columns", how="all")
            tables.table(rows, columns, f"stages_{who}", name, file_name=name)
    return True


def _mending(stages: pd.DataFrame, period: Period, where: dict[str, str], peers: Peers | None) -> str:
    if peers is None:
        return "Choose a team or a rep to hold the funnel against the others."
    booked = asking.value("bookings", period, **where)
    found = bottleneck(stages, booked)
    basis = f"Peers: {len(peers)}, {peers.basis}, pooled."
    if found is None:
        return f"No step is below that of the peers. {basis}"
    return f"{_rise(found, 'the peers')} {basis}"


def _rise(found: Bottleneck, others: str) -> str:
    """How far a step is below that of others, how sure that is, and what its rise would bring."""
    gain = wording.short(Unit.MONEY, found.gain_cents, show.currency())
    rates = f"{found.rate:.0%} against {found.peers_rate:.0%} of {others}".replace("%", " %")
    sure = f"{wording.likelihood(found.probability)} likely to be more than luck"
    verdict = f"{rates} ({sure if found.is_likely else f'too early to tell, {sure}'})"
    return f"{found.step}: {verdict}. At their rate, bookings would be {gain} more."


def _with_days(stages: pd.DataFrame, period: Period, where: dict[str, str]) -> pd.DataFrame:
    """With how long won deals took from creation to close."""
    won = stages["stage"] == asking.scene().metric("won_deals").label
    days = asking.value("sales_cycle", period, **where)
    everyone = asking.value("sales_cycle", period) if where else None
    return stages.assign(days=won.map({True: days}), peers_days=won.map({True: everyone}))
