"""The key of a fact: the company's own id, else its content and which occurrence of it this is. Pure."""

from hashlib import blake2b

import pandas as pd

LINEAGE = ("row", "source_row")


def filled_keys(rows: pd.DataFrame, prefix: str = "") -> pd.Series:
    """The column `key`, with a key made of the row's content where it is None.

    Genuine twins survive: the second row of the same content gets occurrence 2. The same sheet again gives the same keys.
    """
    keys = rows["key"].copy()
    without = keys.isna()
    if without.any():
        content = rows.loc[without].drop(columns=["key", *(name for name in LINEAGE if name in rows)])
        texts = pd.Series(
            ["\x1f".join(map(str, values)) for values in content.itertuples(index=False)], index=content.index
        )
        occurrence = texts.groupby(texts).cumcount() + 1
        keys.loc[without] = [
            f"{prefix}{blake2b(text.encode(), digest_size=10).hexdigest()}-{count}"
            for text, count in zip(texts, occurrence, strict=True)
        ]
    return keys
