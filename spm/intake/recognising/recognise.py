"""What a table is, and which of its columns is which: by names, contents, and the name of its sheet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from rapidfuzz import fuzz, process

from spm.errors import UnknownName
from spm.intake.layouts import COUNT, LAYOUTS, LOOKUPS, Field, Kind, Layout, Lookup
from spm.intake.model import FoundTable, Recognition
from spm.intake.recognising.blocks import HEADING, headed_field
from spm.intake.recognising.contents import Contents
from spm.intake.recognising.headers import folded, name_of, words_of
from spm.intake.resolving.counts import count_key, is_known_elsewhere, may_count
from spm.intake.resolving.lists import list_fields

PROGRAMS_NAMES = {
    "sheet",
    "tabelle",
    "feuil",
    "hoja",
    "foglio",
    "blad",
    "planilha",
    "data",
    "export",
    "report",
    "results",
}
ATTRIBUTE, IGNORE = "attribute", "ignore"

FEWEST_NAMED_COUNT = 2  # columns known by name before others are guessed by contents
NEAR_NAME = 90  # rapidfuzz ratio from which two names may be one
EXACT, NEAR, GUESSED = 1.0, 0.7, 0.5  # how sure one column is: by its name, by a near name, by its contents
TELLING_POINTS, PLAIN_POINTS = 2.0, 1.0
OWN_COUNTS_POINTS = 2.5  # a sheet of counts has at least one; more say no more
NO_COUNT_POINTS = -1.0  # it seldom has amounts, ids and prices beside
SHEET_NAME_POINTS, PART_OF_SHEET_NAME_POINTS = 3.0, 1.0
LOOKUP_NAME_WEIGHT = 2  # a sheet called "Accounts" says more by its name than by its columns
MISSING_NEED_POINTS = -2.0
ENOUGH_POINTS = 3.0  # fewer, and the table is taken for no facts
ENOUGH_LOOKUP_POINTS = 2.0
ID_AND_NAME_COUNT = 2  # of a list that nothing else is known of
LIST_CONFIDENCE = 0.8
CERTAIN_POINTS = 6.0
DOUBTFUL_BELOW = 0.55  # a confidence under it is asked
LABEL_HOLDS_SHARE = 0.1  # where a column is called just what the field is: an answer is better than no word
HOLDS_SHARE = 0.5  # of its cells must be readable for a column to be what its name says


def recognise(
    table: FoundTable, file_name: str, remembered: Mapping[tuple[str, ...], Recognition] | None = None
) -> Recognition:
    """What the table seems to be. `remembered` holds what was decided for the same header before; it wins.

    The layout is None where the table holds no facts that the app knows; `reason` then says what it seems to
    be.
    """
    if remembered and table.header in remembered:
        decided = remembered[table.header]
        return replace(decided, confidence=1.0, reason="the same columns as last time", said=frozenset(table.header))
    contents = Contents(table)
    names = (words_of(table.sheet), words_of(file_name) if _says_nothing(table.sheet, file_name) else ())
    ranked = sorted((_match(layout, contents, names) for layout in LAYOUTS.values()), key=lambda match: -match.points)
    best, second = ranked[:2]
    points, lookup = max(
        ((_lookup_points(lookup, contents, names), lookup) for lookup in LOOKUPS), key=lambda at: at[0]
    )
    if best.points < ENOUGH_POINTS or points > best.points:
        known = lookup if points >= ENOUGH_LOOKUP_POINTS else None
        fields = (
            {} if known and not known.is_list else list_fields(contents, (table.sheet, file_name), known is not None)
        )
        if (known and fields) or len(fields) == ID_AND_NAME_COUNT:
            what = known.label if known else "a list with ids and names"
            return Recognition("lists", LIST_CONFIDENCE, fields, reason=f"{what}, to look up what other sheets name")
        what = known.label if known else "no sheet that is known by these columns"
        return Recognition(None, 0.0, reason=f"no facts: {what}")
    clear = 1 - (max(second.points, points, 0) / best.points) ** 2 / 2
    confidence = min(1.0, best.points / CERTAIN_POINTS) * clear * best.sureness
    return Recognition(best.layout.key, round(confidence, 2), best.fields, reason=best.reason(contents))


def _says_nothing(sheet_name: str, file_name: str) -> bool:
    """Whether the file's name says more than the sheet's: a text file, or a sheet that a program named."""
    return sheet_name == file_name.rsplit(".", 1)[0] or bool(set(words_of(sheet_name)) <= PROGRAMS_NAMES)


def recognise_as(table: FoundTable, layout: str) -> Recognition:
    """The table's columns under a layout that a person named. Raises UnknownName for no layout."""
    if layout not in LAYOUTS:
        raise UnknownName(f"“{layout}” is no layout.", f"Known are {', '.join(LAYOUTS)}.")
    contents = Contents(table)
    if layout == "lists":
        return Recognition(layout, 1.0, list_fields(contents, (table.sheet,)), reason="looked up by other sheets")
    match = _match(LAYOUTS[layout], contents, ())
    return Recognition(layout, 1.0, match.fields, reason=match.reason(contents))


def with_overrides(
    table: FoundTable,
    recognition: Recognition,
    layout: str | None = None,
    columns: Mapping[str, str] | None = None,
) -> Recognition:
    """The recognition with a person's own choices on top: a layout, and what single columns are.

    `columns` maps a header to a field's key or label, to `attribute` (kept as the company's own) or to
    `ignore`. Headers that this table lacks are left to the other tables; see `unknown_columns`. Raises
    UnknownName for a layout or field that is none, with the nearest names.
    """
    if layout is not None and layout != recognition.layout:
        recognition = recognise_as(table, layout)
    elif layout is not None:
        recognition = replace(recognition, confidence=1.0)
    if recognition.layout is None:
        return recognition
    fields, ignored, said = dict(recognition.fields), set(recognition.ignored), set(recognition.said)
    for written, ours in (columns or {}).items():
        header = _header_named(table, written)
        if header is None:
            continue
        said.add(header)
        fields.pop(header, None)
        ignored.discard(header)
        if folded(ours) == IGNORE:
            ignored.add(header)
        elif folded(ours) != ATTRIBUTE:
            key = _field_named(table, header, LAYOUTS[recognition.layout], ours).key
            fields = {other: field for other, field in fields.items() if field != key} | {header: key}
    return replace(recognition, fields=fields, ignored=frozenset(ignored), said=frozenset(said))


def unknown_columns(columns: Mapping[str, str], tables: Sequence[FoundTable]) -> None:
    """Raises UnknownName, with the nearest names, for a column that none of the tables has."""
    for written in columns:
        if not any(_header_named(table, written) for table in tables):
            headers = [header for table in tables for header in table.header]
            raise UnknownName(f"No sheet has a column “{written}”.", nearest(written, headers))


@dataclass(frozen=True)
class _Match:
    """How well a table fits a layout: which header is which field, how sure each is, and the points for all
    of it."""

    layout: Layout
    fields: dict[str, str]
    sure: dict[str, float]
    points: float
    no_ids: tuple[str, ...] = ()  # headers that are called an id of the rows, but are none by their contents

    @property
    def sureness(self) -> float:
        return sum(self.sure.values()) / len(self.sure) if self.sure else 0.0

    def reason(self, contents: Contents) -> str:
        known = f"{len(self.fields)} of {len(contents.header)} columns known: {', '.join(self.fields)}"
        guessed = [header for header, sure in self.sure.items() if sure < EXACT]
        if guessed:
            known += f"; guessed: {', '.join(guessed)}"
        if self.no_ids and "key" not in self.fields.values():
            known += f"; “{self.no_ids[0]}” comes on several rows, so it is no id of {self.layout.row_is}"
        return known


def _match(layout: Layout, contents: Contents, names: Sequence[tuple[str, ...]]) -> _Match:
    fields: dict[str, str] = {}
    sure: dict[str, float] = {}
    for score, header, field in _candidates(layout, contents):
        if header not in fields and field.key not in fields.values():
            fields[header], sure[header] = field.key, (EXACT if score > NEAR else NEAR)
    for header, key in _guesses(layout, contents, fields):
        fields[header], sure[header] = key, GUESSED
    if HEADING in contents.header and (headed := headed_field(layout, set(fields.values()))):
        fields[HEADING], sure[HEADING] = headed, GUESSED
    in_order = {header: fields[header] for header in contents.header if header in fields}
    points = sum(
        sure[header] * (TELLING_POINTS if layout.field(key).telling and sure[header] > GUESSED else PLAIN_POINTS)
        for header, key in in_order.items()
        if not contents.is_empty(contents.header.index(header))
    )
    found = set(fields.values())
    points += sum(MISSING_NEED_POINTS for group in layout.needs if not found & set(group))
    if layout.counts:
        own = _own_counts(contents, in_order)
        in_order |= own
        sure |= dict.fromkeys(own, EXACT)
        points += OWN_COUNTS_POINTS * bool(own)
        points += NO_COUNT_POINTS * sum(
            is_known_elsewhere(header) for header in contents.header if header not in in_order
        )
        if not any(key.startswith(COUNT) for key in in_order.values()):
            points = min(points, 0.0)
    if layout.key_repeats and found.isdisjoint(layout.told_by):
        points = min(points, 0.0)  # lines of orders are known by ids that repeat
    no_ids = tuple(
        header for at, header in enumerate(contents.header)
        if layout.key_repeats is False and header not in fields and contents.repeats(at)
        and any(field.key == "key" for _, field in _aliases(layout).get(name_of(header).folded, ()))
    )  # fmt: skip
    return _Match(layout, in_order, sure, points + _sheet_name_points(layout.sheet_names, names), no_ids)


def _own_counts(contents: Contents, fields: Mapping[str, str]) -> dict[str, str]:
    """Header → field of the columns of a sheet of counts that are counts by their names and contents."""
    found: dict[str, str] = {}
    for at, header in enumerate(contents.header):
        if header not in fields and may_count(header) and contents.are_counts(at):
            found.setdefault(count_key(header), header)
    return {header: key for key, header in found.items() if key not in fields.values()}


def _candidates(layout: Layout, contents: Contents) -> list[tuple[float, str, Field]]:
    """Every header with every field that it may be, the likeliest first."""
    found = []
    for at, header in enumerate(contents.header):
        name = name_of(header).folded
        near = process.extract(name, list(_aliases(layout)), scorer=fuzz.ratio, score_cutoff=NEAR_NAME, limit=8)
        for alias, ratio, _ in near:
            for rank, field in _aliases(layout)[alias]:
                likely = (EXACT if ratio == 100 else NEAR) - rank / 1000
                if _can_hold(layout, field, contents, at, LABEL_HOLDS_SHARE if rank == 0 else HOLDS_SHARE):
                    found.append((likely, header, field))
    return sorted(found, key=lambda candidate: -candidate[0])


@cache
def _aliases(layout: Layout) -> dict[str, list[tuple[int, Field]]]:
    """Each folded name of the layout's fields, with the fields that have it and its rank among the names of
    each."""
    names: dict[str, list[tuple[int, Field]]] = {}
    for field in layout.fields:
        for rank, alias in enumerate((field.label, *field.aliases)):
            names.setdefault(folded(alias), []).append((rank, field))
    return names


def _can_hold(layout: Layout, field: Field, contents: Contents, at: int, least_share: float) -> bool:
    """Whether a column's contents allow it to be this field: so large a share of its cells can be read as one."""
    if field.key in layout.told_by and layout.key_repeats is not None and not contents.is_empty(at):
        if layout.repeats_with and _has_column(layout, layout.repeats_with, contents):
            return True
        return contents.repeats(at) is layout.key_repeats
    return field.kind in (Kind.TEXT, Kind.KEY) or contents.readable_share(at, field.kind) >= least_share


def _has_column(layout: Layout, key: str, contents: Contents) -> bool:
    return any(
        field.key == key for header in contents.header for _, field in _aliases(layout).get(name_of(header).folded, ())
    )


def _guesses(layout: Layout, contents: Contents, fields: Mapping[str, str]) -> list[tuple[str, str]]:
    """Columns known by their contents alone, for needs of the layout that no name has met: only where one
    column fits."""
    if len(fields) < FEWEST_NAMED_COUNT:
        return []
    tests = {
        "stage": contents.say_won_and_lost,
        "email": contents.are_emails,
        "amount": lambda at: contents.are_amounts(at) and not contents.are_only_days(at),
        **{field.key: contents.are_only_days for field in layout.fields if field.kind is Kind.DAY},
    }
    taken = dict(fields)
    for group in layout.needs:
        for key in (key for key in group if key in tests and not set(group) & set(taken.values())):
            free = (at for at, header in enumerate(contents.header) if header not in taken)
            fitting = [contents.header[at] for at in free if tests[key](at)]
            if len(fitting) == 1:
                taken[fitting[0]] = key
    return [(header, key) for header, key in taken.items() if header not in fields]


def _lookup_points(lookup: Lookup, contents: Contents, names: Sequence[tuple[str, ...]]) -> float:
    known = {folded(column) for column in lookup.columns}
    shared = sum(name_of(header).folded in known for header in contents.header)
    return shared * PLAIN_POINTS + LOOKUP_NAME_WEIGHT * _sheet_name_points(lookup.sheet_names, names)


def _sheet_name_points(known: Sequence[str], names: Sequence[tuple[str, ...]]) -> float:
    """More for a sheet or file that is called just so than for one whose name has it as a part."""
    best = 0.0
    for words in names:
        for name in known:
            wanted = tuple(name.split())
            if words == wanted:
                return SHEET_NAME_POINTS
            if any(words[at : at + len(wanted)] == wanted for at in range(len(words))):
                best = PART_OF_SHEET_NAME_POINTS
    return best


def _header_named(table: FoundTable, written: str) -> str | None:
    exact = [header for header in table.header if header == written]
    alike = [header for header in table.header if folded(header) == folded(written)]
    return next(iter(exact + alike), None)


def _field_named(table: FoundTable, header: str, layout: Layout, ours: str) -> Field:
    """The field of that key or label. A column of numbers in a sheet of counts may be given any name of its own."""
    for field in layout.fields:
        if folded(ours) in (folded(field.key), folded(field.key.removeprefix(COUNT)), folded(field.label)):
            return field
    if layout.counts and Contents(table).are_counts(table.header.index(header)):
        return layout.field(count_key(ours.removeprefix(COUNT)))
    keys = [field.key for field in layout.fields]
    raise UnknownName(f"{layout.label} have no column “{ours}”.", nearest(ours, [*keys, ATTRIBUTE, IGNORE]))


def nearest(wanted: str, known: Sequence[str]) -> str:
    """A sentence with the names that are spelt most like one that there is none of."""
    near = [name for name, _, _ in process.extract(wanted, sorted(set(known)), scorer=fuzz.WRatio, limit=3)]
    return f"Nearest are {', '.join(near)}."
