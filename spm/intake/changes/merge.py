"""What a sheet would change: its rows against those that the store, or an earlier sheet, has by the same key. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import pandas as pd

from spm.intake.model import Issue, Severity, Wanted

NEVER_COMPARED = ("key", "source_row", "order_key", "known_on")


@dataclass(frozen=True)
class Difference:
    """Rows of one sheet for one table, split: `new` and `changed` with all columns (`changed` with `id` too), and
    counts.

    `before` holds the stored rows of `changed`, in the same order; `differing` are the given columns in which at least one
    of these says something else than `changed`, and those that are never compared.
    """

    table: str
    new: pd.DataFrame
    changed: pd.DataFrame
    before: pd.DataFrame
    same_count: int
    given: tuple[str, ...]
    is_derived: bool = False
    differing: list[str] = field(default_factory=list)


def difference(wanted: Wanted, existing: pd.DataFrame) -> Difference:
    """Which of the wanted rows the store lacks, has otherwise, and has already.

    `existing` holds the stored rows: id, key and the columns to compare. Only columns that the sheet has something to
    say about are compared; attributes are compared for the names that it brings, and those it lacks are kept.
    """
    rows = wanted.rows
    if existing.empty:
        none = rows.head(0)
        same_count = wanted.repeated_count
        return Difference(wanted.table, rows, none.assign(id=[]), none, same_count, wanted.given, wanted.is_derived)
    stored = existing.set_index("key")
    is_known = rows["key"].isin(stored.index)
    known = rows[is_known]
    before = stored.loc[known["key"]]
    otherwise = _otherwise(known, before, wanted.given)
    is_changed = otherwise.any(axis=1)
    differing = [name for name in wanted.given if name not in otherwise or otherwise[name].any()]
    changed, replaced = known[is_changed], before[is_changed.to_numpy()]
    changed = changed.assign(id=replaced["id"].to_numpy())
    if "attributes" in wanted.given:
        changed["attributes"] = [
            {**(old or {}), **(new or {})} or None
            for old, new in zip(replaced["attributes"], changed["attributes"], strict=True)
        ]
    same_count = len(known) - len(changed) + wanted.repeated_count
    return Difference(
        wanted.table, rows[~is_known], changed, replaced, same_count, wanted.given, wanted.is_derived, differing
    )


def _otherwise(rows: pd.DataFrame, before: pd.DataFrame, names: Sequence[str]) -> pd.DataFrame:
    """Whether each row says something else than the one at its place in `before`: a column for each of the named ones that
    both have and that is compared."""
    found = {}
    for name in (name for name in names if name not in NEVER_COMPARED and name in before):
        left, right = rows[name], pd.Series(before[name].to_numpy(), index=rows.index, dtype=object)
        if name == "attributes":
            found[name] = [not (new or {}).items() <= (old or {}).items() for new, old in zip(left, right, strict=True)]
        else:
            found[name] = ~((left == right) | (left.isna() & right.isna()))
    return pd.DataFrame(found, index=rows.index, dtype=bool)


def once_each(wanted: Wanted, sheet_name: str) -> Wanted:
    """An id that comes twice is one fact: the same again counts once, another content is refused with both rows
    named."""
    repeats = wanted.rows["key"].duplicated(keep="first")
    if not repeats.any():
        return wanted
    first = wanted.rows[~repeats].reset_index(drop=True)
    alone = replace(wanted, rows=first, issues=list(wanted.issues))
    return _without(alone, wanted.rows[repeats], first, "row {}", sheet_name)


def apart(wanted: Wanted, earlier: pd.DataFrame, sheet_name: str) -> Wanted:
    """The rows that no earlier sheet of the same upload brings; `earlier` has their columns and `sheet`, where they
    are."""
    repeats = wanted.rows["key"].isin(earlier["key"])
    if not repeats.any():
        return wanted
    alone = replace(wanted, rows=wanted.rows[~repeats].reset_index(drop=True), issues=list(wanted.issues))
    return _without(alone, wanted.rows[repeats], earlier, "row {} of {}", sheet_name)


def _without(wanted: Wanted, repeats: pd.DataFrame, first: pd.DataFrame, place: str, sheet_name: str) -> Wanted:
    before = first.set_index("key").loc[repeats["key"]]
    other = _otherwise(repeats, before, wanted.given).any(axis=1)
    where = before.get("sheet", pd.Series("", index=before.index))
    wanted.issues += [
        Issue(Severity.REFUSED, f"“{key}” stands in {place.format(first_row, sheet)} too, with other values",
              sheet_name, int(row), found=str(key), expected="each id once")
        for key, row, first_row, sheet, differing in zip(
            repeats["key"], repeats["source_row"], before["source_row"], where, other, strict=True)
        if differing
    ]  # fmt: skip
    same_count = int((~other).sum())
    if same_count:
        beside = (
            "another row" if "sheet" not in first else f"rows of {', '.join(sorted(set(where[~other.to_numpy()])))}"
        )
        rows = "1 row repeats" if same_count == 1 else f"{same_count:,} rows repeat"
        message = f"{rows} {beside} exactly, counted once"
        wanted.issues.append(Issue(Severity.NOTE, message, sheet_name))
    return replace(wanted, repeated_count=wanted.repeated_count + same_count)
