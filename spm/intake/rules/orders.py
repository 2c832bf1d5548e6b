"""Orders and their lines: the amount, worked out where the sheet has none."""

from collections.abc import Callable
from decimal import Decimal

from spm.intake.checking.draft import Draft, some
from spm.intake.rules.periods import take_first_days
from spm.intake.values.meanings import is_cancelled, is_credit

OF_ORDERS = ("owner", "owner_key", "account", "ordered_on", "currency", "source", "status", "document")
"""What lines say of their order."""
PARTS = {"quantity": "quantity", "unit_price": "unit price", "discount": "(1 − discount)"}
"""Field → what it is of an amount."""


def check_orders(draft: Draft) -> None:
    """Fills `amount` where the sheet has prices and quantities instead; without either the lines must bring
    it."""
    if "ordered_on" not in draft.headers:
        take_first_days(draft, "ordered_on", "order")
    _fill_amounts(draft)
    _settle_documents(draft)
    if "amount" not in draft.headers and "unit_price" not in draft.headers:
        draft.note("the orders have no amount of their own: it comes from their lines")


def check_order_lines(draft: Draft) -> None:
    """Fills `amount` likewise, and what only one line says of its order; notes lines without a day: their orders must
    bring it."""
    _fill_amounts(draft)
    _fill_orders(draft)
    _settle_documents(draft)
    if "ordered_on" not in draft.headers:
        draft.note("the lines have no day of their own: it comes from their orders")


def _settle_documents(draft: Draft) -> None:
    """What was cancelled is no order and adds nothing, and a credit note takes away what it says, whatever sign it is
    written with."""
    _settle(draft, "status", is_cancelled, lambda _: Decimal(0), "cancelled: no order, and no money")
    _settle(
        draft, "document", is_credit, lambda amount: amount and -abs(amount), "a credit note: its amount is taken away"
    )


_Amount = Decimal | None


def _settle(
    draft: Draft, key: str, is_meant: Callable[[str], bool], settled: Callable[[_Amount], _Amount], told: str
) -> None:
    """Gives the rows of which a field says so another amount, with a note where that changes it."""
    if key not in draft.headers:
        return
    amounts = draft["amount"]
    changed: list[int] = []
    for at, (word, amount) in enumerate(zip(draft[key], amounts, strict=True)):
        if word and is_meant(word) and settled(amount) != amount:
            changed.append(at)
            amounts[at] = settled(amount)
    if changed:
        rows = "1 row is" if len(changed) == 1 else f"each of {len(changed):,} rows is"
        draft.note(f"{rows} {told} ({some(draft[key][at] for at in changed)})", key=key)
    draft.keep_as_written(key)


def _fill_orders(draft: Draft) -> None:
    """What only the first line of an order says of it holds for its other lines."""
    filled_count = 0
    for key in (key for key in OF_ORDERS if key in draft.headers and None in draft[key]):
        said: dict[str, set[object]] = {}
        for order, value in zip(draft["key"], draft[key], strict=True):
            if value is not None:
                said.setdefault(order, set()).add(value)
        alone = {order: next(iter(values)) for order, values in said.items() if len(values) == 1}
        values = [
            alone.get(order) if value is None else value for order, value in zip(draft["key"], draft[key], strict=True)
        ]
        filled_count += draft[key].count(None) - values.count(None)
        draft[key] = values
    if filled_count:
        draft.note(f"{filled_count:,} blank cells say what another line of the same order says of it")


def _fill_amounts(draft: Draft) -> None:
    """amount = quantity × unit price × (1 − discount), exact; without a quantity one piece, without a discount the whole
    price."""
    if "amount" in draft.headers or "unit_price" not in draft.headers:
        return
    parts = [words for key, words in PARTS.items() if key in draft.headers]
    draft.note(f"the amount is {' × '.join(parts)}" if parts[1:] else "each price is an amount", key="unit_price")
    no_discount_count = 0
    amounts = draft["amount"]
    quantities = draft["quantity"] if "quantity" in draft.headers else [1.0] * len(draft)
    for at, (quantity, price, discount) in enumerate(
        zip(quantities, draft["unit_price"], draft["discount"], strict=True)
    ):
        if at in draft.refused:
            continue
        if quantity is None or price is None:
            key = "quantity" if quantity is None else "unit_price"
            draft.refuse(at, "without it there is no amount", key, expected="a number")
            continue
        no_discount_count += discount is None
        amounts[at] = Decimal(repr(quantity)) * price * (1 - Decimal(repr(discount or 0.0)))
    if no_discount_count and "discount" in draft.headers:
        draft.note(f"{no_discount_count:,} rows say no discount: taken as none", key="discount")
