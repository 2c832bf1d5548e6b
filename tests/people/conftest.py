"""A small company to change people in."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from spm.store.opening import Store
from tests.stores import small_company


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = small_company(tmp_path)
    yield opened
    opened.close()
