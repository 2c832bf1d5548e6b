"""What a row says, as one number: so that rows which a sheet tells again are known without being compared. Pure."""

from collections.abc import Mapping
from dataclasses import replace
from hashlib import blake2b
from operator import eq

import numpy as np
import pandas as pd

from spm.intake.model import Wanted

MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)  # odd, so that no bit of a column is lost
NOTHING = np.iinfo(np.int64).min
BLANK = np.uint64(np.iinfo(np.uint64).max)
NOT_SAID = ("key", "source_row", "fingerprint")


def with_fingerprints(sheet: Wanted) -> Wanted:
    """The sheet with a column `fingerprint`: alike for rows that say the same in the columns that the sheet gives."""
    whole = np.zeros(len(sheet.rows), dtype=np.uint64)
    for name in sorted(set(sheet.given) - set(NOT_SAID)):
        of_name = np.uint64(int.from_bytes(blake2b(name.encode(), digest_size=8).digest()))
        whole = (whole ^ of_name ^ _hashed(sheet.rows[name])) * MULTIPLIER
        whole ^= whole >> np.uint64(32)
    return replace(sheet, rows=sheet.rows.assign(fingerprint=whole.view(np.int64)))


def without_known(sheet: Wanted, known: Mapping[str, int | None]) -> Wanted:
    """The rows that say something else than is `known` (key → fingerprint); the others count as repeated."""
    as_known = map(eq, map(known.get, sheet.rows["key"].tolist()), sheet.rows["fingerprint"].tolist())
    is_known = np.fromiter(as_known, bool, len(sheet.rows))
    rest = sheet.rows[~is_known].reset_index(drop=True)
    return replace(sheet, rows=rest, repeated_count=sheet.repeated_count + int(is_known.sum()))


def _hashed(column: pd.Series) -> np.ndarray:
    """A number for each value, alike for like values; a value that comes on many rows is looked at once."""
    values = column.to_numpy(object)
    kind = pd.api.types.infer_dtype(values)
    if kind == "integer":
        return pd.util.hash_array(np.where(pd.isna(values), NOTHING, values).astype(np.int64))
    if kind == "mixed":
        objects = dict(zip(map(id, values), values, strict=True))  # rows that say the same share one
        if all(value is None or isinstance(value, dict) for value in objects.values()):
            said = {place: None if value is None else repr(sorted(value.items())) for place, value in objects.items()}
            values = np.fromiter(map(said.__getitem__, map(id, values)), object, len(values))
    codes, distinct = pd.factorize(values)  # of blanks -1, which is the place of the last
    texts = np.fromiter(map(str, distinct), object, len(distinct))
    return np.append(pd.util.hash_array(texts, categorize=False), BLANK)[codes]
