"""The company's own columns: which there are, and which of them totals are kept by. Pure."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pandas as pd

from spm.intake.layouts import Kind
from spm.intake.model import Wanted
from spm.intake.recognising.headers import words_of
from spm.intake.values import read_column
from spm.metrics.measures import MOST_FILTERS, attribute_key

MOST_DISTINCT = 100  # a column with more values is for reading, not for filtering
FEW_DISTINCT = 12  # fit even where a short sheet hardly repeats them
BUILT_IN = {"product": "Product", "source": "Source", "kind": "Deal type", "direction": "Direction"}
USUAL = frozenset({
    "region", "industry", "segment", "territory", "country", "sector", "vertical", "channel", "campaign", "category", "area",
    "market", "office", "pipeline", "type",
})  # fmt: skip
"""Words in the names of columns that companies usually ask by."""
SLICED = ("deal", "order", "order_line", "lead", "activity", "survey", "cost")


@dataclass(frozen=True)
class OwnColumn:
    """A column that facts can be filtered by: its key, its name, whether it lends itself to it, and whether it tells
    anything apart yet."""

    key: str
    label: str
    is_fit: bool
    has_choice: bool = True


def own_columns(sheets: Iterable[Wanted]) -> list[OwnColumn]:
    """The columns of a company's own in sheets of facts, product, source and deal type among them, the likeliest
    first."""
    found: dict[str, OwnColumn] = {}
    wanted = [sheet for sheet in sheets if sheet.table in SLICED]
    for key, label in BUILT_IN.items():
        for sheet in wanted:
            if key in sheet.rows and (key != "kind" or sheet.table == "deal"):
                counts = counted(sheet.rows[key])
                if counts:
                    found.setdefault(key, OwnColumn(key, label, key == "product" or is_fit(counts), len(counts) > 1))
    for sheet in wanted:
        for label, counts in _counts(sheet.rows["attributes"]).items():
            key = attribute_key(label)
            fits = is_fit(counts) and not label.endswith("?")  # what a survey asked is a remark
            if key not in found or (not found[key].is_fit and fits):
                found[key] = OwnColumn(key, label, fits, len(counts) > 1)
    return list(found.values())


def counted(column: pd.Series) -> Counter[str]:
    """How many rows say what, blanks left out."""
    counts = Counter(column.tolist())
    return Counter({value: count for value, count in counts.items() if pd.notna(value)})


def _counts(attributes: pd.Series) -> dict[str, Counter[str]]:
    """How many rows say what, by column; an object that many rows share is looked into once."""
    rows = attributes.tolist()
    objects = dict(zip(map(id, rows), rows, strict=True))
    counts: dict[str, Counter[str]] = {}
    for place, count in Counter(map(id, rows)).items():
        for name, value in (objects[place] or {}).items():
            counts.setdefault(name, Counter())[value] += count
    return counts


def is_fit(counts: Counter[str]) -> bool:
    """Few values, most of them words and repeated (`counts`: on how many rows each comes): a region, not a remark, a number, a
    day, an address or an id."""
    if len(counts) > MOST_DISTINCT or (len(counts) > FEW_DISTINCT and len(counts) * 2 > counts.total()):
        return False
    texts = list(map(str, counts))
    if len(read_column(Kind.DAY, texts).unread) * 2 < len(texts):
        return False  # "02/23/26 08:55 PM" has letters, too
    if sum("@" in text for text in texts) * 2 > len(texts):
        return False
    return sum(any(letter.isalpha() for letter in text) for text in texts) * 2 > len(texts)


def marked(columns: Sequence[OwnColumn], already: Sequence[str], known: Sequence[str]) -> list[str]:
    """The keys to mark to filter by: those fit among columns that are new, up to MOST_FILTERS with those marked
    already: those first that companies usually ask by, those with one value only last."""
    room = max(0, MOST_FILTERS - len(already))
    fit = [column for column in columns if column.is_fit and column.key not in known]
    return [column.key for column in sorted(fit, key=_rank)][:room]


def _rank(column: OwnColumn) -> tuple[bool, bool]:
    return not column.has_choice, column.key not in BUILT_IN and USUAL.isdisjoint(words_of(column.label))
