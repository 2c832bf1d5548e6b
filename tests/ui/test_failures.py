"""What a reader sees of an error is a sentence, and the log has the rest."""

import logging

import pytest
from streamlit.testing.v1 import AppTest


def refused() -> None:
    from spm.errors import Refusal
    from spm.ui.failures import show_failure

    show_failure(Refusal("There is no team “X”.", "Did you mean Y?"))


def broken() -> None:
    from spm.ui.failures import show_failure

    show_failure(ZeroDivisionError("secret detail"))


def test_a_refusal_is_its_sentence_and_hint() -> None:
    (shown,) = AppTest.from_function(refused).run().warning
    assert shown.value == "**There is no team “X”.** Did you mean Y?"


def test_a_bug_is_logged_and_not_shown(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR, "spm"):
        (shown,) = AppTest.from_function(broken).run().error
    assert "secret detail" not in shown.value
    assert "secret detail" in caplog.text
