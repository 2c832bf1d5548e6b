"""Published forecasts: claimed by one process, written whole, and read as frames; and the calls of people."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

import pandas as pd
from sqlalchemy import ColumnElement, Connection, RowMapping, Select, delete, insert, null, or_, select, update

from spm.store import tables
from spm.store.change_sets import next_id
from spm.store.opening import Store

ABANDONED_AFTER = timedelta(minutes=15)  # a run that takes longer is no longer being made

_RUN, _TOTALS, _SCORE, _CALL = (
    tables.Table.metadata.tables[name]
    for name in ("forecast_run", "projected_totals", "backtest_score", "forecast_call")
)


def claimed(store: Store, state: str, now: datetime, **of: Any) -> int | None:
    """The id of a run of `state` that this process is to make; None where it is made already or another is at it.

    `of`: the other columns of the run. A run that was begun ABANDONED_AFTER ago and never made is taken over.
    """
    with store.write_transaction() as connection:
        known = connection.execute(select(_RUN).where(_RUN.c.state == state)).mappings().first()
        if known and (known["made_at"] or now - known["begun_at"] < ABANDONED_AFTER):
            return None
        if known:
            connection.execute(update(_RUN).where(_RUN.c.id == known["id"]).values(begun_at=now, **of))
            return int(known["id"])
        run_id = next_id(connection, _RUN)
        connection.execute(insert(_RUN), {"id": run_id, "state": state, "begun_at": now, "is_rebuilt": False, **of})
        return run_id


def given_up(store: Store, run_id: int) -> None:
    """Takes an unfinished run away, so that it can be tried again."""
    with store.write_transaction() as connection:
        connection.execute(delete(_RUN).where(_RUN.c.id == run_id, _RUN.c.made_at.is_(None)))


def publish(
    store: Store, run_id: int, made_at: datetime, stretches: Mapping[str, Any],
    totals: Sequence[Mapping[str, Any]], scores: Sequence[Mapping[str, Any]], rebuilt: Sequence[Mapping[str, Any]],
) -> None:  # fmt: skip
    """Writes a claimed run whole, with what it rebuilds of the past in place of what the run before rebuilt.

    `stretches`: by level, how much wider landings are than worked out (see forecast.landings.stretches).
    `totals` and `scores`: columns of projected_totals and backtest_score without the run. `rebuilt`: columns of
    forecast_run, with `totals`.
    """
    with store.write_transaction() as connection:
        stale = list(connection.execute(select(_RUN.c.id).where(_RUN.c.is_rebuilt)).scalars())
        connection.execute(delete(_TOTALS).where(_TOTALS.c.run_id.in_(stale)))
        connection.execute(delete(_RUN).where(_RUN.c.id.in_(stale)))
        _write(connection, _TOTALS, run_id, totals)
        _write(connection, _SCORE, run_id, scores)
        done = {"made_at": made_at, "stretches": dict(stretches)}
        connection.execute(update(_RUN).where(_RUN.c.id == run_id).values(done))
        for past in rebuilt:
            past_id = next_id(connection, _RUN)
            columns = {name: value for name, value in past.items() if name != "totals"}
            connection.execute(insert(_RUN), {"id": past_id, "is_rebuilt": True, **columns})
            _write(connection, _TOTALS, past_id, past["totals"])


def _write(connection: Connection, table: Any, run_id: int, rows: Sequence[Mapping[str, Any]]) -> None:
    if rows:
        connection.execute(insert(table), [{"run_id": run_id, **row} for row in rows])


def runs(store: Store) -> pd.DataFrame:
    """Every finished run, the latest first: the columns of forecast_run."""
    return store.frame(_finished())


def latest_run(store: Store) -> RowMapping | None:
    """The finished run that was published last, by the columns of forecast_run; None before the first."""
    asked = _finished().where(_RUN.c.is_rebuilt.is_(False)).limit(1)
    with store.reading() as connection:
        return connection.execute(asked).mappings().first()


def _finished() -> Select[Any]:
    return select(_RUN).where(_RUN.c.made_at.is_not(None)).order_by(_RUN.c.made_at.desc(), _RUN.c.id.desc())


def totals(
    store: Store,
    run_ids: Sequence[int],
    level: str | None = None,
    member: str | None = None,
    member_id: int | None = None,
) -> pd.DataFrame:
    """What runs say: run_id, level, member, member_id, model, months; of all levels and members, or of one.

    One member's are those kept under the id, and those under the name.
    """
    asked = select(_TOTALS).where(_TOTALS.c.run_id.in_(list(run_ids)), *_of(_TOTALS, level, member, member_id))
    return store.frame(asked.order_by(_TOTALS.c.run_id, _TOTALS.c.level, _TOTALS.c.member))


def _of(table: Any, level: str | None, member: str | None, member_id: int | None) -> list[ColumnElement[bool]]:
    """Conditions that keep a level's rows, or one member's of it, by the id where it has one, or the name."""
    found = [] if level is None else [table.c.level == level]
    if member is not None:
        named = table.c.member == member
        found.append(named if member_id is None else or_(named, table.c.member_id == member_id))
    return found


def scores(store: Store, run_id: int, level: str) -> pd.DataFrame:
    """The back-test of a level's members in a run: the columns of backtest_score."""
    asked = select(_SCORE).where(_SCORE.c.run_id == run_id, _SCORE.c.level == level)
    return store.frame(asked.order_by(_SCORE.c.member))


def calls(
    store: Store, level: str, member: str, member_id: int | None = None, until: date | None = None
) -> pd.DataFrame:
    """What people called for a member, the latest first: the columns of forecast_call, `made_at` and `author` of each.

    `until` keeps those of periods that were over before that day.
    """
    made = tables.Table.metadata.tables["change_set"].c
    asked = select(_CALL, made.made_at, made.author).join_from(_CALL, made.id.table, made.id == _CALL.c.created_in)
    asked = asked.where(*_of(_CALL, level, member, member_id))
    if until is not None:
        asked = asked.where(_CALL.c.ends_before <= until)
    return store.frame(asked.order_by(_CALL.c.id.desc()))


def stage_outcomes(store: Store) -> pd.DataFrame:
    """One row a closed deal and stage that it was known to be in while open: stage, is_won."""
    deal, version = tables.Table.metadata.tables["deal"].c, tables.Table.metadata.tables["deal_version"].c
    asked = (
        select(version.deal_id, version.stage, (deal.status == "won").label("is_won"))
        .join_from(version.deal_id.table, deal.id.table, deal.id == version.deal_id)
        .where(version.status == "open", version.stage.is_not(None), deal.status.in_(("won", "lost")))
        .distinct()
    )
    return store.frame(asked)[["stage", "is_won"]].astype({"is_won": bool})


def open_states(store: Store) -> pd.DataFrame:
    """Every state in which a deal was known to be open: deal_id, person_id, known_on, superseded_on (None: still), stage,
    amount_cents, expected_close_on; and what became of the deal: closed_on (None: open), is_won.

    Empty where nothing is known of how deals were before: a single export tells of no earlier day.
    """
    deal, version = tables.Table.metadata.tables["deal"].c, tables.Table.metadata.tables["deal_version"].c
    said = ("person_id", "known_on", "stage", "amount_cents", "expected_close_on")
    became = (deal.closed_on, (deal.status == "won").label("is_won"))
    before = (
        select(version.deal_id, *(version[name] for name in said), version.superseded_on, *became)
        .join_from(version.deal_id.table, deal.id.table, deal.id == version.deal_id)
        .where(version.status == "open")
    )
    now = select(
        deal.id.label("deal_id"), *(deal[name] for name in said), null().label("superseded_on"), *became
    ).where(deal.status == "open")
    earlier = store.frame(before)
    return pd.concat([earlier, store.frame(now)], ignore_index=True) if len(earlier) else earlier
