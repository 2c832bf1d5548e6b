from collections.abc import Iterator
from pathlib import Path

import pytest

from spm.errors import Refusal, UnknownName
from spm.intake.actions import undo
from spm.metrics.actions import mark_filters
from spm.metrics.queries import Question, scene_of, values
from spm.store import reading
from spm.store.opening import Store
from tests.stores import AUTHOR, TODAY, contents, small_company


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = small_company(tmp_path)
    yield opened
    opened.close()


def test_a_marked_column_groups_and_an_unmarked_one_does_not(store: Store) -> None:
    before = contents(store)
    number = mark_filters(store, AUTHOR, ["product"])
    assert number is not None
    by_product = values(scene_of(store, TODAY), Question("bookings", ("product",)))
    assert dict(zip(by_product["product"], by_product["value"], strict=True)) == {"Box": 1500_00, "Jar": 2000_00}
    with pytest.raises(UnknownName):
        values(scene_of(store, TODAY), Question("bookings", ("region",)))
    undo(store, number, AUTHOR)
    by_region = values(scene_of(store, TODAY), Question("bookings", ("region",)))
    assert dict(zip(by_region["region"], by_region["value"], strict=True)) == {"East": 3000_00, "West": 500_00}
    assert contents(store) == before


def test_the_same_columns_again_change_nothing(store: Store) -> None:
    assert mark_filters(store, AUTHOR, reading.filter_attributes(store)) is None


def test_unknown_and_too_many_columns_are_refused(store: Store) -> None:
    with pytest.raises(UnknownName):
        mark_filters(store, AUTHOR, ["moon phase"])
    with pytest.raises(Refusal, match="At most 6"):
        mark_filters(store, AUTHOR, list("abcdefg"))
