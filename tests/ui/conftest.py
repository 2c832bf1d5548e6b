"""The ui over a small company: the environment names its database, and no test sees another one's answers."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from spm.store.opening import Store
from tests.caches import forget_all
from tests.stores import small_company


@pytest.fixture(autouse=True)
def fresh_caches() -> Iterator[None]:
    """Before a test too: what another folder's tests asked was noted in the same process."""
    forget_all()
    yield
    forget_all()


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    """The store that the ui opens, opened once more: what it writes, another process has written."""
    opened = small_company(tmp_path)
    monkeypatch.setenv("SPM_DATABASE_URL", f"sqlite:///{tmp_path / 'spm.db'}")
    return opened
