import pandas as pd
import pytest

from spm.store import slices
from spm.store.slices import assigned
from spm.store.tables import Slice
from tests.companies import empty_store


def test_the_rarest_values_are_counted_together(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr(slices, "MOST_VALUES", 2)
    store = empty_store(tmp_path)
    first = pd.DataFrame({"attributes": [{"Region": name} for name in ("C", "A", "A", "B", "B", "D")]})
    with store.write_transaction() as connection:
        ids = assigned(connection, first, ("region",))
        again = assigned(
            connection, pd.DataFrame({"attributes": [{"Region": "B"}, {"Region": "E"}, None]}), ("region",)
        )
    named = dict(store.frame(Slice.__table__.select())[["id", "combination"]].itertuples(index=False))  # type: ignore[attr-defined]
    assert [named[one] for one in ids] == [
        '{"region": "(other)"}', '{"region": "A"}', '{"region": "A"}', '{"region": "B"}', '{"region": "B"}',
        '{"region": "(other)"}',
    ]  # fmt: skip
    assert [named[one] for one in again] == ['{"region": "B"}', '{"region": "(other)"}', "{}"]
