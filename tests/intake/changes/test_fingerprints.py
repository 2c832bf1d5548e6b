"""A row's number is the same whenever a sheet says the same, in whatever company its rows come."""

from datetime import date

import pandas as pd

from spm.intake.changes.fingerprints import with_fingerprints
from spm.intake.model import Wanted

MANY_COUNT = 1_000
GIVEN = ("name", "stage", "amount_cents", "created_on", "attributes")


def fingerprints(rows: pd.DataFrame) -> list[int]:
    told = with_fingerprints(Wanted("deal", rows, GIVEN)).rows["fingerprint"]
    return [int(number) for number in told]


def deals(count: int) -> pd.DataFrame:
    """Each with a name of its own but every fifth, which has none."""
    return pd.DataFrame(
        {
            "key": [f"D{at}" for at in range(count)],
            "name": [None if at % 5 == 0 else f"Deal {at}" for at in range(count)],
            "stage": ["Won", "Lost"] * (count // 2),
            "amount_cents": [at * 100 for at in range(count)],
            "created_on": [date(2024, 1, 1 + at % 28) for at in range(count)],
            "attributes": [{"region": "East"}, None] * (count // 2),
            "source_row": range(count),
        },
        dtype=object,
    )


def test_a_row_has_its_number_among_few_and_among_many_whether_texts_repeat_or_not() -> None:
    rows = deals(MANY_COUNT + 200)
    alone = fingerprints(rows)
    assert len(set(alone)) == len(rows)
    of_one_kind = pd.concat([rows.iloc[[at]] for at in (5, 6) for _ in range(MANY_COUNT)], ignore_index=True)
    assert set(fingerprints(of_one_kind)) == {alone[5], alone[6]}
    assert fingerprints(rows.iloc[40:50].reset_index(drop=True)) == alone[40:50]


def test_another_word_in_any_column_is_another_number() -> None:
    rows = deals(10)
    before = fingerprints(rows)
    for name, value in {"name": "", "stage": "Open", "amount_cents": 1, "created_on": None, "attributes": {}}.items():
        changed = rows.copy()
        changed.at[3, name] = value
        assert [one == other for one, other in zip(fingerprints(changed), before, strict=True)] == [
            at != 3 for at in range(10)
        ]
