"""What stands on a day, added up for pages: open deals; and who bought."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np
from sqlalchemy import ColumnElement, and_, case, func, select, true

from spm.calendar import Span
from spm.rows import Rows
from spm.store import tables
from spm.store.adding_up import columns, day_text
from spm.store.credited import credited, deals_not_closed
from spm.store.facts import is_open
from spm.store.kept import Kept, kept_of
from spm.store.opening import Store
from spm.store.purchases import purchases as purchases_of
from spm.store.purchases import sold_to


def open_pipeline(
    store: Store,
    day: date,
    today: date,
    per_slice: bool = False,
    kept: Kept = (),
    closing: Span | None = None,
    per_stage: bool = False,
    person_ids: Sequence[int] | None = None,
) -> Rows:
    """The deals open at the end of `day` (see `facts.open_deals`), added up per person, and slice and stage if asked.

    Columns: person_id (NOBODY's where they have no owner), share_e4 (how many, in ten-thousandths: shared ones by their
    shares), amount_cents (NaN where no amount is known); slice_id; stage and, with it, chance_cents (amount × probability, of
    those that have both). `closing` keeps the deals that are expected to close in it, `person_ids` those of these people.
    """
    facts = credited("deal", among=deals_not_closed(day, person_ids))
    amount, beside = facts.column("amount_cents"), ((facts.c.slice_id, per_slice), (facts.c.stage, per_stage))
    place = [column for column, is_asked in beside if is_asked]
    chance = [func.sum(amount * facts.c.probability).label("chance_cents")] if per_stage else []
    asked = (
        select(
            func.coalesce(facts.person_id, tables.NOBODY).label("person_id"),
            *place,
            func.sum(facts.share_e4).label("share_e4"),
            func.sum(amount).label("amount_cents"),
            *chance,
        )
        .select_from(facts.rows)
        .where(*kept_of(facts.c.slice_id, kept))
        .group_by(facts.person_id, *place)
    )
    if closing is None:
        asked = asked.where(is_open(facts.c, day, today))
    else:  # sought by the day they are expected on: they are far fewer than what closed since
        expected = facts.c.expected_close_on
        asked = asked.where(
            expected >= closing.start, expected < closing.end, case((is_open(facts.c, day, today), true()))
        )
    if person_ids is not None:
        asked = asked.where(facts.person_id.in_(person_ids))
    return columns(store, asked)


def purchases(store: Store, fact: str) -> Rows:
    """Who bought when, by won deals or by orders (`fact`), by day: account (a number), person_id, period, slice_id."""
    return _by_day(store, purchases_of(fact).subquery().c)


def purchases_beside(store: Store, fact: str, person_ids: Sequence[int], sold_in: Span, span: Span) -> Rows:
    """What the accounts bought in `span` to which these people sold in `sold_in`, from whomever: as `purchases`."""
    bought = purchases_of(fact).subquery().c
    is_within = and_(bought.bought_on >= span.start, bought.bought_on < span.end)
    # Told as a case so that accounts are looked up one by one: all purchases of so many days are far more.
    theirs = (bought.account.in_(sold_to(fact, person_ids, sold_in)), case((is_within, true())))
    return _by_day(store, bought, *theirs)


def _by_day(store: Store, bought: Any, *meant: ColumnElement[bool]) -> Rows:
    asked = select(bought.account, bought.person_id, bought.slice_id, day_text(bought.bought_on).label("period"))
    rows = columns(store, asked.where(*meant), numbered=("account",))
    return rows[np.argsort(rows.numbers["period"], kind="stable")]


def buyers(store: Store, fact: str) -> Rows:
    """The same with who they are: account (its name), fact_id, person_id, share_e4, slice_id, period (the day)."""
    bought = purchases_of(fact).subquery().c
    told = (bought.account, bought.fact_id, bought.person_id, bought.share_e4, bought.slice_id)
    return columns(store, select(*told, day_text(bought.bought_on).label("period")))


def slice_values(store: Store, attribute: str) -> Rows:
    """The slices whose facts have an attribute, in order, and its value: slice_id, and the attribute."""
    held = tables.SliceValue.__table__.c
    asked = select(held.slice_id, held.value.label(attribute)).where(held.attribute == attribute)
    return columns(store, asked.order_by(held.slice_id))
