"""An export in star shape: ids in sheets of facts become what the lists say of them. Pure.

A deal's `AccountSeq` 1016 becomes the account's name, and the account's region and industry become columns of the deal, to
filter and group by; an account's `IndustrySeq` is looked up in its turn.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import pandas as pd

from spm.intake.checking.draft import some
from spm.intake.model import Issue, Severity, Wanted
from spm.intake.resolving.attributes import counted, is_fit
from spm.intake.resolving.lists import ACCOUNT, kind_named
from spm.people.org import folded

LOOKING_UP = ("deal", "order", "order_line", "lead", "activity", "survey", "cost")
PRODUCT = "product"
PLAIN_LABELS = frozenset({"type", "status", "rating", "category", "source", "description", "role", "name", "priority"})
"""Names that say little without what they are of: an account's "Type" is "Account type" on a deal."""
COLUMNS = ("key", "kind", "name", "codes", "attributes")
DEEPEST = 4  # lists that refer to lists


@dataclass(frozen=True)
class Entry:
    """One row of a list: what it is called, its first id, and its columns to filter by."""

    name: str
    code: str | None
    attributes: Mapping[str, str]


@dataclass
class Lists:
    """Every list that is known: rows of kind, name, codes and attributes, the later of one id wins."""

    rows: pd.DataFrame
    _deep: int = field(default=0)

    @cached_property
    def kinds(self) -> frozenset[str]:
        return frozenset(self.rows["kind"])

    @cached_property
    def _by_code(self) -> dict[tuple[str, str], Entry]:
        """Kind and id, as it is written (in some systems case tells two apart) → entry."""
        return {(kind, code): entry for kind, _, codes, entry in self._entries for code in codes}

    @cached_property
    def _by_name(self) -> dict[tuple[str, str], Entry]:
        """Kind and folded name → entry, the first of several."""
        named = [(kind, folded(text), entry) for kind, name, _, entry in self._entries for text in (name, entry.name)]
        return {(kind, text): entry for kind, text, entry in reversed(named)}

    @cached_property
    def _entries(self) -> list[tuple[str, str, list[str], Entry]]:
        """Kind, name as the list has it, codes and entry of every row."""
        return [
            (str(kind), given, codes, Entry(name, next(iter(codes), None), of_row))
            for kind, rows in self.rows.groupby("kind")
            for name, given, codes, of_row in zip(
                self._names(str(kind), rows),
                rows["name"],
                rows["codes"],
                self._attributes(str(kind), rows),
                strict=True,
            )
        ]

    @staticmethod
    def _names(kind: str, rows: pd.DataFrame) -> list[str]:
        """Two accounts of one name stay two."""
        shared = rows["name"].duplicated(keep=False) if kind == ACCOUNT else pd.Series(False, index=rows.index)
        return [
            f"{name} ({codes[0]})" if is_shared and codes else name
            for name, codes, is_shared in zip(rows["name"], rows["codes"], shared, strict=True)
        ]

    def _attributes(self, kind: str, rows: pd.DataFrame) -> list[dict[str, str]]:
        """The columns of a list that lend themselves to filtering, ids of other lists looked up."""
        columns = pd.DataFrame([values or {} for values in rows["attributes"]], index=rows.index, dtype=object)
        made: dict[str, list[str | None]] = {}
        for header in map(str, columns):
            other = kind_named(header)
            if other in self.kinds and other != kind and self._deep < DEEPEST:
                met = [self.beneath.entry(str(other), text) for text in columns[header]]
                if any(met):
                    made[_label(str(other))] = [one.name if one else None for one in met]
                    for label in dict.fromkeys(label for one in met if one for label in one.attributes):
                        made.setdefault(label, [one.attributes.get(label) if one else None for one in met])
                    continue
            if is_fit(counted(columns[header])):
                made[f"{_label(kind)} {header.casefold()}" if header.casefold() in PLAIN_LABELS else header] = list(
                    columns[header]
                )
        return [
            {label: values[at] for label, values in made.items() if isinstance(values[at], str)}  # type: ignore[misc]
            for at in range(len(rows))
        ]

    @cached_property
    def beneath(self) -> "Lists":
        """The same lists, one step further from the facts: two that name each other come to an end."""
        return Lists(self.rows, self._deep + 1)

    def entry(self, kind: str, text: Any) -> Entry | None:
        """The entry of that kind whose id or name a text is."""
        if not isinstance(text, str):
            return None
        return self._by_code.get((kind, text)) or self._by_name.get((kind, folded(text)))


def lists_of(stored: pd.DataFrame, brought: Iterable[pd.DataFrame], products: Iterable[pd.DataFrame]) -> Lists:
    """The lists of the store with those that an upload brings, and the products as one more.

    Frames of `listed` rows (key, kind, name, codes, attributes), and of products (key, name, category, attributes).
    """
    parts = [rows[list(COLUMNS)] for rows in (stored, *brought, *map(_as_list, products)) if len(rows)]
    if not parts:
        return Lists(pd.DataFrame(columns=list(COLUMNS)))
    return Lists(pd.concat(parts, ignore_index=True).drop_duplicates("key", keep="last").reset_index(drop=True))


def _as_list(products: pd.DataFrame) -> pd.DataFrame:
    if products.empty:
        return products
    return pd.DataFrame(
        {
            "key": [f"{PRODUCT} | {key}" for key in products["key"]],
            "kind": PRODUCT,
            "name": products["name"],
            "codes": [[key] for key in products["key"]],
            "attributes": [
                {**(values or {}), **({"category": category} if isinstance(category, str) else {})}
                for values, category in zip(products["attributes"], products["category"], strict=True)
            ],
        }
    )


def looked_up(sheet: Wanted, lists: Lists) -> Wanted:
    """A sheet of facts with names in place of ids that a list has, and with the columns that the lists tell of them.

    What a row says itself stays. A text that no list has stays, too.
    """
    if sheet.table not in LOOKING_UP or not lists.kinds or sheet.rows.empty:
        return sheet
    rows = sheet.rows.copy()
    own = rows["attributes"] if "attributes" in rows else [None] * len(rows)
    told: list[dict[str, str]] = [dict(values or {}) for values in own]
    for header in dict.fromkeys(name for values in told for name in values):
        kind = kind_named(header)
        if kind in lists.kinds:
            met = _met([values.get(header) for values in told], str(kind), lists)
            for of_row, entry in zip(told, met, strict=True):
                if entry:
                    of_row.pop(header)
            _tell(told, met, _label(str(kind)))
    if PRODUCT in rows:
        _tell(told, _met(rows[PRODUCT], PRODUCT, lists))
    if "account" in rows:
        met = _met(rows["account"], ACCOUNT, lists)
        names = [one.name if one else text for one, text in zip(met, rows["account"], strict=True)]
        rows["account"] = pd.Series(names, index=rows.index, dtype=object)
        _tell(told, met)
    rows["attributes"] = [of_row or None for of_row in told]
    told_of = [name for name in ("account", "attributes") if name in rows]
    return replace(sheet, rows=rows, given=tuple(dict.fromkeys((*sheet.given, *told_of))))


def forgotten(sheet: Wanted, lists: Lists) -> Wanted:
    """The inverse for stored facts: ids in place of names, and without what these lists told of them."""
    rows = sheet.rows.copy()
    told: list[dict[str, str]] = [dict(values or {}) for values in rows["attributes"]]
    for header in dict.fromkeys(name for values in told for name in values):
        kind = kind_named(header)
        if kind in lists.kinds and _label(str(kind)) == header:
            met = _met([values.get(header) for values in told], str(kind), lists)
            _untell(told, met)
            for of_row, entry in zip(told, met, strict=True):
                if entry and entry.code:
                    of_row[header] = entry.code
    if PRODUCT in rows:
        _untell(told, _met(rows[PRODUCT], PRODUCT, lists))
    if "account" in rows:
        met = _met(rows["account"], ACCOUNT, lists)
        codes = [one.code or text if one else text for one, text in zip(met, rows["account"], strict=True)]
        rows["account"] = pd.Series(codes, index=rows.index, dtype=object)
        _untell(told, met)
    rows["attributes"] = [of_row or None for of_row in told]
    return replace(sheet, rows=rows)


def _untell(told: list[dict[str, str]], met: Iterable[Entry | None]) -> None:
    for of_row, entry in zip(told, met, strict=True):
        for name, text in entry.attributes.items() if entry else ():
            if of_row.get(name) == text:
                of_row.pop(name)


def _met(texts: Iterable[Any], kind: str, lists: Lists) -> list[Entry | None]:
    """What a list says of each text; None where it has none such."""
    texts = list(texts)
    found = {text: lists.entry(kind, text) for text in set(texts)}
    return [found[text] for text in texts]


def _tell(told: list[dict[str, str]], met: Iterable[Entry | None], label: str | None = None) -> None:
    """Adds to each row what its entry says, and under `label` what it is called; what is told already stays."""
    for of_row, entry in zip(told, met, strict=True):
        if entry is None:
            continue
        for name, text in entry.attributes.items():
            of_row.setdefault(name, text)
        if label:
            of_row[label] = entry.name


def unlisted(sheet: Wanted, lists: Lists, sheet_name: str) -> list[Issue]:
    """A note where rows name accounts that the list of accounts lacks: they stay as they are written."""
    if ACCOUNT not in lists.kinds or "account" not in sheet.rows or sheet.table not in LOOKING_UP:
        return []
    unknown = [text for text in sheet.rows["account"].dropna() if lists.entry(ACCOUNT, text) is None]
    if not unknown:
        return []
    message = (
        f"{len(unknown):,} rows name accounts that no list of accounts has, and are taken as written: {some(unknown)}"
    )
    return [Issue(Severity.NOTE, message, sheet_name)]


def _label(kind: str) -> str:
    return kind.capitalize()
