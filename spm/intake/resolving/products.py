"""Products: an id in a sheet of facts becomes the name that the product sheet has for it; other names are noted. Pure."""

from collections.abc import Iterable
from dataclasses import replace

import pandas as pd

from spm.intake.model import Issue, Severity, Wanted
from spm.people.org import nearest

MOST_NOTES = 5
ALIKE_PERCENT = 85


def names_by_id(products: Iterable[pd.DataFrame]) -> dict[str, str]:
    """Product id → name, of product rows with the columns key and name."""
    return {key: name for rows in products if len(rows) for key, name in zip(rows["key"], rows["name"], strict=True)}


def with_names(sheet: Wanted, names: dict[str, str]) -> Wanted:
    """The sheet with names in place of product ids; a text that is no id stays."""
    if "product" not in sheet.rows or not names:
        return sheet
    named = [names.get(product, product) for product in sheet.rows["product"]]
    return replace(sheet, rows=sheet.rows.assign(product=pd.Series(named, index=sheet.rows.index, dtype=object)))


def unknown_products(sheet: Wanted, names: dict[str, str], sheet_name: str) -> list[Issue]:
    """A note on each product that no product sheet has, with the one it is spelt like; one for all where they are many.

    None where there is no product sheet at all.
    """
    if "product" not in sheet.rows or not names:
        return []
    listed = sorted(set(names.values()))
    products = sheet.rows["product"].dropna()
    counts = products[~products.isin(listed)].value_counts().sort_index()
    if len(counts) > MOST_NOTES:
        some = ", ".join(f"“{name}”" for name in list(counts.index)[:MOST_NOTES])
        message = f"{len(counts):,} products are on no product sheet and are taken as they are: {some}, …"
        return [Issue(Severity.NOTE, message, sheet_name)]
    notes = []
    for name, count in counts.items():
        near = nearest(str(name), listed, alike_percent=ALIKE_PERCENT)
        hint = f"; the product sheet has “{near[0]}”" if near else ""
        message = f"the product “{name}” ({count:,} rows) is taken as one of its own{hint}"
        notes.append(Issue(Severity.NOTE, message, sheet_name, found=str(name)))
    return notes
