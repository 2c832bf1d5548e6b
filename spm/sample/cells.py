"""Many values at once: drawn by share, and as the cells of a spreadsheet hold them."""

from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from spm.sample.timeline import Indexes, Numbers, Objects


def picks(shares: tuple[float, ...], count: int, luck: np.random.Generator) -> Indexes:
    """`count` places, each drawn with its share."""
    return np.searchsorted(np.cumsum(shares)[:-1], luck.random(count), side="right")


def numbered(letter: str, count: int) -> Objects:
    """Ids: D000001, D000002, …"""
    return np.array([f"{letter}{number:06d}" for number in range(1, count + 1)], dtype=object)


def where_known(cells: Objects, is_known: NDArray[np.bool_]) -> Objects:
    """The cells, None where nothing is known."""
    return np.where(is_known, cells, np.array(None, dtype=object))


def dollars(amounts: Numbers) -> Objects:
    """Whole dollars as Decimal, None where there is no amount."""
    return np.array([None if amount != amount else Decimal(int(amount)) for amount in amounts.tolist()], dtype=object)
