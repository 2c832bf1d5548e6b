"""What is said below Compare's headline of those who surely differ from all their peers."""

from types import SimpleNamespace
from typing import Any

import pytest

from spm.ui.compare import page, shown


def one(name: str, probability: float | None) -> Any:
    peers = SimpleNamespace(probability=probability)
    return SimpleNamespace(subject=SimpleNamespace(label=name), against_peers=peers)


ALONE = SimpleNamespace(subject=SimpleNamespace(label="Di"), against_peers=None)


@pytest.mark.parametrize(
    ("found", "said"),
    [
        ([one("Ana", 0.5), one("Bo", None), ALONE], ""),
        ([one("Ana", 0.97), one("Bo", 0.5)], "Against their peers Ana is better beyond luck."),
        (
            [one("Ana", 0.97), one("Bo", 0.02), one("Cy", 0.01)],
            "Against their peers Ana is better; Bo and Cy are worse beyond luck.",
        ),
    ],
)
def test_who_surely_differs_is_named(found: list[Any], said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shown, "is_judged", lambda _: True)
    assert page._against_peers(found, SimpleNamespace()) == said  # type: ignore[arg-type]
