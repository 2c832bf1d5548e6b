"""What a declaration of a sheet is made of.

Aliases are compared without case, spaces, underscores, dots and hyphens, so that
"Deal Owner", "deal_owner" and "DEAL-OWNER" are one; the earlier of two aliases wins where a sheet has both.
Names follow the exports of Salesforce, HubSpot, Dynamics, Pipedrive and plain spreadsheets.
"""

from dataclasses import dataclass
from enum import StrEnum

COUNT = "count:"
"""Before the key of a measure that a column of a sheet counts: `count:doors`."""


class Kind(StrEnum):
    """How the cells of a column are read."""

    TEXT = "text"
    PERSON = "person"  # a name; "Ruiz, Ana" is Ana Ruiz
    KEY = "key"  # an id: leading zeros and case are kept, 276.0 is "276"
    DAY = "day"
    MONEY = "money"
    NUMBER = "number"
    SHARE = "share"  # 0 to 1; 75 and "75 %" are 0.75
    RATE = "rate"  # of exchange: 1.085 is a fraction, never a thousand
    YES_NO = "yes/no"


@dataclass(frozen=True)
class Field:
    """A column that a layout knows: its key, its name on screen, how it is read, and its other names.

    A row in which a `required` field is empty is refused. A `telling` field is one that few other sheets
    have: it weighs more when a sheet is recognised; one that `tells_nothing` of what a sheet is weighs nothing. Where a sheet
    has both, a `preferred` name goes before the label: an “Actual close date” before a “Close date”. A field `instead_of`
    another one is looked for only where that one is missing.
    """

    key: str
    label: str
    kind: Kind
    aliases: tuple[str, ...] = ()
    required: bool = False
    telling: bool = False
    tells_nothing: bool = False
    preferred: tuple[str, ...] = ()
    instead_of: str | None = None


@dataclass(frozen=True)
class Layout:
    """A kind of sheet: what one row is, its columns, and groups of columns of which one each must be there.

    `key_repeats` says of the columns with the rows' id (`told_by`) whether the same id comes on several rows: True where
    it must (the lines of an order), False where it must not, None where either is fine, as it is beside the
    column `repeats_with` (each rep's part of a deal). Where a layout
    `counts`, every column of numbers that it does not know is a count of the company's own.
    """

    key: str
    label: str
    row_is: str
    fields: tuple[Field, ...]
    needs: tuple[tuple[str, ...], ...]
    sheet_names: tuple[str, ...] = ()
    key_repeats: bool | None = None
    told_by: tuple[str, ...] = ("key",)
    repeats_with: str | None = None
    counts: bool = False

    def field(self, key: str) -> Field:
        known = next((field for field in self.fields if field.key == key), None)
        if known is None and self.counts and key.startswith(COUNT):
            return Field(key, own_label(key), Kind.NUMBER)
        if known is None:
            raise KeyError(f"{self.label} have no field {key}")
        return known


@dataclass(frozen=True)
class Lookup:
    """A kind of sheet that holds no facts of its own, told by its name and by columns that only it has.

    Where it `is_list`, other sheets name its rows by their ids: it is kept to look them up.
    """

    label: str
    sheet_names: tuple[str, ...]
    columns: tuple[str, ...] = ()
    is_list: bool = False


def own_label(key: str) -> str:
    """What a count of the company's own is called: `count:doors_knocked` → "Doors knocked"."""
    return key.removeprefix(COUNT).replace("_", " ").capitalize()
