"""The scorecard that a reader is shaping, kept between the runs of the page: role, items in order, where it came from."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import streamlit as st

from spm import money
from spm.scorecards.model import Item, Scorecard, as_plain, from_plain

DRAFT = "scorecard_draft"
EQUAL = 100


def of(role: str) -> bool:
    """Whether the draft that there is, is one of this role."""
    return bool(st.session_state.get(DRAFT, {}).get("role") == role)


def start(scorecard: Scorecard) -> None:
    """Takes a scorecard to be shaped; what was shaped before is dropped."""
    numbers = range(_next(), _next() + len(scorecard.items))
    items = {str(number): as_plain(item) for number, item in zip(numbers, scorecard.items, strict=True)}
    st.session_state[DRAFT] = {"role": scorecard.role, "items": items, "next": _next() + len(scorecard.items)}


def drop() -> None:
    """Forgets what was shaped."""
    st.session_state.pop(DRAFT, None)


def items() -> dict[str, Item]:
    """Name of each item's widgets → the item as it was last."""
    return {name: from_plain(plain) for name, plain in st.session_state[DRAFT]["items"].items()}


def keep(name: str, item: Item) -> None:
    """Remembers an item as its widgets have it now."""
    st.session_state[DRAFT]["items"][name] = as_plain(item)


def add(item: Item) -> None:
    """One more item at the end."""
    draft = st.session_state[DRAFT]
    draft["items"][str(draft["next"])] = as_plain(item)
    draft["next"] += 1


def remove(name: str) -> None:
    """One item less."""
    st.session_state[DRAFT]["items"].pop(name, None)


def put_anew(changed: Mapping[str, Item]) -> None:
    """Items that something else than their widgets changed: under new names, so that their widgets start anew."""
    draft = st.session_state[DRAFT]
    after: dict[str, Any] = {}
    for name, plain in draft["items"].items():
        if name in changed:
            after[str(draft["next"])] = as_plain(changed[name])
            draft["next"] += 1
        else:
            after[name] = plain
    draft["items"] = after


def even_out() -> None:
    """Weights that add up to 100, in the proportions that they have."""
    known = items()
    weights = money.split(EQUAL, [item.weight for item in known.values()])
    put_anew(
        {name: replace(item, weight=float(weight)) for (name, item), weight in zip(known.items(), weights, strict=True)}
    )


def scorecard(role: str, items: Sequence[Item]) -> Scorecard:
    """The draft as a scorecard of the role."""
    return Scorecard(role, tuple(items))


def _next() -> int:
    draft: dict[str, Any] = st.session_state.get(DRAFT, {})
    return int(draft.get("next", 0))
