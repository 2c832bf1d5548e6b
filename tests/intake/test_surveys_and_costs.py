"""Surveys on every scale become shares from 0 to 1; costs become facts in the company's currency."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from spm.intake.recognising.recognise import recognise
from spm.store.tables import Cost, Survey
from tests.companies import empty_store, imported
from tests.intake.tables import checked, column, table

SURVEYS = "Response id,Response date,Rep,Account,CSAT score"
COSTS = "Date,Category,Amount,Rep,Segment"


def surveyed(*scores: Any, header: str = "Date,Score") -> list[float]:
    return column(checked(table(header, *[("2026-03-01", *s) if isinstance(s, tuple) else ("2026-03-01", s) for s in scores]),
                          "surveys"), "share")  # fmt: skip


@pytest.mark.parametrize(
    ("scores", "shares"),
    [
        ((1, 3, 5), [0.0, 0.5, 1.0]),  # stars
        ((0, 7, 10), [0.0, 0.7, 1.0]),  # would you recommend us
        ((0, 50, 100), [0.0, 0.5, 1.0]),
        ((0.2, 1), [0.2, 1.0]),
        (("4/5", "3 of 5", "80 %"), [0.75, 0.5, 0.8]),
        (("very satisfied", "Neutral", "Very dissatisfied"), [1.0, 0.5, 0.0]),
    ],
)
def test_every_scale_is_a_share(scores: tuple[Any, ...], shares: list[float]) -> None:
    assert surveyed(*scores) == shares


def test_a_column_may_say_how_many_there_are() -> None:
    assert surveyed((3, 5), (3, 10), header="Date,Score,Out of") == [0.5, 0.3]


def test_what_is_no_score_is_refused() -> None:
    sheet = checked(table("Date,Score", ("2026-03-01", 4), ("2026-03-01", "soon"), ("2026-03-01", "7/5")), "surveys")
    assert sheet.refused == (3, 4)


def test_both_are_recognised() -> None:
    survey = recognise(table(SURVEYS, ("S1", "2026-03-01", "Ana", "Acme", 4)), "csat.csv")
    cost = recognise(table(COSTS, ("2026-03-01", "Marketing", 100, "Ana", "SMB")), "costs.csv")
    assert (survey.layout, cost.layout) == ("surveys", "costs")


@pytest.mark.parametrize("spent_on", ["Segment", "Campaign", "Lead source"])
def test_costs_are_known_by_what_they_were_spent_on(spent_on: str) -> None:
    assert (
        recognise(table(f"Month,{spent_on},Spend", ("2026-03", "Fair", 100)), "marketing spend.csv").layout == "costs"
    )


def test_they_become_facts(tmp_path: Path) -> None:
    store = empty_store(tmp_path)
    surveys = f"{SURVEYS}\nS1,2026-03-01,Ana,Acme,4\nS2,2026-03-02,Ana,Bond,5"
    costs = f"{COSTS}\n2026-03-01,Marketing,100.50,Ana,SMB\n2026-03-01,Sales,20,,SMB"
    imported(store, {"csat.csv": surveys, "costs.csv": costs})
    with store.reading() as connection:
        assert connection.execute(select(Survey.key, Survey.score, Survey.stated)).all() == [
            ("S1", 0.75, "4"),
            ("S2", 1.0, "5"),
        ]
        assert connection.execute(select(Cost.category, Cost.amount_cents, Cost.source, Cost.attributes)).all() == [
            ("Marketing", 10_050, None, {"Segment": "SMB"}), ("Sales", 2_000, None, {"Segment": "SMB"}),
        ]  # fmt: skip
    assert imported(store, {"csat.csv": surveys, "costs.csv": costs}).batch is None
