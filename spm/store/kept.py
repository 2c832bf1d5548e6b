"""What is kept of facts and totals by attributes: the slices that have some values, and the conditions that say so."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, select

from spm.store import tables

Kept = Sequence[tuple[str, str]]
"""Attributes and the values that are asked for: only facts with all of them are meant."""


def slices(kept: Kept) -> Select[tuple[int]]:
    """The slices with these values of attributes."""
    asked = select(tables.Slice.id)
    for name, wanted in kept:
        held = tables.SliceValue
        asked = asked.where(
            tables.Slice.id.in_(select(held.slice_id).where(held.attribute == name, held.value == wanted))
        )
    return asked


def kept_of(slice_id: ColumnElement[int], kept: Kept) -> list[ColumnElement[bool]]:
    """The condition that a fact has what is `kept`."""
    return [slice_id.in_(slices(kept))] if kept else []
