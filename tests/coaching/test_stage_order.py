"""The order in which deals go through their stages."""

import pandas as pd
import pytest

from spm.coaching.deals.open_deals import NO_STAGE, by_stage_and_age
from spm.coaching.deals.stage_order import in_order

SALESFORCE = ["Prospecting", "Qualification", "Needs Analysis", "Value Proposition", "Id. Decision Makers",
              "Proposal/Price Quote", "Negotiation/Review"]  # fmt: skip
HUBSPOT = [
    "Appointment Scheduled",
    "Qualified to Buy",
    "Presentation Scheduled",
    "Decision Maker Bought-In",
    "Contract Sent",
]


def of(names: list[str], probabilities: list[float | None], ages: list[float]) -> pd.DataFrame:
    return pd.DataFrame({"probability": probabilities, "age": ages}, index=names, dtype=object)


@pytest.mark.parametrize("names", [SALESFORCE, HUBSPOT, ["Prospecting", "Engaging"], ["Discovery", "Demo", "Proposal"]])
def test_stages_of_a_usual_process_are_known_by_their_names(names: list[str]) -> None:
    oldest_first = [float(-at) for at in range(len(names))]
    assert in_order(of(names[::-1], [None] * len(names), oldest_first)) == names


def test_a_number_goes_before_probabilities_and_these_before_names() -> None:
    numbered = of(["2-Qualify", "10-Close", "1-Develop"], [0.1, 0.2, 0.9], [1, 2, 3])
    assert in_order(numbered) == ["1-Develop", "2-Qualify", "10-Close"]
    assert in_order(of(["Proposal", "Qualification"], [0.1, 0.4], [2, 1])) == ["Proposal", "Qualification"]


def test_what_tells_only_some_of_them_tells_nothing() -> None:
    assert in_order(of(["Phase 2", "Somewhere"], [0.9, None], [1, 2])) == ["Phase 2", "Somewhere"]
    assert in_order(of(["Late", "Soon"], [0.5, 0.5], [2, 1])) == ["Soon", "Late"]  # all alike: the youngest first


def test_open_deals_without_a_stage_come_last() -> None:
    counted = pd.DataFrame(
        [(None, -1, 3, 30, 0, None), ("Proposal", 0, 2, 20, 2, 1.0), ("Demo", 1, 1, 10, 1, 0.25)],
        columns=["stage", "age", "deals", "amount_cents", "rated", "probability"],
    )
    found = by_stage_and_age(counted, (30, 60))
    assert found["stage"].tolist() == ["Demo", "Proposal", NO_STAGE]  # 25 % and 1.0 of two
    assert found["stage_place"].tolist() == [0, 1, 2]
