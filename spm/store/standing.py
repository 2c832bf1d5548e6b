"""What stands on a day, added up for pages: open deals; and who bought."""

from collections.abc import Sequence
from datetime import date

import pandas as pd
from sqlalchemy import Float, case, cast, func, select, true

from spm.calendar import Span
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
) -> pd.DataFrame:
    """The deals open at the end of `day` (see `facts.open_deals`), added up per person and attribute, and stage if asked.

    Columns: person_id, deals (how many, shared ones by their shares), amount_cents (None where no amount is known),
    chance_cents (amount × probability, of those that have both), each attribute, stage. `closing` keeps the deals that are
    expected to close in it, `person_ids` those of these people.
    """
    facts = credited("deal", among=deals_not_closed(day, person_ids))
    amount, place = facts.column("amount_cents"), [facts.person_id.label("person_id")]
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
    return store.frame(with_attributes(asked, facts.c.slice_id, attributes, kept, is_summed=True))


def purchases(store: Store, fact: str, person_ids: Sequence[int] | None = None) -> pd.DataFrame:
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
    rows = columns(store, asked)
    # Those who share an account's first deal follow on one another.
    begins = (rows["is_first"] == 1) & (rows["fact_id"] != rows["fact_id"].shift())
    known = rows.assign(account=begins.cumsum()).drop(columns=["fact_id", "is_first"])
    return known.sort_values("period", kind="stable", ignore_index=True)


def buyers(store: Store, fact: str) -> pd.DataFrame:
    """The same with who they are: account (its name), fact_id, person_id, share_e4, slice_id, is_first, period (the day)."""
    bought = tables.Purchase
    asked = select(bought.account, bought.fact_id, bought.person_id, bought.share_e4, bought.slice_id, bought.is_first,
                   day_text(bought.bought_on).label("period")).where(bought.fact == fact)  # fmt: skip
    return columns(store, asked).astype({"account": object, "share_e4": "int64"})


def slice_values(store: Store, attribute: str) -> dict[int, str]:
    """Slice → the value that its facts have of an attribute."""
    held = tables.SliceValue
    with store.reading() as connection:
        return dict(connection.execute(select(held.slice_id, held.value).where(held.attribute == attribute)).all())
