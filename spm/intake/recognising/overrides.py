"""What a person says that a table and its columns are, over what they seemed. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from rapidfuzz import fuzz, process

from spm.errors import UnknownName
from spm.intake.layouts import COUNT, LAYOUTS, Field, Layout
from spm.intake.model import FoundTable, Recognition
from spm.intake.recognising.contents import Contents
from spm.intake.recognising.headers import folded
from spm.intake.recognising.matching import match
from spm.intake.resolving.counts import count_key
from spm.intake.resolving.lists import list_fields

ATTRIBUTE, IGNORE = "attribute", "ignore"


def recognise_as(table: FoundTable, layout: str) -> Recognition:
    """The table's columns under a layout that a person named. Raises UnknownName for no layout."""
    if layout not in LAYOUTS:
        raise UnknownName(f"“{layout}” is no layout.", f"Known are {', '.join(LAYOUTS)}.")
    contents = Contents(table)
    if layout == "lists":
        return Recognition(layout, 1.0, list_fields(contents, (table.sheet,)), reason="looked up by other sheets")
    fitting = match(LAYOUTS[layout], contents, ())
    return Recognition(layout, 1.0, fitting.fields, reason=fitting.reason(contents))


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
