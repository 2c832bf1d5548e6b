"""Choosing which of the company's own columns any number can be filtered and grouped by."""

from collections.abc import Collection

from spm.company.queries import company_within
from spm.errors import Refusal, UnknownName
from spm.metrics.registry import MOST_FILTERS
from spm.store import reading
from spm.store.change_sets import Author, writing
from spm.store.opening import Store
from spm.store.tables import Attribute
from spm.store.upkeep import refresh_totals


def mark_filters(store: Store, author: Author, keys: Collection[str]) -> int | None:
    """Filters by the attributes of these keys and by no others; facts are sliced and counted anew in the same step.

    Returns the change set's id, None where nothing changes. Raises UnknownName for a key that there is none of, Refusal
    for more than MOST_FILTERS.
    """
    if len(set(keys)) > MOST_FILTERS:
        raise Refusal(f"At most {MOST_FILTERS} columns can be filtered by.", "Take one away first.")
    known = reading.attributes(store)
    if unknown := set(keys) - set(known["key"]):
        raise UnknownName(f"There is no column {', '.join(sorted(unknown))}.", "Imports bring the columns.")
    moved = known[known["is_filter"].astype(bool) != known["key"].isin(keys)]
    if moved.empty:
        return None
    with writing(store, "edit", author, ["facts", "definitions"], note="columns to filter by") as open_set:
        open_set.update(Attribute, [{"id": row.id, "is_filter": row.key in keys} for row in moved.itertuples()])
        refresh_totals(open_set, company_within(open_set).working_calendar, filters_changed=True)
        return open_set.change_set_id
