"""What every test may lean on: markers by folder, the shared input files."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

from tests.house_rules import CHECKOUT

TESTS = CHECKOUT / "tests"

# How long an example takes says nothing on a machine that is shared.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


@pytest.hookimpl(tryfirst=True)  # pytest-xdist reads the groups in the same hook
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks by folder: tests in the browser share one worker, benchmarks run only when asked for."""
    for item in items:
        if item.path.is_relative_to(TESTS / "browser"):
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group("browser"))
        elif item.path.is_relative_to(TESTS / "bench"):
            item.add_marker(pytest.mark.bench)


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of input workbooks beside the checkout, or where SPM_SHARED_DATA says it is.

    Without it a test is skipped with that reason; on CI it fails, so that no gap goes unseen.
    """
    folder = Path(os.environ.get("SPM_SHARED_DATA", CHECKOUT.parent / "shared" / "data"))
    if not folder.is_dir():
        reason = "the input workbooks are not there: put them beside the checkout or name SPM_SHARED_DATA"
        pytest.fail(reason) if os.environ.get("CI") else pytest.skip(reason)
    return folder
