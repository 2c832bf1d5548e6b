"""How sure a rate is: by hand, against a simulation, and over all rates and sizes that occur."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom

from spm.benchmarks.rates import Interval, Rate, interval, probability_better, verdict

counts = st.integers(1, 300).flatmap(lambda trials: st.tuples(st.integers(0, trials), st.just(trials)))


def test_wilson_by_hand() -> None:
    # 9 of 20 at z = 1.6449: (0.45 + 0.0676) ÷ 1.1353 = 0.4560; reach 1.6449 × √(0.012375 + 0.001691) ÷ 1.1353 = 0.1718
    found = interval(Rate(9, 20))
    assert found is not None
    assert (found.low, found.high) == pytest.approx((0.2841, 0.6278), abs=1e-4)


def test_no_trials_no_interval() -> None:
    assert interval(Rate(0, 0)) is None
    assert Rate(0, 0).share is None


@given(counts)
def test_an_interval_holds_its_rate_and_stays_within_0_and_1(count: tuple[int, int]) -> None:
    rate = Rate(*count)
    found = interval(rate)
    assert found is not None
    assert 0 <= found.low <= (rate.share or 0) + 1e-12
    assert (rate.share or 0) - 1e-12 <= found.high <= 1


@pytest.mark.parametrize("trials", [10, 11, 15, 20, 24, 31, 50, 100, 400])
def test_intervals_cover_within_two_points_and_nowhere_under_80_percent(trials: int) -> None:
    """Exactly, from the binomial distribution, over rates from 5 to 60 %."""
    hits = np.arange(trials + 1)
    ends = [interval(Rate(int(one), trials)) or Interval(0, 0) for one in hits]
    low, high = np.array([end.low for end in ends]), np.array([end.high for end in ends])
    rates = np.linspace(0.05, 0.60, 551)
    covers = [binom.pmf(hits, trials, rate)[(low <= rate) & (rate <= high)].sum() for rate in rates]
    assert np.mean(covers) == pytest.approx(0.90, abs=0.02)
    assert min(covers) >= 0.80


def test_6_of_20_against_9_of_20_is_too_early_to_tell() -> None:
    said = verdict(Rate(9, 20), Rate(6, 20))
    assert said.probability == pytest.approx(0.83, abs=0.005)
    assert said.words == "too early to tell: 9 of 20 against 6 of 20"
    assert not said.is_sure


@pytest.mark.parametrize(
    ("rate", "other", "words"),
    [
        (Rate(90, 200), Rate(60, 200), "higher: 90 of 200 against 60 of 200"),
        (Rate(60, 200), Rate(90, 200), "lower: 60 of 200 against 90 of 200"),
        (Rate(0, 0), Rate(0, 0), "too early to tell: 0 of 0 against 0 of 0"),
        (Rate(2.5, 5), Rate(2, 5), "too early to tell: 2.5 of 5 against 2 of 5"),
    ],
)
def test_what_a_coach_is_told(rate: Rate, other: Rate, words: str) -> None:
    assert verdict(rate, other).words == words


def test_probability_better_is_that_of_draws() -> None:
    random = np.random.default_rng(7)
    drawn = (random.beta(10, 12, 400_000) > random.beta(7, 15, 400_000)).mean()
    assert probability_better(Rate(9, 20), Rate(6, 20)) == pytest.approx(drawn, abs=0.003)


@given(counts, counts)
def test_one_of_two_is_better(first: tuple[int, int], second: tuple[int, int]) -> None:
    there, back = probability_better(Rate(*first), Rate(*second)), probability_better(Rate(*second), Rate(*first))
    assert there + back == pytest.approx(1, abs=1e-5)
