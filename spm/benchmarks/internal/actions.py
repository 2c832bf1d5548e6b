"""Pinning internal benchmarks, so that later facts do not move them."""

from datetime import date

import pandas as pd

from spm.calendar import Span
from spm.errors import Refusal
from spm.store.change_sets import Author, writing
from spm.store.opening import Store
from spm.store.tables import PinnedBenchmark

KEY = ("metric", "grouped_by", "group", "starts_on", "ends_before")


def pin(store: Store, author: Author, key: str, grouped_by: str, span: Span, groups: pd.DataFrame, on: date) -> int:
    """Keeps the benchmarks of `groups` (see `groups.grouped`) as they are, in place of earlier pins of the same groups.

    Returns the change set's id. Raises Refusal where there is nothing to pin.
    """
    if groups.empty:
        raise Refusal("There is nothing to pin: nobody has a value.", "Choose another metric or period.")
    with writing(store, "edit", author, ["definitions"], note=f"benchmarks pinned as of {on:%-d %b %Y}") as open_set:
        before = {tuple(row[name] for name in KEY): row["id"] for row in open_set.rows(PinnedBenchmark, "id", *KEY)}
        rows = [
            {
                "metric": key,
                "grouped_by": grouped_by,
                "starts_on": span.start,
                "ends_before": span.end,
                "pinned_on": on,
                **{name: None if pd.isna(value) else value for name, value in row.items()},
            }
            for row in groups.to_dict("records")
        ]
        known = [(before.get(tuple(row[name] for name in KEY)), row) for row in rows]
        open_set.update(PinnedBenchmark, [{**row, "id": row_id} for row_id, row in known if row_id is not None])
        open_set.insert(PinnedBenchmark, [row for row_id, row in known if row_id is None])
        return open_set.change_set_id
