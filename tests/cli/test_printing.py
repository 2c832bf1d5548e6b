"""One value in a line of text, the same from every command."""

import pytest

from spm.cli.printing import said


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "missing"),
        (67_890.0, "67890"),
        (1 / 3, "0.3333"),
        (0.0, "0"),
        (12, "12"),
        ("covered", "covered"),
        ({"low": 1.5, "high": None}, "low 1.5, high missing"),
        ([0.25, 2], "0.25 2"),
    ],
)
def test_a_value_as_a_line_says_it(value: object, text: str) -> None:
    assert said(value) == text
