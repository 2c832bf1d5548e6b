"""The command line: what it prints and the code it ends with, on a small company."""

import json
from datetime import date
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest

from spm.cli import main

DEALS = """
    Deal id,Owner,Stage,Amount,Created on,Closed on,Region
    1,Ana,Won,1000.50,2024-01-05,2024-02-01,North
    2,Ben,Won,500,2024-01-06,2024-03-31,South
    3,Ben,Lost,70,2024-01-07,2024-03-01,South
"""
Runs = Any


@pytest.fixture
def spm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Runs:
    """Runs a command in a folder of its own; returns code, output and errors, JSON read."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SPM_DATABASE_URL", f"sqlite:///{tmp_path / 'spm.db'}")

    def run(*arguments: str) -> tuple[int, Any, str]:
        code = main(arguments)
        printed = capsys.readouterr()
        return code, json.loads(printed.out) if "--json" in arguments else printed.out, printed.err

    return run


def sheet(name: str, text: str) -> str:
    Path(name).write_text(dedent(text).strip(), encoding="utf-8")
    return name


def test_from_a_sheet_to_a_value_and_back(spm: Runs) -> None:
    code, imported, _ = spm("import", sheet("deals.csv", DEALS), "--json")
    assert code == 0
    assert [(one["layout"], one["new"], one["refused"]) for one in imported["sheets"]] == [("deals", 3, 0)]
    assert spm("value", "bookings", "--json")[1] == [{"metric": "bookings", "value": 1500.5}]
    assert spm("value", "win_rate", "--by", "rep", "--period", "2024-03-01..2024-03-31", "--json")[1] == [
        {"rep": "Ana", "metric": "win_rate", "value": None, "numerator": 0, "denominator": 0},
        {"rep": "Ben", "metric": "win_rate", "value": 0.5, "numerator": 1, "denominator": 2},
    ]
    assert spm("value", "bookings", "--by", "region", "--by", "month", "--where", "rep=ana", "--json")[1] == [
        {"region": "North", "month": "2024-02", "metric": "bookings", "value": 1000.5}
    ]
    again, nothing, _ = spm("import", "deals.csv")
    assert (again, nothing.splitlines()[-1]) == (0, "Nothing to change: the store has all of this already.")
    assert spm("undo", str(imported["batch"]))[0] == 0
    assert spm("value", "bookings", "--json")[1] == [{"metric": "bookings", "value": None}]


def test_a_dry_run_changes_nothing(spm: Runs) -> None:
    code, printed, _ = spm("import", sheet("deals.csv", DEALS), "--dry-run")
    assert (code, printed.splitlines()[-1]) == (0, "Nothing was imported: this was a dry run.")
    assert spm("imports", "--json")[1] == []


def test_a_dry_run_says_what_moves(spm: Runs) -> None:
    spm("import", sheet("deals.csv", DEALS))
    more = sheet("more.csv", DEALS.replace("Ben,Won,500", "Ana,Won,700").replace("Ben,Lost", "Ben,Won"))
    printed = spm("import", more, "--dry-run")[1]
    assert "moves Bookings: $1,500.50 → $1,770.50 (+$270), of 2 people in 1 month" in printed.splitlines()
    told = spm("import", more, "--dry-run", "--json")[1]["moves"]
    assert (told["first_day"], told["last_day"]) == ("2024-01-01", "2024-03-31")
    assert {"metric": "bookings", "before": 150_050, "after": 177_050} in told["in_all"]
    assert {"metric": "bookings", "rep": "Ana", "before": 100_050, "after": 170_050} in told["by_rep"]
    assert {"metric": "bookings", "month": "2024-03", "before": 50_000, "after": 77_000} in told["by_month"]


def test_answers_are_of_all_files_or_of_one(spm: Runs) -> None:
    rows = "\n".join(f"{at},Ana,Won,10,0{at}/02/2024,0{at}/03/2024" for at in range(1, 8))
    header = "Deal id,Owner,Stage,Amount,Created on,Closed on\n"
    first, second = sheet("first.csv", header + rows), sheet("second.csv", header + rows.replace(",Ana", "0,Ana"))
    asked = ("import", first, second, "--json", "--dry-run")
    assert spm(*asked)[0] == 2
    code, told, _ = spm(*asked, "--day-order", "dmy", "--day-order", f"{second}=mdy")
    assert code == 0
    assert [one["first_day"] for one in told["sheets"]] == ["2024-02-01", "2024-01-02"]
    code, told, _ = spm(*asked, "--day-order", "dmy", "--layout", f"{second}=left out")
    assert code == 0
    assert [one["layout"] for one in told["sheets"]] == ["deals", None]
    asked = ("import", first, second, "--dry-run")
    code, _, errors = spm(*asked, "--layout", "third.csv=deals")
    assert (code, errors.startswith("--layout third.csv=deals: there is no file third.csv among these.")) == (1, True)
    code, _, errors = spm(*asked, "--sheet", "Deals")
    assert (code, errors.startswith("No file has a sheet “Deals”.")) == (1, True)


def test_files_of_the_same_name_are_told_apart(spm: Runs) -> None:
    for folder, rep in (("east", "Ana"), ("west", "Ben")):
        Path(folder).mkdir()
        sheet(
            f"{folder}/deals.csv",
            f"Deal id,Owner,Stage,Amount,Created on,Closed on\n{rep},{rep},Won,10,2024-01-05,2024-02-01",
        )
    told = spm("import", "east", "west", "--layout", "again deals.csv=left out", "--json")[1]
    assert [(one["file"], one["new"]) for one in told["sheets"]] == [("deals.csv", 1), ("again deals.csv", 0)]


def test_a_sheet_speaks_for_the_days_that_someone_says(spm: Runs) -> None:
    calls = sheet("calls.csv", "Activity type,Date,Assigned to\nCall,2024-02-10,Ana\nCall,2024-02-12,Ana")
    assert spm("import", calls, "--covers", "2024-01..2024-03")[0] == 1
    assert spm("import", calls, "--covers", "2024-01-01..2024-03-31")[0] == 0
    assert [row["value"] for row in spm("value", "calls", "--by", "month", "--json")[1]] == [0, 2, 0]
    code, printed, _ = spm("import", calls)
    assert (code, printed.splitlines()[-1]) == (0, "Nothing to change: the store has all of this already.")


def test_refused_rows_are_listed_and_the_others_land(spm: Runs) -> None:
    code, printed, _ = spm("import", sheet("deals.csv", DEALS + "    4,Ben,Won,9,2024-01-07,soon,South\n"))
    assert code == 3
    assert all(words in printed for words in ("3 new", "1 refused", "row 5", "soon"))
    assert spm("value", "won_deals", "--json")[1][0]["value"] == 2


def test_the_year_of_quotas_is_said_by_a_flag_and_asked_again(spm: Runs) -> None:
    file = sheet("quotas.csv", "Rep,H1,H2\nAna,100,200\n")
    code, printed, _ = spm("import", file)
    assert (code, "--year YEAR" in printed) == (2, True)
    assert spm("import", file, "--year", "2024", "--json")[1]["sheets"][0]["new"] == 2
    assert spm("import", file)[0] == 2
    assert spm("import", file, "--year", "24")[2].startswith("“24” is no year.")


def test_what_would_distort_values_stops_and_names_the_flag(spm: Runs) -> None:
    rows = "\n".join(f"{at},Ana,Won,10,0{at}/02/2024,0{at}/03/2024" for at in range(1, 8))
    file = sheet("deals.csv", "Deal id,Owner,Stage,Amount,Created on,Closed on\n" + rows)
    code, printed, _ = spm("import", file)
    assert code == 2
    assert "--day-order" in printed
    assert spm("import", file, "--day-order", "dmy")[0] == 0
    assert spm("value", "won_deals", "--period", "2024-03", "--json")[1][0]["value"] == 7


def test_nothing_readable(spm: Runs) -> None:
    code, printed, _ = spm("import", sheet("notes.csv", "Just,some\nwords,here"))
    assert code == 1
    assert "Nothing could be read" in printed


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("import", "nowhere.csv"), "There is no file nowhere.csv."),
        (("value", "winrate"), "Did you mean win_rate"),
        (("value", "bookings", "--period", "spring"), "“spring” is no period."),
        (("undo", "7"), "There is no batch 7."),
        (("scorecard", "Nobody"), "Nobody is called “Nobody”."),
    ],
)
def test_a_wrong_word_gets_a_sentence(spm: Runs, arguments: tuple[str, ...], sentence: str) -> None:
    code, _, errors = spm(*arguments)
    assert code == 1
    assert sentence in errors


def test_a_column_can_be_mapped_by_hand_and_is_remembered(spm: Runs) -> None:
    first = """
        Nr,Who,How far,Worth,Begun,Done
        1,Ana,Won,10,2024-01-05,2024-02-01
    """
    mapping = {
        "Nr": "key",
        "Who": "owner",
        "How far": "stage",
        "Worth": "amount",
        "Begun": "created_on",
        "Done": "closed_on",
    }
    flags = [part for theirs, ours in mapping.items() for part in ("--map", f"{theirs}={ours}")]
    assert spm("import", sheet("one.csv", first), "--layout", "deals", *flags)[0] == 0
    code, imported, _ = spm("import", sheet("two.csv", first.replace("1,Ana", "2,Ben")), "--json")
    assert (code, imported["sheets"][0]["layout"], imported["sheets"][0]["new"]) == (0, "deals", 1)
    assert spm("value", "bookings", "--by", "rep", "--json")[1] == [
        {"rep": "Ana", "metric": "bookings", "value": 10.0}, {"rep": "Ben", "metric": "bookings", "value": 10.0},
    ]  # fmt: skip


def test_the_sample_company_has_a_scorecard_for_each_of_its_people(spm: Runs) -> None:
    assert spm("sample", "--reps", "6", "--months", "8", "--seed", "3")[0] == 0
    assert (
        spm("sample", "--reps", "6", "--months", "8", "--seed", "3")[1].splitlines()[-1].startswith("Nothing to change")
    )
    reps = [row["rep"] for row in spm("value", "bookings", "--by", "rep", "--json")[1]]
    assert len(reps) >= 6
    card = spm("scorecard", reps[0], "--period", str(date.today().year), "--json")[1]
    assert card["rep"] == reps[0]
    assert {"metric", "weight", "standing"} <= card["items"][0].keys()


def test_every_metric_is_listed_with_its_meaning(spm: Runs) -> None:
    metrics = {row["metric"]: row for row in spm("metrics", "--json")[1]}
    asked = """bookings won_deals lost_deals win_rate win_rate_by_value average_deal_size sales_cycle opportunities_opened
        open_pipeline pipeline_coverage leads qualified_leads lead_to_opportunity_ratio calls emails meetings demos quota
        attainment"""
    assert set(asked.split()) <= metrics.keys()
    assert all(row["meaning"] for row in metrics.values())
