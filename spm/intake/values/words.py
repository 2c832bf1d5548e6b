"""Text, ids and yes/no out of cells."""

from collections.abc import Sequence

from spm.intake.model import Cell
from spm.intake.values.column import NO_VALUE, ReadColumn, Unread, as_written, is_blank

# An id of "-" or "N/A" may be somebody's; these can only be a system's word for nothing.
NO_KEY = frozenset({"", "null", "(null)", "none", "nan", "#n/a", "#null!"})
YES = frozenset({"true", "t", "yes", "y", "1", "x", "✓", "✔", "ja", "j", "oui", "o", "si", "sí", "sì", "s",
    "sim", "tak", "da", "on", "checked", "wahr", "vrai"})  # fmt: skip
NO = frozenset({"false", "f", "no", "n", "0", "nein", "non", "não", "nao", "nie", "nei", "nej", "off",
    "unchecked", "falsch", "faux"})  # fmt: skip
LONGEST_NOTHING = max(map(len, NO_VALUE))


def read_text(cells: Sequence[Cell]) -> ReadColumn:
    """Text, its white space folded to single blanks; words for nothing (NULL, N/A, a dash) are None."""
    return ReadColumn(_texts(cells, NO_VALUE))


def read_keys(cells: Sequence[Cell]) -> ReadColumn:
    """Ids as text: leading zeros and case kept, 276.0 is "276"."""
    return ReadColumn(_texts(cells, NO_KEY))


def _texts(cells: Sequence[Cell], nothing: frozenset[str]) -> list[str | None]:
    written = [cell if type(cell) is str else as_written(cell) for cell in cells]
    of_text: dict[str, str | None] = {text: " ".join(text.split()) for text in set(written)}
    for text, folded in of_text.items():
        if folded is not None and len(folded) <= LONGEST_NOTHING and folded.casefold() in nothing:
            of_text[text] = None
    return [of_text[text] for text in written]


def read_yes_no(cells: Sequence[Cell]) -> ReadColumn:
    """True or False from true/false, yes/no, 1/0, x and their like in the big European languages; blank is
    None."""
    values: list[bool | None] = []
    unread: list[Unread] = []
    read: dict[str, bool | None] = {}
    for index, cell in enumerate(cells):
        if cell is True or cell is False:
            values.append(cell)
            continue
        text = cell if type(cell) is str else as_written(cell)
        if text not in read:
            word = text.strip().casefold()
            read[text] = True if word in YES else False if word in NO else None
        values.append(read[text])
        if read[text] is None and not is_blank(cell):
            unread.append(Unread(index, text))
    return ReadColumn(values, "yes or no", unread)
