"""Slices: the combinations of attributes that totals are kept by, so that a page can filter without reading facts."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import Connection, bindparam, insert, select, update

from spm.metrics.measures import MOST_VALUES, OTHER, attribute_key
from spm.store import tables

BUILT_IN = ("product", "source", "kind", "account", "direction")  # columns of facts that can be attributes too
TOLD_BY = ("attributes", *BUILT_IN)
"""The columns of a fact that its slice is told by."""


def filter_keys(connection: Connection) -> tuple[str, ...]:
    """The keys of the attributes marked to filter by."""
    marked = select(tables.Attribute.key).where(tables.Attribute.is_filter).order_by(tables.Attribute.id)
    return tuple(connection.execute(marked).scalars())


def slice_ids(connection: Connection, combinations: Iterable[Mapping[str, str]]) -> list[int]:
    """The slice of each combination (attribute key → value), made where it is new."""
    wanted = [json.dumps(dict(sorted(combination.items())), ensure_ascii=False) for combination in combinations]
    known: dict[str, int] = dict(connection.execute(select(tables.Slice.combination, tables.Slice.id)).all())
    new = [text for text in dict.fromkeys(wanted) if text not in known]
    if new:
        first = max(known.values(), default=0) + 1
        known.update({text: first + at for at, text in enumerate(new)})
        connection.execute(insert(tables.Slice), [{"id": known[text], "combination": text} for text in new])
        values = [
            {"slice_id": known[text], "attribute": attribute, "value": value}
            for text in new
            for attribute, value in json.loads(text).items()
        ]
        if values:
            connection.execute(insert(tables.SliceValue), values)
    return [known[text] for text in wanted]


def combinations(facts: pd.DataFrame, known: Mapping[str, set[str]]) -> tuple[list[int], list[dict[str, str]]]:
    """For each row of `facts` the place of its combination, and all combinations (attribute → value) that there are.

    `facts` has the column `attributes` (dict or None), and those of BUILT_IN that it has; `known` holds the attributes to
    slice by, each with the values that it has in slices, to which new ones are added. An attribute keeps its first
    MOST_VALUES values, the frequent ones first; what is beyond is OTHER.
    """
    # Of few kinds, each an object that many rows share.
    of_row, kinds = pd.factorize(np.fromiter(map(id, facts["attributes"]), np.int64, len(facts)))
    objects = dict(zip(map(id, facts["attributes"]), facts["attributes"], strict=True))
    said = [objects[kind] or {} for kind in kinds]
    written = dict.fromkeys(label for values in said for label in values)
    codes = np.zeros(len(facts), dtype=np.int64)
    columns: dict[str, pd.Series[Any]] = {}
    for key, values_known in known.items():
        labels = [label for label in written if attribute_key(label) == key]
        # Of several columns that are called alike, the first that a row fills.
        filled = [next((values[label] for label in labels if label in values), None) for values in said]
        values = pd.Series(np.array(filled, dtype=object)[of_row], index=facts.index)
        if key in BUILT_IN and key in facts:
            values = facts[key].where(facts[key].notna(), values) if labels else facts[key]
        columns[key] = _folded(values, values_known)
        of_column, distinct = pd.factorize(columns[key])
        values_known.update(distinct)
        codes = codes * (len(distinct) + 1) + of_column + 1
    _, first, places = np.unique(codes, return_index=True, return_inverse=True)
    values_at = {key: column.iloc[first].tolist() for key, column in columns.items()}
    found = [
        {key: values[at] for key, values in values_at.items() if isinstance(values[at], str)}
        for at in range(len(first))
    ]
    return places.tolist(), found


def assigned(connection: Connection, facts: pd.DataFrame, filters: tuple[str, ...]) -> list[int]:
    """The slice of each row of `facts`; see `combinations`."""
    places, found = combinations(facts, {key: known_values(connection, key) for key in filters})
    ids = slice_ids(connection, found)
    return [ids[place] for place in places]


def known_values(connection: Connection, key: str) -> set[str]:
    """The values that slices have of an attribute."""
    held = tables.SliceValue
    return set(connection.execute(select(held.value).where(held.attribute == key).distinct()).scalars())


def _folded(values: pd.Series, known: set[str]) -> pd.Series:
    room = MOST_VALUES - len(known - {OTHER})
    if len(set(values.dropna().unique()) - known) <= room:
        return values
    new = [value for value in values.value_counts().index if value not in known]
    return values.where(values.isna() | values.isin(known | set(new[: max(room, 0)])), OTHER)


def reassign(connection: Connection) -> None:
    """Slices every fact anew by the attributes that are marked now."""
    filters = filter_keys(connection)
    for table in tables.Table.metadata.sorted_tables:
        if "slice_id" not in table.c or "attributes" not in table.c:
            continue
        columns = [
            table.c.id,
            table.c.slice_id,
            *(table.c[name] for name in ("attributes", *BUILT_IN) if name in table.c),
        ]
        facts = pd.DataFrame(connection.execute(select(*columns)).mappings().all(), columns=[c.name for c in columns])
        if facts.empty:
            continue
        facts["new"] = assigned(connection, facts, filters)
        moved = facts[facts["new"] != facts["slice_id"]]
        if len(moved):
            statement = update(table).where(table.c.id == bindparam("id_")).values(slice_id=bindparam("new"))
            connection.execute(statement, [{"id_": int(row.id), "new": int(row.new)} for row in moved.itertuples()])
