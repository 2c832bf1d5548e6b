"""`spm projection`, `spm backtest` and `spm forecast`."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from spm.cli import main
from tests.forecast.companies import TODAY, three_years

Runs = Callable[..., tuple[int, Any, str]]


@pytest.fixture(scope="module")
def database_url(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("cli")
    three_years(folder).close()
    return f"sqlite:///{folder / 'spm.db'}"


@pytest.fixture
def spm(database_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Runs:
    """Runs a command over the company of three years; returns code, output and errors, JSON read."""
    monkeypatch.setenv("SPM_DATABASE_URL", database_url)

    def run(*arguments: str) -> tuple[int, Any, str]:
        code = main(arguments)
        printed = capsys.readouterr()
        return code, json.loads(printed.out) if "--json" in arguments else printed.out, printed.err

    return run


STANDING = ("--today", str(TODAY))


def test_one_object_a_group_and_period(spm: Runs) -> None:
    code, rows, _ = spm("projection", "bookings", "--by", "team", "--horizon", "3", "--json", *STANDING)
    assert code == 0
    assert [(row["team"], row["period"]) for row in rows] == [
        (team, period) for team in ("North", "South") for period in ("2026-11", "2026-12", "2027-01")
    ]
    assert list(rows[0]) == ["team", "metric", "period", "value", "low_80", "high_80", "low_95", "high_95", "model"]
    assert all(row["low_95"] <= row["low_80"] <= row["value"] <= row["high_80"] <= row["high_95"] for row in rows)


def test_reps_teams_and_the_company_agree_to_the_cent(spm: Runs) -> None:
    ask = ("--horizon", "2", "--json", *STANDING)
    whole = spm("projection", "bookings", *ask)[1]
    for by in ("rep", "team", "product", "company"):
        parts = spm("projection", "bookings", "--by", by, *ask)[1]
        for row in whole:
            cents = sum(round(part["value"] * 100) for part in parts if part["period"] == row["period"])
            assert cents == round(row["value"] * 100)


def test_a_grain_is_what_the_periods_are(spm: Runs) -> None:
    rows = spm("projection", "win_rate", "--by", "quarter", "--horizon", "2", "--json", *STANDING)[1]
    assert [(row["quarter"], row["period"]) for row in rows] == [("2026-Q4", "2026-Q4"), ("2027-Q1", "2027-Q1")]
    assert all(0 <= row["low_95"] <= row["value"] <= row["high_95"] <= 1 for row in rows)


def test_only_a_part_of_the_company(spm: Runs) -> None:
    rows = spm("projection", "bookings", "--by", "rep", "--where", "team=north", "--horizon", "1", "--json", *STANDING)[
        1
    ]
    assert [row["rep"] for row in rows] == ["Ana Ruiz", "Bo Li"]


def test_the_back_test_says_how_far_off_it_was(spm: Runs) -> None:
    code, rows, _ = spm("backtest", "bookings", "--by", "team", "--json", *STANDING)
    assert code == 0
    assert [row["team"] for row in rows] == ["North", "South"]
    assert list(rows[0]) == ["team", "metric", "model", "wape", "mase", "coverage_80", "coverage_95", "value_added"]
    assert 0 < rows[0]["wape"] < 0.5
    printed = spm("backtest", "bookings", *STANDING)[1]
    assert "off by" in printed


def test_fewer_periods_are_the_first_of_the_usual_ones(spm: Runs) -> None:
    usual = spm("projection", "bookings", "--json", *STANDING)[1]
    assert spm("projection", "bookings", "--horizon", "2", "--json", *STANDING)[1] == usual[:2]
    assert len(spm("projection", "bookings", "--horizon", "14", "--json", *STANDING)[1]) == 14


def test_the_back_test_of_a_ratio_says_that_it_is_of_the_ratio_by_itself(spm: Runs) -> None:
    (row,) = spm("backtest", "win_rate", "--json", *STANDING)[1]
    assert row["measured_on"] == "the ratio by itself"
    assert "Both sides of won ÷ (won + lost)" in spm("backtest", "win_rate", *STANDING)[1]
    (ahead,) = spm("projection", "win_rate", "--horizon", "1", "--json", *STANDING)[1]
    assert ahead["model"] == "divided"


def test_in_words(spm: Runs) -> None:
    lines = spm("projection", "bookings", "--horizon", "2", *STANDING)[1].splitlines()
    assert [line.split("\t")[0] for line in lines] == ["2026-11", "2026-12"]
    assert all("80 %: " in line and "95 %: " in line for line in lines)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("projection", "open_pipeline"), "can't be projected"),
        (("projection", "bookings", "--by", "day"), "week, month, quarter and year"),
        (("backtest", "bookings", "--by", "colour"), "colour"),
    ],
)
def test_what_cannot_be_projected_is_refused_with_a_sentence(
    spm: Runs, arguments: tuple[str, ...], sentence: str
) -> None:
    code, _, errors = spm(*arguments)
    assert code == 1
    assert sentence in errors


def test_an_empty_store_has_nothing_to_project(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    database = ("--database", f"sqlite:///{tmp_path / 'none.db'}")
    for command, empty in (("projection", "Nothing to project"), ("backtest", "Nothing to hold back")):
        assert main([command, "bookings", *database]) == 0
        assert empty in capsys.readouterr().out
    assert main(["projection", "bookings", "--json", *database]) == 0
    assert json.loads(capsys.readouterr().out) == []


def test_the_forecast_is_made_once(spm: Runs) -> None:
    made = spm("forecast", "--json")[1]["run"]
    assert isinstance(made, int)
    assert spm("forecast", "--json")[1] == {"run": None}
