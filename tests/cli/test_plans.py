"""`spm plan`: what it prints adds up, and is what the page works with."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from spm.cli import main
from spm.planning.allocation.quotas import allocation
from spm.planning.allocation.roster import first_draft, plan_of
from spm.planning.baseline.queries import baseline_of
from spm.planning.publishing.actions import save_plan, save_scenario
from spm.planning.scenarios.levers import Market
from spm.planning.scenarios.scenario import Scenario
from spm.store.opening import open_store
from tests.planning import sellers
from tests.planning.sellers import LEADER

DAY = "2026-11-02"


@pytest.fixture
def spm(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    store = sellers.sellers(tmp_path)
    lever = Market(name="more market", starts_on=date(2027, 1, 1), change_share=0.5)
    save_scenario(store, LEADER, Scenario("Boom", (lever,)))
    store.close()

    def run(*arguments: str) -> tuple[int, Any, str]:
        code = main([*arguments, "--database", f"sqlite:///{tmp_path / 'spm.db'}", "--today", DAY])
        printed = capsys.readouterr()
        return code, json.loads(printed.out) if "--json" in arguments and code == 0 else printed.out, printed.err

    return run


def test_show_adds_up(spm: Any) -> None:
    code, said, _ = spm("plan", "show", "Boom", "--json")
    assert code == 0
    assert (said["period"], said["scenario"], said["version"]) == ("2027-Q1", "Boom", None)
    assert said["bookings"] == pytest.approx(1.5 * said["baseline"], abs=0.05)
    assert sum(row["bookings"] for row in said["months"]) == pytest.approx(said["bookings"], abs=0.01)
    assert [row["lever"] for row in said["levers"]] == ["more market"]
    assert said["ranges"].startswith("as wide as usual")  # no forecast is made yet
    assert said["levers"][0]["alone"] == pytest.approx(said["bookings"] - said["baseline"], abs=0.01)


def test_a_lever_on_a_segment_is_said_in_words(
    spm: Any, tmp_path_factory: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path_factory.mktemp("segments")
    store = sellers.sellers(folder, sellers.deals_by_segment())
    lever = Market(name="m", starts_on=date(2027, 2, 1), change_share=0.1, segment=("segment", "Enterprise"))
    save_scenario(store, LEADER, Scenario("Large ones", (lever,)))
    store.close()
    main(["plan", "show", "Large ones", "--json", "--database", f"sqlite:///{folder / 'spm.db'}", "--today", DAY])
    said = json.loads(capsys.readouterr().out)
    (row,) = said["levers"]
    assert row["says"] == "market +10 % in segment Enterprise from Feb 2027"
    assert (row["team"], row["segment"]) == (None, "segment = Enterprise")
    changed = [month["bookings"] / month["baseline"] - 1 for month in said["months"]]
    assert changed[0] == 0
    assert 0 < changed[1] == pytest.approx(changed[2], abs=1e-4)
    assert row["alone"] == pytest.approx(said["bookings"] - said["baseline"], abs=0.01)


def test_the_baseline_needs_no_name(spm: Any) -> None:
    _, said, _ = spm("plan", "show", "--json")
    assert said["scenario"] == "baseline"
    assert said["bookings"] == said["baseline"]
    assert said["levers"] == []


def test_allocate_adds_up_to_the_cent(spm: Any) -> None:
    _, said, _ = spm("plan", "allocate", "--target", "1000000.01", "--over-assignment", "1.1", "--json")
    rows = {row["owner"]: row for row in said["quotas"]}
    assert round(rows["company"]["quota"] * 100) == 110_000_001
    for level in ("team", "person"):
        part = [row for key, row in rows.items() if key.startswith(level)]
        assert sum(round(row["quota"] * 100) for row in part) == 110_000_001
        assert [
            sum(round(month * 100) for month in months) for months in zip(*(row["months"] for row in part), strict=True)
        ] == [round(month * 100) for month in rows["company"]["months"]]


def test_simulate_is_the_same_for_the_same_seed_and_likelier_in_a_boom(spm: Any) -> None:
    again = [spm("plan", "simulate", "--seed", "7", "--runs", "2000", "--json")[1] for _ in range(2)]
    assert again[0] == again[1]
    assert (again[0]["seed"], again[0]["runs"]) == (7, 2000)
    _, boom, _ = spm("plan", "simulate", "Boom", "--seed", "7", "--runs", "2000", "--json")
    assert boom["probability"] > again[0]["probability"]
    assert boom["target"] == again[0]["target"]


@pytest.mark.parametrize("what", ["show", "allocate", "simulate"])
def test_without_json_it_is_lines(spm: Any, what: str) -> None:
    code, said, _ = spm("plan", what, "--period", "2027")
    assert code == 0
    assert said.startswith("period: 2027\nscenario: baseline\n")


def test_an_unknown_scenario_names_the_nearest(spm: Any) -> None:
    code, _, wrong = spm("plan", "show", "Bom")
    assert code != 0
    assert "There is no scenario “Bom”." in wrong
    assert "Boom" in wrong


def test_an_amount_that_is_none_is_said(spm: Any) -> None:
    code, _, wrong = spm("plan", "allocate", "--target", "much")
    assert code != 0
    assert "“much” is no amount." in wrong


def test_show_says_what_the_latest_version_asks_otherwise(spm: Any, tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path / 'spm.db'}")
    scene = sellers.scene(store)
    baseline = baseline_of(scene, scene.standing.company.fiscal_calendar.period("2027-Q1"))
    draft = first_draft(baseline)
    for target_cents in (900_000_00, 950_000_00):
        asked = replace(draft, target_cents=target_cents)
        save_plan(store, LEADER, baseline, asked, allocation(plan_of(baseline, asked)), 0.5, 1)
    store.close()
    _, said, _ = spm("plan", "show", "--json")
    assert (said["version"], said["changes"]) == (2, ["Target: $900,000.00 → $950,000.00"])
    _, printed, _ = spm("plan", "show")
    assert "changes: Target: $900,000.00 → $950,000.00" in printed
