"""The key of a fact: the company's own id, else its content and which occurrence of it this is. Pure."""

from hashlib import blake2b

import pandas as pd

MADE = r"[0-9a-f]{20}-[0-9]+"


def filled_keys(keys: pd.Series, content: pd.DataFrame) -> pd.Series:
    """`keys`, those that are None made of the row's content.

    Genuine twins survive: the second row of the same content gets occurrence 2. The same sheet again gives the same
    keys.
    """
    filled = keys.copy()
    without = keys.isna()
    if without.any():
        texts = pd.Series(
            ["\x1f".join(map(str, values)) for values in content.loc[without].itertuples(index=False)],
            index=content.index[without],
        )
        occurrence = texts.groupby(texts).cumcount() + 1
        filled.loc[without] = [
            f"{blake2b(text.encode(), digest_size=10).hexdigest()}-{count}"
            for text, count in zip(texts, occurrence, strict=True)
        ]
    return filled


def are_made(keys: pd.Series) -> pd.Series:
    """Whether each key was made of content: no sheet says it."""
    return keys.astype(str).str.fullmatch(MADE)


def occurrences_again(keys: pd.Series) -> int:
    """How many of the keys made of content are those of a second or later occurrence."""
    return int((~keys.astype(str).str.endswith("-1")).sum())
