"""What the page of a rep shows beyond the scorecard: the gap to peers explained, activities, milestones, who is alike."""

from collections.abc import Callable

import streamlit as st

from spm import charts
from spm.benchmarks.explaining import queries as explaining
from spm.calendar import ONE_DAY, Span
from spm.coaching.portrait import queries as portrait
from spm.coaching.portrait.queries import Deal
from spm.metrics import wording
from spm.metrics.registry import Unit
from spm.scorecards.result import RepScorecard
from spm.ui import asking, origin, picture, show, tables
from spm.ui.rep.items import where_of
from spm.ui.show import Tile
from spm.ui.tables import Column
from spm.ui.teams import change

DAYS_A_YEAR = 365.25
A_WEEK = 7 * ONE_DAY


def gap(shown: RepScorecard) -> None:
    """What explains the bookings against the mean of the peers; nothing for managers and where there is nothing to split."""
    found = asking.answer(explaining.against_peers, shown.rep, shown.period)
    if found is None or not (found.change.before_cents or found.change.after_cents):
        return
    with st.container(border=True):
        note = f"From what one of {len(found.peers)} peers books on average ({found.peers.basis}) to {shown.rep}."
        start, end = f"Mean of {len(found.peers)} peers", shown.rep
        change.waterfall("What explains the gap to peers", found.change, start, end, note)
        by_order = asking.scene().bookings_from == "orders"
        key, words = ("bookings", "See the orders") if by_order else ("win_rate", "See the closed deals")
        origin.button(key, shown.period, where_of(shown), words)


def activities(shown: RepScorecard) -> None:
    """Calls, e-mails, meetings and demos by week."""
    found = asking.answer(portrait.activities_by_week, where_of(shown), shown.period)
    if found.empty or not found["count"].sum():
        return
    kinds = list(dict.fromkeys(found["metric"]))
    frame = found.assign(
        kind=found["metric"].map({key: asking.scene().metric(key).label for key in kinds}),
        place=found["metric"].map(kinds.index),
    )
    with st.container(border=True):
        title = f"Activities of {shown.rep} by week"
        picture.drawn("Activities by week", frame, charts.activities(), title, file_name=title)
        with show.folded("weeks") as is_open:
            if is_open:
                table = frame.pivot(index="week", columns="kind", values="count").reset_index()
                columns = [Column(kind, kind, Unit.COUNT) for kind in dict.fromkeys(frame["kind"])]
                tables.table(table, [Column("week", "Week of", "day"), *columns], f"weeks_{shown.person_id}", title)
        weeks = Span(found["week"].min(), found["week"].max() + A_WEEK)
        with st.popover("See the rows", icon=":material/manage_search:", type="tertiary"):
            for key in kinds:
                origin.button(key, weeks, where_of(shown), asking.scene().metric(key).label)


def milestones(shown: RepScorecard) -> None:
    """Tenure, best month, first won and first big deal."""
    found = asking.answer(portrait.milestones, shown.person_id)
    since = f"since {found.started_on:%-d %b %Y}" if found.started_on else ""
    big = f"From {_amount(found.big_cents)} on, three times the company's average." if found.big_cents else ""
    by_order = asking.scene().bookings_from == "orders"
    show.section("Milestones")
    show.tiles(
        Tile("Tenure", _tenure(found.tenure_days), against=since, note="" if since else "No sheet says since when."),
        Tile("Best month", _amount(found.best_month_cents), against=found.best_month.title if found.best_month else "",
             origin=_rows_of(shown, found.best_month, "See the month")),
        _deal_tile("First order" if by_order else "First won deal", found.first_won, "", shown),
        _deal_tile("First big order" if by_order else "First big deal", found.first_big, big, shown),
    )  # fmt: skip


def alike(shown: RepScorecard) -> None:
    """The five people most like the rep, with each distance: everybody is measured once somebody opens it."""
    note = "By role, tenure, mix and deal size of the last 12 months: 0 % is the same, 100 % as far as can be."
    show.section("Most alike", note)
    with show.folded("alike", "The five nearest, with each distance") as is_open:
        if is_open:
            _nearest(shown)


def _nearest(shown: RepScorecard) -> None:
    found, mix = asking.answer(portrait.alike, shown.rep, shown.period), asking.answer(portrait.mix_attribute)
    if found.empty:
        st.caption(f"Nobody to be like in {shown.period.title}.")
        return
    columns = [
        Column("rep", "Name", is_pinned=True),
        Column("distance", "Distance", Unit.SHARE, "Their mean; what is not known counts as with the others", width=80),
        Column("role_distance", "Role", Unit.SHARE, "0 %: the same role", width=70),
        Column("tenure_distance", "Tenure", Unit.SHARE, "100 %: four times as long, or a quarter", width=75),
        Column("mix_distance", "Mix", Unit.SHARE, f"The share of bookings by {mix} that would have to move", width=70),
        Column("size_distance", "Deal size", Unit.SHARE, "100 %: four times as large, or a quarter", width=90),
        Column("role_label", "Role now", width=205),
        Column("tenure_days", "Days here", Unit.COUNT, width=85),
        Column("deal_size", "Average deal", Unit.MONEY, width=100),
    ]
    rows = found.dropna(axis="columns", how="all")
    tables.table(rows, columns, f"alike_{shown.person_id}", f"Most like {shown.rep}")


def _deal_tile(label: str, deal: Deal | None, note: str, shown: RepScorecard) -> Tile:
    if deal is None:
        return Tile(label, "–", note=" ".join(part for part in ("" if asking.kept() else "Not yet.", note) if part))
    origin_of = _rows_of(shown, Span(deal.closed_on, deal.closed_on + ONE_DAY), f"See the {label.lower()}")
    against = f"{deal.closed_on:%-d %b %Y}"
    return Tile(label, _amount(deal.amount_cents), deal.title, against=against, note=note, origin=origin_of)


def _rows_of(shown: RepScorecard, span: Span | None, words: str) -> Callable[[], None] | None:
    """What opens the bookings of a span, whoever the rep was then."""
    return origin.behind("bookings", span, {"rep": shown.rep}, words) if span else None


def _amount(cents: float | None) -> str:
    return wording.short(Unit.MONEY, cents, show.currency())


def _tenure(days: int | None) -> str:
    if days is None or days <= 0:
        return wording.MISSING
    years = days / DAYS_A_YEAR
    return f"{years:.1f} years" if years >= 1 else f"{max(round(years * 12), 1)} months"
