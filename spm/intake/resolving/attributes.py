"""The company's own columns: which there are, and which of them totals are kept by. Pure."""

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
            if key in sheet.rows and (key != "kind" or sheet.table == "deal") and sheet.rows[key].notna().any():
                values = sheet.rows[key].dropna()
                is_useful = key == "product" or is_fit(values)
                found.setdefault(key, OwnColumn(key, label, is_useful, values.nunique() > 1))
    for sheet in wanted:
        for label, values in _columns(sheet.rows["attributes"]).items():
            key = attribute_key(label)
            fits = is_fit(values) and not label.endswith("?")  # what a survey asked is a remark
            if key not in found or (not found[key].is_fit and fits):
                found[key] = OwnColumn(key, label, fits, values.nunique() > 1)
    return list(found.values())


def _columns(attributes: pd.Series) -> dict[str, pd.Series]:
    distinct = {id(values): values or {} for values in attributes}  # an object that many rows share is looked into once
    places = {key: place for place, key in enumerate(distinct)}
    frame = pd.DataFrame(distinct.values(), dtype=object).iloc[[places[id(values)] for values in attributes]]
    return {str(name): frame[name].dropna() for name in frame}


def is_fit(values: pd.Series) -> bool:
    """Few values, most of them words and repeated: a region, not a remark, a number, a day, an address or
    an id."""
    distinct = values.unique()
    if len(distinct) > MOST_DISTINCT or (len(distinct) > FEW_DISTINCT and len(distinct) * 2 > len(values)):
        return False
    texts = [str(value) for value in distinct]
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
