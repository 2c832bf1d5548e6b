"""Text, ids and yes/no out of cells."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from re import IGNORECASE, compile
from typing import cast

from spm.ids import SHORT_ID, SHORT_ID_LENGTH, in_full
from spm.intake.model import Cell
from spm.intake.values.column import NO_VALUE, ReadColumn, Unread, as_written, is_blank, without_entities

# An id of "-" or "N/A" may be somebody's; these can only be a system's word for nothing.
NO_KEY = frozenset({"", "null", "(null)", "none", "nan", "#n/a", "#null!"})
YES = frozenset({"true", "t", "yes", "y", "1", "x", "✓", "✔", "ja", "j", "oui", "o", "si", "sí", "sì", "s",
    "sim", "tak", "da", "on", "checked", "wahr", "vrai", "да", "evet", "예", "はい", "有", "是", "نعم"})  # fmt: skip
NO = frozenset({"false", "f", "no", "n", "0", "nein", "non", "não", "nao", "nie", "nei", "nej", "off",
    "unchecked", "falsch", "faux", "нет", "hayır", "아니오", "いいえ", "無", "否", "لا"})  # fmt: skip
UNSEEN = frozenset(
    map(chr, [0x200B, 0x200E, 0x200F, *range(0x202A, 0x202F), 0x2060, *range(0x2066, 0x206A), 0xFEFF, 0xAD])
)
"""Marks of no width and of direction, and the soft hyphen; joiners stay, as some scripts need them."""
BEHIND_NAME = compile(
    r"(?P<name>[^<>()\[\]@]*[^<>()\[\]@\s])\s*"
    r"[<(\[](?:[^<>()\[\]@\s]+@[^<>()\[\]@\s]+|(?:deactivated|inactive|deleted)(?: user)?)[>)\]]",
    IGNORECASE,
)
"""A name with an address, or a remark of the program, in brackets behind it: "Ana Ruiz <ana@x.com>"."""
CUT_SHORT = compile(r"\d[.,]\d+E\+\d{2}")  # what Excel makes of a long number
AS_FRACTION = compile(r"\d+\.0")  # what programs make of numbers beside blanks: 276.0
ADDRESS = compile(r"[<(\[]([^<>()\[\]@\s]+@[^<>()\[\]@\s]+)[>)\]]\s*$")
LAST_NAME_FIRST = compile(
    r"(?!.*,\s*(?:Inc|LLC|Ltd|GmbH|Jr|Sr|PhD|MD|MBA)\b)([^\W\d_][^,;@\d]*),\s*([^\W\d_][^,;@\d]*)"
)
LAST_NAME_FIRST_SHARE = 0.9


def read_text(cells: Sequence[Cell]) -> ReadColumn:
    """Text, its white space folded to single blanks; words for nothing (NULL, N/A, a dash) are None. Ids of Salesforce are
    written in full, so that a report and an export name the same."""
    return ReadColumn(_texts(cells, NO_VALUE))


def plain_name(name: str) -> str:
    """One name as a column of names is read: without what stands in brackets behind it, the first name first."""
    bare = found["name"] if (found := BEHIND_NAME.fullmatch(name)) else name
    turned = LAST_NAME_FIRST.fullmatch(bare)
    is_one = turned is not None and any(len(part.split()) == 1 for part in bare.split(","))
    return f"{turned[2].strip()} {turned[1].strip()}" if turned and is_one else bare


def written_otherwise(name: str) -> str:
    """What else one name may be known by: the address that stands in brackets behind it, else the name written plainly."""
    address = ADDRESS.search(name)
    return address[1] if address else plain_name(name)


def read_people(cells: Sequence[Cell]) -> ReadColumn:
    """Names as text, the first name first: a column in which nearly all are written "Ruiz, Ana" is turned round, with a
    remark; an address or “(inactive)” behind them is left out. Two people in a cell ("Ana Ruiz, Bo Li") stay as they are."""
    names, remarks = _bare_names(_texts(cells, NO_VALUE))
    distinct = set(filter(None, names))
    turned = {
        name: f"{found[2].strip()} {found[1].strip()}"
        for name in distinct
        if (found := LAST_NAME_FIRST.fullmatch(name))
    }
    has_single = [name for name in turned if any(len(part.split()) == 1 for part in name.split(","))]
    if len(turned) < LAST_NAME_FIRST_SHARE * len(distinct) or 2 * len(has_single) < len(turned) or not turned:
        return ReadColumn(names, remarks=remarks)
    example = min(turned)
    remark = f"the last name stands first: “{example}” was read as {turned[example]}"
    return ReadColumn([turned.get(name, name) if name else None for name in names], remarks=(*remarks, remark))


def _bare_names(names: list[str | None]) -> tuple[list[str | None], tuple[str, ...]]:
    """The names without what stands in brackets behind them, and a remark; those stay that would be alike without it."""
    found = {name: match["name"] for name in set(filter(None, names)) if (match := BEHIND_NAME.fullmatch(name))}
    often = Counter(found.values())
    bare = {name: other for name, other in found.items() if often[other] == 1}
    if not bare:
        return names, ()
    example = min(bare)
    return [bare.get(name, name) if name else None for name in names], (f"“{example}” was read as {bare[example]}",)


def read_keys(cells: Sequence[Cell]) -> ReadColumn:
    """Ids as text: leading zeros and case kept, 276.0 is "276"; with a remark where a spreadsheet cut them short."""
    keys = _texts(cells, NO_KEY)
    if all(map(AS_FRACTION.fullmatch, filter(None, keys))):
        keys = [key.removesuffix(".0") if key else None for key in keys]
    cut = min((key for key in keys if key and "E+" in key and CUT_SHORT.fullmatch(key)), default=None)
    remark = (
        f"a spreadsheet cut ids such as {cut} short: different ones may be the same now, so export them anew as text"
    )
    return ReadColumn(keys, remarks=(remark,) if cut else ())


def _texts(cells: Sequence[Cell], nothing: frozenset[str]) -> list[str | None]:
    """What each cell says, None where that is one of the words for `nothing`; each text is looked at once."""
    is_text = set(map(type, cells)) == {str}
    texts = cast(Sequence[str], cells) if is_text else [as_written(cell) for cell in cells]
    otherwise = dict(_said_otherwise(dict.fromkeys(texts), nothing))
    return [otherwise.get(text, text) for text in texts] if otherwise else list(texts)


def _said_otherwise(texts: Collection[str], nothing: frozenset[str]) -> Iterator[tuple[str, str | None]]:
    """Each text that says something else than it is, and what."""
    whole = " ".join(filter(None, texts))
    if _tidied(whole) == whole:  # so is each of them
        folded = map(str.casefold, texts)
        texts = [
            text for text, word in zip(texts, folded, strict=True) if word in nothing or len(text) == SHORT_ID_LENGTH
        ]
    for text in texts:
        tidy = _tidied(text)
        if tidy.casefold() in nothing:
            yield text, None
        elif len(tidy) == SHORT_ID_LENGTH and SHORT_ID.fullmatch(tidy):
            yield text, in_full(tidy)
        elif tidy != text:
            yield text, tidy


def _tidied(text: str) -> str:
    """The text with single blanks between its words, and without letters that nobody sees: two names that look alike are
    the same."""
    seen = without_entities(text)
    return " ".join((seen if seen.isascii() else _visible(seen)).split())


def _visible(text: str) -> str:
    return "".join(one for one in text if one not in UNSEEN) if any(mark in text for mark in UNSEEN) else text


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
