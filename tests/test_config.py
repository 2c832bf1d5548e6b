"""The limits in .streamlit/config.toml: each is an option that Streamlit knows, and gives its reason."""

import tomllib

import pytest
from streamlit import config

from tests.house_rules import CHECKOUT

CONFIG = (CHECKOUT / ".streamlit" / "config.toml").read_text(encoding="utf-8")
LIMITS = ("server", "browser", "client", "runner")
OPTIONS = {f"{part}.{name}": value for part in LIMITS for name, value in tomllib.loads(CONFIG)[part].items()}


@pytest.mark.parametrize("option", OPTIONS)
def test_option_is_one_of_streamlits(option: str) -> None:
    assert option in config.get_config_options()


@pytest.mark.parametrize("option", OPTIONS)
def test_option_gives_its_reason(option: str) -> None:
    (line,) = [line for line in CONFIG.splitlines() if line.startswith(f"{option.split('.')[1]} = ")]
    assert len(line.partition("# ")[2]) > 10


def test_nothing_leaves_this_machine_by_default() -> None:
    assert OPTIONS["server.address"] == "127.0.0.1"
    assert OPTIONS["browser.gatherUsageStats"] is False
    assert OPTIONS["client.showErrorDetails"] == "none"
