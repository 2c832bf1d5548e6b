"""Funnels against peers, by hand: the step to mend and what that would bring."""

import pytest

from spm.coaching.funnel import NO_COUNTS, Counts, bottleneck, steps

OWN = Counts({"Leads": 100.0, "Opportunities": 40.0, "Won": 8.0}, closed=32.0)
PEERS = Counts({"Leads": 1000.0, "Opportunities": 500.0, "Won": 125.0}, closed=400.0)


def test_rates_of_own_and_peers() -> None:
    stages = steps(OWN, PEERS)
    assert stages["conversion_rate"].tolist() == [None, 0.4, 0.25]  # 8 of the 32 that closed, whenever they were opened
    assert stages["peers_rate"].tolist() == [None, 0.5, 0.3125]


def test_the_bottleneck_is_the_step_that_brings_most() -> None:
    # Both steps are a fifth below the peers'; leads to opportunities comes first, and is the surer one.
    found = bottleneck(steps(OWN, PEERS), 8_000_00)
    assert found is not None
    assert found.step == "Leads to opportunities"
    assert found.gain_cents == pytest.approx(2_000_00)
    assert found.probability > 0.95
    assert found.is_likely


def test_few_cases_are_no_weakness() -> None:
    found = bottleneck(steps(Counts({"Opportunities": 9.0, "Won": 1.0}, 4.0), Counts({"Opportunities": 9.0, "Won": 40.0}, 100.0)),
                       1_000_00)  # fmt: skip
    assert found is not None
    assert (found.step, found.rate, found.peers_rate) == ("Win rate", 0.25, 0.4)
    assert found.gain_cents == pytest.approx(600_00)
    assert not found.is_likely


def test_what_is_won_is_not_held_against_what_was_opened() -> None:
    stages = steps(Counts({"Opportunities": 10.0, "Won": 12.0}, 20.0))
    assert stages["conversion_rate"].tolist() == [None, 0.6]
    assert steps(Counts({"Opportunities": 10.0, "Won": 2.0}, None))["conversion_rate"].tolist() == [None, None]


@pytest.mark.parametrize(
    ("own", "peers"),
    [
        (OWN, NO_COUNTS),
        (Counts({"Leads": 100.0, "Opportunities": 90.0, "Won": 80.0}, 90.0), PEERS),
        (Counts({"Leads": None, "Opportunities": None, "Won": 3.0}, 90.0), PEERS),
        (
            Counts({"Leads": 10.0, "Opportunities": 30.0, "Won": 9.0}, 12.0),
            PEERS,
        ),  # more came than the stage before had
    ],
)
def test_no_step_below_the_peers(own: Counts, peers: Counts) -> None:
    assert bottleneck(steps(own, peers), 1_000_00) is None
