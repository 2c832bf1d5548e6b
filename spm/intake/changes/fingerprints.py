"""What a row says, as one number: so that rows which a sheet tells again are known without being compared. Pure."""

from collections.abc import Mapping
from dataclasses import replace
from hashlib import blake2b

import numpy as np
import pandas as pd

from spm.intake.model import Wanted

MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)  # odd, so that no bit of a column is lost
NOTHING = np.iinfo(np.int64).min
BLANK = np.iinfo(np.uint64).max  # what pandas gives for one among values that repeat
SAMPLE_COUNT = 1_000
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
    of_key = np.array(list(map(known.get, sheet.rows["key"].tolist())), dtype=object)
    is_known = (of_key == sheet.rows["fingerprint"].to_numpy(object)).astype(bool)
    rest = sheet.rows[~is_known].reset_index(drop=True)
    return replace(sheet, rows=rest, repeated_count=sheet.repeated_count + int(is_known.sum()))


def _hashed(column: pd.Series) -> np.ndarray:
    """A number for each value, alike for like values; columns of one kind of value go the fast way."""
    values = column.astype(object).tolist()
    kinds = set(map(type, values)) - {type(None)}
    if kinds == {int}:
        return pd.util.hash_array(np.fromiter((NOTHING if value is None else value for value in values), np.int64))
    if kinds == {dict}:
        objects = {id(value): value for value in values}
        texts = {key: None if value is None else repr(sorted(value.items())) for key, value in objects.items()}
        values = [texts[id(value)] for value in values]
    elif kinds != {str}:
        words = {value: None if value is None or value != value else str(value) for value in set(values)}
        values = [words[value] for value in values]
    cells = np.fromiter(values, object, len(values))
    do_repeat = len(set(values[:SAMPLE_COUNT])) * 2 < len(values[:SAMPLE_COUNT])
    hashed = pd.util.hash_array(cells, categorize=do_repeat)  # where they don't, to find out which do takes longer
    if not do_repeat:
        hashed[pd.isna(cells)] = BLANK
    return hashed
