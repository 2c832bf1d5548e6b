"""How long a planner waits while dragging: the odds of 500 reps, what they hang on, and a scenario of twelve levers."""

from dataclasses import replace

import numpy as np
import pandas as pd

from spm.planning.odds.crew import Assumptions
from spm.planning.odds.simulation import odds
from spm.planning.odds.tornado import tornado
from spm.planning.scenarios.contributions import contributions
from spm.planning.scenarios.outlook import outlook_of
from spm.planning.scenarios.scenario import Scenario, outcome
from tests.bench.conftest import Measure
from tests.planning.crews import large
from tests.planning.outlooks import EACH_KIND, cells

REPS_COUNT, RUNS_COUNT = 500, 10_000
TARGET_CENTS, ASSUMED = 3_900_000_00, Assumptions(0.2, 0.12, 1.0)


def test_odds(measure: Measure) -> None:
    crew = large(REPS_COUNT)
    measured = measure(
        "odds of 500 reps in 10,000 runs, against as many numbers drawn",
        lambda: odds(crew, TARGET_CENTS, ASSUMED, runs_count=RUNS_COUNT),
        lambda: np.random.default_rng(0).standard_normal((RUNS_COUNT, REPS_COUNT), dtype=np.float32),
        10,
    )
    assert measured.ours_seconds > 0


def test_what_the_odds_hang_on(measure: Measure) -> None:
    crew = large(REPS_COUNT)
    found = odds(crew, TARGET_CENTS, ASSUMED)
    assert len(tornado(crew, found)) == 5
    measured = measure(
        "what moves these odds, five assumptions at both ends, against the odds",
        lambda: tornado(crew, found),
        lambda: odds(crew, TARGET_CENTS, ASSUMED),
        10,
    )
    assert measured.ours_seconds > 0


def test_what_each_lever_brings(measure: Measure) -> None:
    teams = pd.concat([cells().query("unit == 'North'").assign(unit=f"Team {at}") for at in range(10)])
    levers = tuple(replace(lever, unit="Team 1" if lever.unit else None) for lever in EACH_KIND[2:])
    outlook, scenario = outlook_of(teams), Scenario("plan", levers)
    measured = measure(
        "what each of twelve levers brings on ten teams, against the scenario as often as there are sets of them",
        lambda: contributions(outlook, scenario),
        lambda: [outcome(outlook, scenario) for _ in range(2 ** len(levers))],
        1,
    )
    assert measured.ours_seconds > 0
