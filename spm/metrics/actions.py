"""Choosing which columns any number can be filtered by, and declaring metrics of the company's own."""

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, fields, replace

from spm.company.queries import company_within
from spm.errors import Refusal, UnknownName
from spm.metrics.catalogue import Catalogue, Declaration, catalogue, worked_out
from spm.metrics.expressions import Vocabulary
from spm.metrics.measures import MOST_FILTERS, attribute_key
from spm.metrics.registry import Metric
from spm.metrics.scene import catalogue_of
from spm.people.roles import ROLES, label_of
from spm.store import reading
from spm.store.change_sets import Author, Writing, writing
from spm.store.opening import Store
from spm.store.tables import Assignment, Attribute, OwnMeasure, OwnMetric, ScorecardVersion
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
    with writing(store, "edit", author, ["facts", "definitions"], note="columns to filter by") as open_set:
        before = definitions_within(open_set)
        open_set.update(Attribute, [{"id": row.id, "is_filter": row.key in keys} for row in moved.itertuples()])
        if broken := [one.label for one in _lost(before, definitions_within(open_set))]:
            raise Refusal(
                f"{' and '.join(broken)} would lose a column to filter by.", "Change or delete the metric first."
            )
        refresh_totals(open_set, company_within(open_set).working_calendar, filters_changed=True)
        return open_set.change_set_id


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
    with writing(store, "edit", author, ["definitions"], f"metric {key} deleted") as open_set:
        before = definitions_within(open_set)
        open_set.delete(OwnMetric, [_id_of(open_set, key)])
        refuse_if_in_use(open_set, before)


def _id_of(open_set: Writing, key: str) -> int:
    ids = open_set.ids_by(OwnMetric, "key")
    if key not in ids:
        raise UnknownName(
            f"The company has declared no metric “{key}”.", "Those that come with the app stay as they are."
        )
    return ids[key]


@dataclass(frozen=True)
class Definitions:
    """What the company counts and asks, as it stands inside a change set.

    `asked`: metric → the scorecards that it is on, in words. `roles`: the company's own roles that have a scorecard.
    """

    metrics: Mapping[str, Metric]
    asked: Mapping[str, tuple[str, ...]]
    roles: frozenset[str]


def definitions_within(open_set: Writing) -> Definitions:
    """The definitions as they are now."""
    attributes = {row["key"]: bool(row["is_filter"]) for row in open_set.rows(Attribute, "key", "is_filter")}
    declared = [Declaration(**row) for row in open_set.rows(OwnMetric, *(field.name for field in fields(Declaration)))]
    known = catalogue(open_set.rows(OwnMeasure, "key", "label", "unit"), declared, attributes)
    asked: dict[str, dict[str, None]] = {}  # several versions of one scorecard are said once
    versions = open_set.rows(ScorecardVersion, "role", "effective_on", "items")
    for version in versions:
        since = f" from {version['effective_on']:%-d %b %Y}" if version["effective_on"] else ""
        for key in {item[name] for item in version["items"] for name in ("metric", "target_from") if item.get(name)}:
            asked.setdefault(key, {})[f"the scorecard of {label_of(version['role']).lower()}{since}"] = None
    own_roles = frozenset(version["role"] for version in versions) - ROLES.keys()
    return Definitions(known.metrics, {key: tuple(used) for key, used in asked.items()}, own_roles)


def refuse_if_in_use(open_set: Writing, before: Definitions) -> None:
    """Raises Refusal, with the list, where a change takes away what a scorecard asks, or the scorecard of a role that
    somebody has. `before`: the definitions before the change."""
    now = definitions_within(open_set)
    used = [f"{one.label} is on {', '.join(now.asked[one.key])}" for one in _lost(before, now) if one.key in now.asked]
    held = {row["role"] for row in open_set.rows(Assignment, "role")}
    used += [f"people have the role {label_of(role)}" for role in sorted((before.roles - now.roles) & held)]
    if used:
        raise Refusal(
            f"This is still in use: {'; '.join(used)}.",
            "Change or undo that first. A scorecard that was once in force keeps what it was scored by.",
        )


def _lost(before: Definitions, now: Definitions) -> list[Metric]:
    """The metrics that could be worked out before and can't be any more."""
    return [
        one
        for key, one in before.metrics.items()
        if not one.fault and (key not in now.metrics or now.metrics[key].fault)
    ]
