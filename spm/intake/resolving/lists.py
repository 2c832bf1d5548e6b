"""Lists that other sheets refer to by id: which column is the id, which the name, and what kind of thing is listed. Pure."""

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from spm.intake.model import CheckedSheet, Issue, Severity, Wanted
from spm.intake.recognising.contents import Contents
from spm.intake.recognising.headers import NAMESPACE, WORD, words_of

ID_WORDS = frozenset({"id", "seq", "key", "code", "number", "no", "nr"})
NAME_WORDS = frozenset({"name", "title", "description", "label"})
ACCOUNT = "account"
SAME_KIND = dict.fromkeys(
    ("customer", "company", "client", "organisation", "organization", "reseller", "store"), ACCOUNT
)
MOST_NAMES_OF_ONE = 6  # words of a header


def kind_named(header: str, sheet_names: Sequence[str] = ()) -> str | None:
    """The kind of thing whose id or name a column holds: "AccountSeq" and "Customer Name" are "account".

    A bare "Id" or "Name" is that of the sheet (`sheet_names`: the sheet's, then the file's). None for any other column.
    """
    words = _words(header)
    while words and words[-1] in ID_WORDS | NAME_WORDS and len(words) > 1:
        words.pop()
    if len(words) == 1 and words[0] in ID_WORDS | NAME_WORDS:
        named = next((list(words_of(name))[-1:] for name in sheet_names if words_of(name)), [])
        words = [_singular(word) for word in named]
    if not words or len(words) > MOST_NAMES_OF_ONE:
        return None
    kind = " ".join(words)
    return SAME_KIND.get(kind, kind)


def is_id(header: str) -> bool:
    """Whether a column is called an id of something."""
    words = _words(header)
    return bool(words) and words[-1] in ID_WORDS


def list_fields(contents: Contents, sheet_names: Sequence[str], is_list: bool = True) -> dict[str, str]:
    """Header → field of a list: its own id (`key`) and what it calls its rows (`name`); empty where it is none.

    The first column with ids that do not repeat says what is listed; without one a column that is called so. Of a sheet
    that surely `is_list`, the first other column is the name where none is called so.
    """
    columns = list(enumerate(contents.header))
    ids = [header for at, header in columns if is_id(header) and not contents.repeats(at)]
    own = next(iter(ids), None)
    kind = kind_named(own or contents.header[0], sheet_names)
    names = [header for header in contents.header if not is_id(header) and kind_named(header, sheet_names) == kind]
    if own and not names and is_list:
        names = [header for header in contents.header if not is_id(header)]
    if not names or (own is None and contents.repeats(contents.header.index(names[0]))):
        return {}
    return ({own: "key"} if own else {}) | {names[0]: "name"}


def wanted_list(sheet: CheckedSheet) -> Wanted:
    """The rows of a list for the table `listed`; its columns of ids that do not repeat are codes, the others attributes."""
    rows = sheet.rows.reset_index(drop=True)
    attributes = [dict(values or {}) for values in rows["attributes"]]
    columns = pd.DataFrame(attributes, dtype=object)
    kind = rows["kind"].iloc[0] if len(rows) else ""
    codes = [
        str(name)
        for name in columns
        if columns[name].notna().all() and columns[name].is_unique and _is_code(str(name), kind)
    ]
    names = rows["name"].where(rows["name"].notna(), rows["key"])
    made = pd.DataFrame(
        {
            "key": rows["kind"] + " | " + rows["key"].where(rows["key"].notna(), names).astype(str),
            "kind": rows["kind"],
            "name": names,
            "codes": [
                list(dict.fromkeys(code for code in (key, *(of_row[name] for name in codes)) if code))
                for key, of_row in zip(rows["key"], attributes, strict=True)
            ],
            "attributes": [
                {name: text for name, text in of_row.items() if name not in codes} or None for of_row in attributes
            ],
            "source_row": rows["row"],
        }
    )
    latest = made.drop_duplicates("key", keep="last").reset_index(drop=True)
    told = Wanted("listed", latest, ("name", "codes", "attributes"))
    if (again_count := len(made) - len(latest)) > 0:
        message = f"{again_count:,} ids come on several rows: the last one holds"
        told.issues.append(Issue(Severity.NOTE, message, sheet.sheet))
    return told


def without_told(sheet: Wanted, told: pd.DataFrame, sheet_name: str) -> Wanted:
    """The rows of a list that no other list of the same upload has; `told` are the rows of those."""
    is_told = sheet.rows["key"].isin(told["key"])
    if is_told.any():
        message = f"{int(is_told.sum()):,} of its rows stand in another list of the upload, which holds"
        sheet.issues.append(Issue(Severity.NOTE, message, sheet_name))
    return replace(sheet, rows=sheet.rows[~is_told].reset_index(drop=True))


def _is_code(header: str, kind: str) -> bool:
    """Whether a column is another id of what is listed; a company's domain is one."""
    return (is_id(header) and kind_named(header) == kind) or "domain" in header.casefold()


def _words(header: str) -> list[str]:
    return [word.casefold() for word in WORD.findall(NAMESPACE.sub("", header.strip()))]


def _singular(word: str) -> str:
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word
