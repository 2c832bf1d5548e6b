"""Headings of blocks as a column of their own: what stands alone above rows is said of each of them. Pure."""

from bisect import bisect
from collections.abc import Callable, Sequence
from re import IGNORECASE, compile

from spm.intake.layouts import Layout
from spm.intake.model import FoundTable, Issue, Severity
from spm.intake.recognising.cells import DAY, NUMBER
from spm.intake.recognising.headers import folded
from spm.intake.recognising.left_out import numbered
from spm.intake.values.periods import period_of

HEADING = "Heading"
"""The column that headings become where they do not say themselves what they are ("Owner: Ana Ruiz")."""
ACROSS = "Across"
"""The column that the names of columns become where they are those of people, each above its numbers."""
HEADINGS = {
    HEADING: "stand alone above blocks of rows: do they say the {} of the rows below?",
    ACROSS: "stand above columns of numbers: is each the {} of what stands below it?",
}
"""A column of what stands above others → how it is asked what that says."""

LABELLED = compile(r"(?P<label>[^:]{2,40}):\s*(?P<name>\S.*)")
COUNTED = compile(r"\s*\(\d[\d.,]*(?:\s+[^\W\d]+)?\)$", IGNORECASE)  # "Ana Ruiz (3 records)"
MOST_QUOTED = 3


def with_headings(table: FoundTable, headings: Sequence[int], text_in: Callable[[int], str], place: int) -> FoundTable:
    """The table with the headings above its rows as a last column; as it is where they only say when, or nothing new.

    `headings` are the numbers of rows in ascending order, `text_in` gives what such a row says, `place` is the column in
    which the headings stand.
    """
    above = [bisect(headings, number) - 1 for number in table.row_numbers]
    used = sorted({at for at in above if at >= 0})
    label, names = _label_and_names([text_in(headings[at]) for at in used])
    if not used or any(map(_says_when, names)) or folded(label) in {folded(name) for name in table.header}:
        return table
    name_at = dict(zip(used, names, strict=True))
    distinct = list(dict.fromkeys(names))
    quoted = ", ".join(f"“{name}”" for name in distinct[:MOST_QUOTED]) + (" …" if len(distinct) > MOST_QUOTED else "")
    told = f"{numbered([headings[at] for at in used])} said of the rows below, as the column “{label}”: {quoted}"
    return FoundTable(
        table.sheet,
        (*table.header, label),
        [[*row, name_at.get(at)] for row, at in zip(table.cells, above, strict=True)],
        table.row_numbers,
        (*table.issues, Issue(Severity.NOTE, told, table.sheet, headings[used[0]])),
        (*table.places, place),
    )


def headed_field(layout: Layout, taken: set[str]) -> str | None:
    """What headings most likely say in a table of this layout that has the fields `taken`: whose the rows are where no
    column says so, else the team of people; None: nothing that the layout lacks."""
    known = {field.key for field in layout.fields}
    if "owner" in known:
        return None if taken & {"owner", "owner_key"} else "owner"
    return "team" if "team" in known - taken else None


def _label_and_names(texts: Sequence[str]) -> tuple[str, list[str]]:
    """What all headings begin with ("Owner: Ana Ruiz (3)" → Owner), and what each says behind it."""
    bare = [COUNTED.sub("", text) for text in texts]
    labelled = [LABELLED.fullmatch(text) for text in bare]
    labels = {found["label"] for found in labelled if found}
    if len(labels) == 1 and all(labelled):
        return labels.pop(), [found["name"] for found in labelled if found]
    return HEADING, bare


def _says_when(name: str) -> bool:
    return bool(period_of(name) or NUMBER.fullmatch(name) or DAY.fullmatch(name))
