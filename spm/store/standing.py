"""What stands on a day, added up for pages: open deals; and who bought."""

from collections.abc import Sequence
from datetime import date

import numpy as np
from sqlalchemy import Float, case, cast, func, select, true

from spm.calendar import Span
from spm.rows import Rows
from spm.store import tables
from spm.store.adding_up import Kept, columns, day_text
from spm.store.credited import E4, accounts_of, credited, deals_not_closed
from spm.store.facts import is_open, with_attributes
from spm.store.opening import Store


def open_pipeline(
    store: Store,
    day: date,
    today: date,
    attributes: Sequence[str] = (),
    kept: Kept = (),
    closing: Span | None = None,
    per_stage: bool = False,
    person_ids: Sequence[int] | None = None,
) -> Rows:
    """The deals open at the end of `day` (see `facts.open_deals`), added up per person and attribute, and stage if asked.

    Columns: person_id (NOBODY's where they have no owner), deals (how many, shared ones by their shares), amount_cents (NaN
    where no amount is known), chance_cents (amount × probability, of those that have both), each attribute, stage.
    `closing` keeps the deals that are expected to close in it, `person_ids` those of these people.
    """
    facts = credited("deal", among=deals_not_closed(day, person_ids))
    amount, place = facts.column("amount_cents"), [func.coalesce(facts.person_id, tables.NOBODY).label("person_id")]
    place += [facts.c.stage] if per_stage else []
    asked = (
        select(
            *place,
            (cast(func.sum(facts.share_e4), Float) / E4).label("deals"),
            func.sum(amount).label("amount_cents"),
            func.sum(amount * facts.c.probability).label("chance_cents"),
        )
        .select_from(facts.rows)
        .group_by(*place)
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
    return columns(store, with_attributes(asked, facts.c.slice_id, attributes, kept, is_summed=True))


def purchases(store: Store, fact: str, person_ids: Sequence[int] | None = None) -> Rows:
    """Who bought when, by won deals or by orders (`fact`), by day: account (a number), person_id, period, slice_id.

    `person_ids`: from whomever, but only the accounts to which these people sold.
    """
    bought = tables.Purchase
    asked = (
        select(
            bought.fact_id,
            bought.person_id,
            bought.slice_id,
            bought.is_first,
            day_text(bought.bought_on).label("period"),
        )
        .where(bought.fact == fact)
        .order_by(bought.account, bought.bought_on, bought.fact_id)
    )
    if person_ids is not None:
        asked = asked.where(bought.account.in_(accounts_of(fact, person_ids)))
    numbers = columns(store, asked).numbers
    # Those who share an account's first deal follow on one another.
    begins = (numbers["is_first"] == 1) & (numbers["fact_id"] != np.roll(numbers["fact_id"], 1))
    known = {name: numbers[name] for name in ("person_id", "period", "slice_id")} | {"account": np.cumsum(begins)}
    return Rows(known)[np.argsort(numbers["period"], kind="stable")]


def buyers(store: Store, fact: str) -> Rows:
    """The same with who they are: account (its name), fact_id, person_id, share_e4, slice_id, is_first, period (the day)."""
    bought = tables.Purchase
    asked = select(bought.account, bought.fact_id, bought.person_id, bought.share_e4, bought.slice_id, bought.is_first,
                   day_text(bought.bought_on).label("period")).where(bought.fact == fact)  # fmt: skip
    return columns(store, asked)


def slice_values(store: Store, attribute: str) -> dict[int, str]:
    """Slice → the value that its facts have of an attribute."""
    held = tables.SliceValue
    with store.reading() as connection:
        return dict(connection.execute(select(held.slice_id, held.value).where(held.attribute == attribute)).all())
