"""The open pipeline: how much there is for what is left of the quota, what went stale or slipped, by stage and age."""

from functools import partial

import streamlit as st

from spm import charts
from spm.coaching.deals import queries as deal_queries
from spm.coaching.deals.open_deals import AGE_NOT_KNOWN, USUAL_SHARE, Pipeline
from spm.metrics import wording
from spm.metrics.registry import Unit
from spm.ui import asking, filters, open_deals, origin, picture, show, tables
from spm.ui.filters import View
from spm.ui.show import Tile
from spm.ui.tables import Column


def pipeline(view: View) -> None:
    """All open deals by stage and age; how much there is for what is left of the quota; what went stale or slipped."""
    found = asking.answer(deal_queries.pipeline, view.period, view.where)
    if not found.deals_count:
        if asking.kept():
            st.caption("No open deal is among what is looked at.")
            return
        show.empty("No open deal is in the sheets.", "Bring a sheet of deals that lists the open ones too.", "upload",
                   "Upload sheets")  # fmt: skip
        return
    _pipeline_tiles(found, view)
    with st.container(border=True):
        picture.drawn(
            "Open deals by stage and age", found.by_stage, charts.open_by_stage(), "Open deals by stage and age",
            "The stronger the colour, the longer a deal has been open.",
        )  # fmt: skip
        if (found.by_stage["age"] == AGE_NOT_KNOWN).any():
            st.caption("Grey: no sheet says since when they are open.")
    columns = [Column("stage", "Stage", width=112), Column("age", "Open for", width=120),
               Column("deals", "Deals", Unit.COUNT), Column("amount_cents", "Amount", Unit.MONEY)]  # fmt: skip
    rows = found.by_stage.dropna(axis="columns", how="all")
    tables.table(rows, columns, "pipeline", "Open deals by stage and age")


def _pipeline_tiles(found: Pipeline, view: View) -> None:
    """A tile of each number that is known; of the others, what it would take to know them."""
    covered = asking.value("pipeline_coverage", view.period, **view.where)
    tiles, unknown = [_open(found, view), _stale(found, view)], []
    if covered is not None:
        tiles.insert(1, _coverage(covered, view))
    else:
        needs = "needs quotas, and days on which open deals should close."
        unknown.append(filters.not_split("A quota is", "it is") or f"Pipeline coverage {needs}")
    if found.with_history_count:
        tiles.append(_slipped(found, view))
    else:
        unknown.append(
            "Which deals slipped is known once a later sheet tells of the same deals again, or a sheet of histories."
        )
    show.tiles(*tiles)
    if unknown:
        st.caption(" ".join(unknown))


def _open(found: Pipeline, view: View) -> Tile:
    """What the open deals are worth; how many they are where no sheet says that."""
    deals, amount = (asking.scene().metric(key) for key in ("open_deals", "open_pipeline"))
    day = f"open on {asking.scene().today:%-d %b %Y}"
    if found.amount_cents is None:
        rows = origin.behind(deals.key, None, view.where, "See the rows")
        return Tile(deals.label, f"{found.deals_count:,}", against=day, note="None of them has an amount.", origin=rows)
    valued = f"{found.valued_count:,} of them have an amount." if found.valued_count < found.deals_count else ""
    return Tile(amount.label, show.number(found.amount_cents, amount), show.in_full(found.amount_cents, amount),
                against=f"{found.deals_count:,} deals {day}", note=valued,
                origin=origin.behind(amount.key, None, view.where, "See the rows"))  # fmt: skip


def _coverage(covered: float, view: View) -> Tile:
    coverage = asking.scene().metric("pipeline_coverage")
    rows = origin.behind(coverage.key, view.period, view.where, "See the rows")
    against = f"of the gap in {view.period.title}"
    return Tile(coverage.label, show.number(covered, coverage), coverage.meaning, against=against, origin=rows)


def _stale(found: Pipeline, view: View) -> Tile:
    overdue = f"{found.overdue_count:,} past their expected close" if found.overdue_count else ""
    old = ""
    if found.usual_days is not None:
        more = "more " if found.overdue_count else ""
        by_then = f"by when {USUAL_SHARE * 100:.0f} % of won deals are won"
        old = f"{found.old_count:,} {more}open for over {found.usual_days} days, {by_then}"
    why = "; ".join(part for part in (overdue, old) if part)
    share = wording.short(Unit.SHARE, found.stale_count / found.deals_count, show.currency())
    rows = partial(open_deals.behind, "Stale deals", deal_queries.stale_deals, view.period, view.where)
    return Tile("Stale", f"{found.stale_count:,}", against=f"{share} of open deals", note=f"{why}." if why else "",
                origin=rows() if found.stale_count else None)  # fmt: skip


def _slipped(found: Pipeline, view: View) -> Tile:
    rows = partial(open_deals.behind, "Slipped deals", deal_queries.slipped_deals, view.period, view.where)
    return Tile("Slipped", f"{found.slipped_count or 0:,}",
                "Open deals once expected to close sooner than now, of those that sheets told of more than once.",
                against=f"of {found.with_history_count:,} with a history",
                origin=rows() if found.slipped_count else None)  # fmt: skip
