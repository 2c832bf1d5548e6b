"""Funnels against peers, by hand: the step to mend and what that would bring."""

import pytest

from spm.coaching.funnel import bottleneck, steps

OWN = {"Leads": 100.0, "Opportunities": 40.0, "Won": 8.0}
PEERS: dict[str, float | None] = {"Leads": 1000.0, "Opportunities": 500.0, "Won": 125.0}


def test_rates_of_own_and_peers() -> None:
    stages = steps(OWN, PEERS)
    assert stages["conversion_rate"].tolist() == [None, 0.4, 0.2]
    assert stages["peers_rate"].tolist() == [None, 0.5, 0.25]


def test_the_bottleneck_is_the_step_that_brings_most() -> None:
    # Both steps are a fifth below the peers'; leads to opportunities comes first, and is the surer one.
    found = bottleneck(steps(OWN, PEERS), 8_000_00)
    assert found is not None
    assert found.step == "Leads to opportunities"
    assert found.gain_cents == pytest.approx(2_000_00)
    assert found.probability > 0.95
    assert found.is_likely


def test_few_cases_are_no_weakness() -> None:
    found = bottleneck(steps({"Opportunities": 4.0, "Won": 1.0}, {"Opportunities": 100.0, "Won": 40.0}), 1_000_00)
    assert found is not None
    assert not found.is_likely


@pytest.mark.parametrize(
    ("own", "peers"),
    [
        (OWN, {}),
        ({"Leads": 100.0, "Opportunities": 90.0, "Won": 80.0}, PEERS),
        ({"Leads": None, "Opportunities": None, "Won": 3.0}, PEERS),
        ({"Leads": 10.0, "Opportunities": 30.0, "Won": 9.0}, PEERS),  # more came than the stage before had
    ],
)
def test_no_step_below_the_peers(own: dict[str, float | None], peers: dict[str, float | None]) -> None:
    assert bottleneck(steps(own, peers), 1_000_00) is None
