"""What a sheet would change: its rows against those that the store has, by key. Pure."""

from dataclasses import dataclass

import pandas as pd

from spm.intake.wanted import Wanted

NEVER_COMPARED = ("key", "source_row", "order_key", "known_on")


@dataclass(frozen=True)
class Difference:
    """Rows of one sheet for one table, split: `new` and `changed` with all columns (`changed` with `id` too), and counts."""

    table: str
    new: pd.DataFrame
    changed: pd.DataFrame
    same_count: int
    given: tuple[str, ...]
    is_derived: bool = False


def difference(wanted: Wanted, existing: pd.DataFrame) -> Difference:
    """Which of the wanted rows the store lacks, has otherwise, and has already.

    `existing` holds the stored rows: id, key and the columns to compare. Only columns that the sheet has something to say
    about are compared; attributes are compared for the names that it brings.
    """
    rows = wanted.rows
    if existing.empty:
        return Difference(wanted.table, rows, rows.head(0).assign(id=[]), 0, wanted.given, wanted.is_derived)
    compared = [name for name in wanted.given if name not in NEVER_COMPARED and name in existing]
    stored = existing.set_index("key")
    is_known = rows["key"].isin(stored.index)
    known = rows[is_known]
    before = stored.loc[known["key"]]
    is_changed = pd.Series(False, index=known.index)
    for name in compared:
        left, right = known[name], pd.Series(before[name].to_numpy(), index=known.index, dtype=object)
        if name == "attributes":
            differs = [
                bool(new) and any((old or {}).get(key) != value for key, value in new.items())
                for new, old in zip(left, right, strict=True)
            ]
            is_changed |= pd.Series(differs, index=known.index)
        else:
            is_changed |= ~((left == right) | (left.isna() & right.isna()))
    changed = known[is_changed].assign(id=stored.loc[known.loc[is_changed, "key"], "id"].to_numpy())
    if "attributes" in compared:
        olds = stored.loc[changed["key"], "attributes"]
        changed["attributes"] = [
            {**(old or {}), **(new or {})} or None for old, new in zip(olds, changed["attributes"], strict=True)
        ]
    return Difference(wanted.table, rows[~is_known], changed, int((~is_changed).sum()), wanted.given, wanted.is_derived)
