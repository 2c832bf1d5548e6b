"""Choosing which columns any number can be filtered by, and declaring metrics of the company's own."""

from collections.abc import Collection, Mapping
from dataclasses import asdict, replace

from spm.company.queries import company_within
from spm.errors import Refusal, UnknownName
from spm.metrics.catalogue import Catalogue, Declaration, worked_out
from spm.metrics.expressions import Vocabulary
from spm.metrics.measures import MOST_FILTERS, attribute_key
from spm.metrics.scene import catalogue_of
from spm.store import reading, scorecards
from spm.store.change_sets import Author, Writing, writing
from spm.store.opening import Store
from spm.store.tables import Attribute, OwnMetric
from spm.store.upkeep import refresh_totals


def mark_filters(store: Store, author: Author, keys: Collection[str]) -> int | None:
    """Filters by the attributes of these keys and by no others; facts are sliced and counted anew in the same step.

    Returns the change set's id, None where nothing changes. Raises UnknownName for a key that there is none of, Refusal
    for more than MOST_FILTERS, and for taking away a column that a metric of the company's own filters by.
    """
    if len(set(keys)) > MOST_FILTERS:
        raise Refusal(f"At most {MOST_FILTERS} columns can be filtered by.", "Take one away first.")
    known = reading.attributes(store)
    if unknown := set(keys) - set(known["key"]):
        raise UnknownName(f"There is no column {', '.join(sorted(unknown))}.", "Imports bring the columns.")
    moved = known[known["is_filter"].astype(bool) != known["key"].isin(keys)]
    if moved.empty:
        return None
    _refuse_if_filtered_by(store, dict(zip(known["key"], known["is_filter"], strict=True)), keys)
    with writing(store, "edit", author, ["facts", "definitions"], note="columns to filter by") as open_set:
        open_set.update(Attribute, [{"id": row.id, "is_filter": row.key in keys} for row in moved.itertuples()])
        refresh_totals(open_set, company_within(open_set).working_calendar, filters_changed=True)
        return open_set.change_set_id


def _refuse_if_filtered_by(store: Store, marked: Mapping[str, bool], keys: Collection[str]) -> None:
    """Raises Refusal where a metric of the company's own is worked out now and would not be with `keys`."""
    now, then = catalogue_of(store, marked), catalogue_of(store, {key: key in keys for key in marked})
    broken = [one.label for key, one in then.metrics.items() if one.fault and not now.metrics[key].fault]
    if broken:
        raise Refusal(f"{' and '.join(broken)} would lose a column to filter by.", "Change or delete the metric first.")


def declare_metric(store: Store, author: Author, vocabulary: Vocabulary, said: Declaration) -> str:
    """Adds a metric of the company's own, or changes the one of that key; returns its key, made of its first label.

    `vocabulary` is what it can be made of. Raises Refusal for an expression that does not come to a metric, and for a
    name that another number has.
    """
    said = replace(said, label=said.label.strip(), expression=said.expression.strip(), meaning=said.meaning.strip())
    worked_out(said, vocabulary)
    _refuse_unless_free(catalogue_of(store, vocabulary.attributes), said)
    row = {name: value for name, value in asdict(said).items() if name != "key"}
    with writing(store, "edit", author, ["definitions"], f"metric {said.label}") as open_set:
        if said.key:
            open_set.update(OwnMetric, [{"id": _id_of(open_set, said.key), **row}])
            return said.key
        key = attribute_key(said.label)
        open_set.insert(OwnMetric, [{"key": key, **row}])
        return key


def _refuse_unless_free(known: Catalogue, said: Declaration) -> None:
    if not said.label:
        raise Refusal("The metric needs a name.")
    others = [one for one in known.metrics.values() if one.key != said.key]
    taken = {one.label.casefold() for one in others} | {one.key for one in others} | known.measures.keys()
    if said.label.casefold() in taken or (not said.key and attribute_key(said.label) in taken):
        raise Refusal(f"“{said.label}” is the name of another number.", "Give it one of its own.")


def delete_metric(store: Store, author: Author, key: str) -> None:
    """Takes a metric of the company's own away. Raises Refusal, with the list, where a scorecard has it."""
    if used := _scorecards_with(store, key):
        raise Refusal(f"It is on the scorecard of {', '.join(used)}.", "Take it off there first.")
    with writing(store, "edit", author, ["definitions"], f"metric {key} deleted") as open_set:
        open_set.delete(OwnMetric, [_id_of(open_set, key)])


def _id_of(open_set: Writing, key: str) -> int:
    ids = open_set.ids_by(OwnMetric, "key")
    if key not in ids:
        raise UnknownName(
            f"The company has declared no metric “{key}”.", "Those that come with the app stay as they are."
        )
    return ids[key]


def _scorecards_with(store: Store, key: str) -> list[str]:
    """The roles, with the day from which, on whose scorecards a metric is: as an item, or as what its target is taken from."""
    found = []
    for version in scorecards.versions(store).itertuples():
        if any(key in (item["metric"], item.get("target_from")) for item in version.items):
            since = f" from {version.effective_on:%-d %b %Y}" if version.effective_on else ""
            found.append(f"{version.role.replace('_', ' ')}{since}")
    return found
