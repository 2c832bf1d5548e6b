"""The sellers' company, made once a run and copied where a test writes."""

from pathlib import Path
from shutil import copy

import pytest

from spm.calendar import Period
from spm.metrics.queries import Scene
from spm.planning.baseline.course import Baseline
from spm.planning.baseline.queries import baseline_of
from spm.store.opening import Store, open_store
from tests.planning import sellers


@pytest.fixture(scope="session")
def sellers_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sellers")
    sellers.sellers(folder).close()
    return folder


@pytest.fixture(scope="session")
def scene(sellers_folder: Path) -> Scene:
    """To ask; nobody writes to its store."""
    return sellers.scene(open_store(f"sqlite:///{sellers_folder / 'spm.db'}"))


@pytest.fixture
def store(sellers_folder: Path, tmp_path: Path) -> Store:
    """To write to."""
    copy(sellers_folder / "spm.db", tmp_path / "spm.db")
    return open_store(f"sqlite:///{tmp_path / 'spm.db'}")


@pytest.fixture(scope="session")
def quarter(scene: Scene) -> Period:
    return scene.standing.company.fiscal_calendar.period("2027-Q1")


@pytest.fixture(scope="session")
def baseline(scene: Scene, quarter: Period) -> Baseline:
    """The first quarter of 2027, seen from 2 November 2026."""
    return baseline_of(scene, quarter)
