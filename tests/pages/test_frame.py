"""The frame around every page: who is reading, and whether others could be."""

from collections.abc import Callable, Iterator

import pytest
from streamlit import config
from streamlit.testing.v1 import AppTest

Reader = Callable[..., AppTest]


@pytest.fixture
def listening_at() -> Iterator[Callable[[str], None]]:
    yield lambda address: config.set_option("server.address", address)
    config.set_option("server.address", "127.0.0.1")


@pytest.mark.parametrize(("address", "warnings_count"), [("127.0.0.1", 0), ("localhost", 0), ("0.0.0.0", 1)])
def test_an_app_that_others_can_reach_says_so(
    reader: Reader, empty_url: str, listening_at: Callable[[str], None], address: str, warnings_count: int
) -> None:
    listening_at(address)
    app = reader(empty_url)
    assert len(app.sidebar.warning) == warnings_count
    assert all("nobody has to sign in" in warning.value for warning in app.sidebar.warning)


def test_the_reader_may_be_someone_whom_no_sheet_names(reader: Reader, filled_url: str) -> None:
    app = reader(filled_url, reader="Olga Ops")
    assert not app.exception
    assert app.selectbox(key="reader").value == "Olga Ops"
    assert "Ana Ruiz" in app.selectbox(key="reader").options


def test_the_day_that_counts_as_today_is_shown(reader: Reader, filled_url: str) -> None:
    app = reader(filled_url)
    assert "Our company · Q1 2017 · as of 11 Apr 2017" in [caption.value for caption in app.caption]
