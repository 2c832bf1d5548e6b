"""What an upload moves: how much more or less each measure counts, of whom, on which day. Pure.

The measures' own declarations say what a row counts, here of the rows that a preview would write, take back or replace.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from spm.calendar import Span
from spm.intake.changes.merge import Difference
from spm.intake.changes.preview import Preview
from spm.metrics.measures import ABOVE_ZERO, FILLED, Measure, Tally, Within
from spm.metrics.registry import Metric, Nature

E4 = 10_000
MOVED = ("measure", "person_key", "day")
CREDITS = "deal_credit"


@dataclass(frozen=True)
class Moves:
    """The metrics that an upload moves, before and after it, within `span` (whole months; None: nothing moves).

    Frames with before and after (NaN: missing; units as in `metrics.queries.values`): `in_all` by metric, `by_rep` by metric
    and rep (None: nobody named), `by_month` by metric and month; those that move only, the largest first, months in order.
    """

    span: Span | None
    metrics: Mapping[str, Metric]
    in_all: pd.DataFrame
    by_rep: pd.DataFrame
    by_month: pd.DataFrame


@dataclass(frozen=True)
class Touched:
    """The rows of a table that change, go or come, as they are counted `before` and `after` it: a shared deal once for each
    who shares it. Empty frames have no columns."""

    before: pd.DataFrame
    after: pd.DataFrame


def touched_rows(plan: Preview, table: str, deals: pd.DataFrame, credits: pd.DataFrame) -> Touched:
    """What of a table an upload touches. `credits` are the stored shares of the deals that `touched_deals` names, `deals`
    these deals as stored."""
    before, after = _before_and_after(plan, table)
    if table == "deal":
        before, after = _credited(plan, before, after, deals, credits)
    return Touched(before, after)


def starts_at_zero(metric: Metric) -> bool:
    """Whether nothing said and nothing done come to the same: of a sum and a count of customers, not of a ratio or a median."""
    return metric.nature in (Nature.SUM, Nature.DISTINCT)


def moved_totals(touched: Mapping[str, Touched], measures: Iterable[Measure]) -> pd.DataFrame:
    """By how much totals change: measure, person_key (None: nobody named), day, value_e4; only where they do."""
    parts = [
        _counted(measure.key, tally, rows, sign)
        for measure in measures
        for tally in measure.tallies
        if tally.fact in touched
        for rows, sign in ((touched[tally.fact].before, -1), (touched[tally.fact].after, 1))
        if tally.on in rows and len(rows)
    ]
    if not parts:
        return pd.DataFrame(columns=[*MOVED, "value_e4"])
    moved = pd.concat(parts, ignore_index=True).groupby(list(MOVED), as_index=False, dropna=False)["value_e4"].sum()
    return moved[moved["value_e4"] != 0].reset_index(drop=True)


def touched_deals(plan: Preview) -> set[str]:
    """The keys of the deals that an upload brings, changes, shares otherwise or takes away."""
    found: set[str] = set()
    for difference in (one for _, one in plan.differences if one.table in ("deal", CREDITS)):
        name = "key" if difference.table == "deal" else "deal_key"
        found |= {*difference.new[name], *difference.changed[name]}
    named = {"deal": "key", CREDITS: "deal_key"}
    return found.union(*(gone.rows[named[gone.table]] for gone in plan.gone if gone.table in named))


def quotas_after(plan: Preview, quotas: pd.DataFrame, people: Mapping[str, int]) -> pd.DataFrame:
    """The quotas (as `store.reading.quotas` has them) as they would be; `people` has everybody's id by key."""
    after = quotas
    for gone in (one for one in plan.gone if one.table == "quota"):
        after = after[~after["id"].isin(gone.rows["id"])]
    for found in (one for _, one in plan.differences if one.table == "quota"):
        amounts = dict(zip(found.changed["id"], found.changed["amount_cents"], strict=True))
        after = after.assign(amount_cents=[amounts.get(row.id, row.amount_cents) for row in after.itertuples()])
        new = found.new.assign(
            person_id=found.new["person_key"].map(people), team_id=found.new["team"].where(found.new["team"].isna(), -1)
        )
        after = pd.concat([after, new.reindex(columns=after.columns)], ignore_index=True)
    return after


def _before_and_after(plan: Preview, table: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The rows of a table that change, go or come: as the store has them, and as it would."""
    found = [one for _, one in plan.differences if one.table == table]
    before = [_keyed(one.before) for one in found] + [gone.rows for gone in plan.gone if gone.table == table]
    after = [rows for one in found for rows in (one.new, _changed(one))]
    return _stacked(before), _stacked(after)


def _changed(found: Difference) -> pd.DataFrame:
    """The changed rows as the store will have them: what the sheet does not say stays."""
    before = _keyed(found.before)
    said = [name for name in found.given if name in before]
    return before.assign(**{name: found.changed[name].to_numpy() for name in said})


def _keyed(rows: pd.DataFrame) -> pd.DataFrame:
    return rows if "key" in rows else rows.rename_axis("key").reset_index()


def _stacked(frames: Iterable[pd.DataFrame]) -> pd.DataFrame:
    filled = [frame.astype(object) for frame in frames if len(frame)]
    return pd.concat(filled, ignore_index=True) if filled else pd.DataFrame()


def _credited(
    plan: Preview, before: pd.DataFrame, after: pd.DataFrame, deals: pd.DataFrame, credits: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Deals as totals count them: once for each who shares one, and once more for each who has credit beside."""
    credits_before, credits_after = credits, credits
    gone = {key for one in plan.gone if one.table == "deal" for key in one.rows["key"]}
    changes = [one for _, one in plan.differences if one.table == CREDITS]
    if credits.empty and not any(len(one.new) for one in changes):
        return before, after
    known = {key for rows in (before, after) if len(rows) for key in rows["key"]}
    others = deals[~deals["key"].isin(known)] if len(deals) else deals  # they change in who shares them only
    for one in changes:
        kept = credits_after[~credits_after["key"].isin(one.changed["key"])] if len(credits_after) else credits_after
        credits_after = _stacked([kept, _changed(one), one.new])
    unshared = {key for one in plan.gone if one.table == CREDITS for key in one.rows["key"]}
    credits_after = credits_after[~credits_after["deal_key"].isin(gone) & ~credits_after["key"].isin(unshared)]
    return (
        _shared(_stacked([before, others]), credits_before),
        _shared(_stacked([after, others]), credits_after),
    )


def _shared(deals: pd.DataFrame, credits: pd.DataFrame) -> pd.DataFrame:
    if deals.empty or credits.empty:
        return deals
    shares = credits[["deal_key", "person_key", "share_e4", "amount_cents", "is_overlay"]].rename(
        columns={"deal_key": "key"}
    )
    of_overlay = shares["is_overlay"].astype(bool)
    own = deals.merge(shares[~of_overlay], on="key", how="left", suffixes=("_of_deal", ""))
    is_whole = own["share_e4"].isna()
    for name in ("person_key", "amount_cents"):
        own[name] = own[name].where(~is_whole, own[f"{name}_of_deal"])
    beside = deals.drop(columns=["person_key", "amount_cents"]).merge(shares[of_overlay], on="key")
    return _stacked([own, beside])


def _counted(measure: str, tally: Tally, rows: pd.DataFrame, sign: int) -> pd.DataFrame:
    """What a measure counts of each row, in ten-thousandths, as `store.totals` does."""
    meant = rows[is_meant(tally, rows)]
    shares = _numbers(meant, "share_e4", E4)
    if tally.value is None:
        values = shares
    elif tally.value.endswith("_e4"):
        values = _numbers(meant, tally.value)
    elif tally.value.endswith("_cents"):
        values = _numbers(meant, tally.value) * E4
    else:
        values = np.rint(meant[tally.value].fillna(0).astype(float) * shares).astype(np.int64)
    person = meant["person_key"] if "person_key" in meant else pd.Series(None, index=meant.index, dtype=object)
    return pd.DataFrame(
        {"measure": measure, "person_key": person.where(person.notna(), None), "day": meant[tally.on],
         "value_e4": values * sign}
    )  # fmt: skip


def is_meant(tally: Tally, rows: pd.DataFrame) -> pd.Series:
    """Which rows a tally counts."""
    meant = rows[tally.on].notna()
    overlay = rows["is_overlay"].fillna(False).astype(bool) if "is_overlay" in rows else pd.Series(False, rows.index)
    meant &= overlay == tally.is_overlay
    for name, wanted in tally.where:
        held = rows[name] if name in rows else pd.Series(None, index=rows.index, dtype=object)
        if wanted is FILLED:
            meant &= held.notna()
        elif wanted is ABOVE_ZERO:
            meant &= pd.to_numeric(held) > 0
        elif isinstance(wanted, Within):
            meant &= pd.to_numeric(held).between(0, wanted.most)
        elif isinstance(wanted, tuple):
            meant &= held.isin(wanted)
        else:
            meant &= held == wanted
    return meant


def _numbers(rows: pd.DataFrame, name: str, missing: int = 0) -> pd.Series:
    """A column of whole numbers, exactly; `missing` where it has none."""
    if name not in rows:
        return pd.Series(missing, index=rows.index, dtype=np.int64)
    return rows[name].map(lambda number: missing if pd.isna(number) else int(number)).astype(np.int64)
