"""Tiers in place of ranks: simulations with a seed say how often they are wrong, and how often they find what is there."""

import numpy as np
import pytest

from spm.benchmarks.estimates import Estimate, of_average, of_count, of_rate, sizes
from spm.benchmarks.rates import Rate
from spm.benchmarks.tiers import tiers

RUNS = 1_000


def share_of_one_tier(reps_count: int, rate: float, trials: int) -> float:
    random = np.random.default_rng(20)
    hits = random.binomial(trials, rate, (RUNS, reps_count))
    return float(np.mean([max(tiers([of_rate(Rate(int(one), trials)) for one in run])) == 1 for run in hits]))  # type: ignore[type-var]


def test_twenty_identical_reps_are_one_tier_in_nine_of_ten_runs() -> None:
    assert share_of_one_tier(20, 0.25, 24) >= 0.90


@pytest.mark.parametrize(("reps_count", "rate", "trials"), [(5, 0.25, 24), (20, 0.5, 60), (40, 0.15, 40), (8, 0.6, 10)])
def test_identical_reps_of_other_numbers_too(reps_count: int, rate: float, trials: int) -> None:
    assert share_of_one_tier(reps_count, rate, trials) >= 0.87  # an approximation: a little off here and there


def test_luck_alone_spreads_identical_reps_from_10_to_42_percent() -> None:
    hits = np.random.default_rng(20).binomial(24, 0.25, (RUNS, 20)) / 24
    assert np.median(hits.min(axis=1)) == pytest.approx(0.10, abs=0.03)
    assert np.median(hits.max(axis=1)) == pytest.approx(0.42, abs=0.03)


def found_share(trials: int) -> float:
    """How often the one rep of 60 % among nine of 30 % is alone in the first tier."""
    random = np.random.default_rng(3)
    rates = np.array([0.6] + [0.3] * 9)
    runs = [tiers([of_rate(Rate(int(one), trials)) for one in random.binomial(trials, rates)]) for _ in range(RUNS)]
    return float(np.mean([run[0] == 1 and run.count(1) == 1 for run in runs]))


def test_a_planted_difference_is_found_when_the_sample_allows_it() -> None:
    # The limit for ten is 4.13 standard errors of one rep, which are 1 ÷ √(4 × 200) = 0.035: the gap between 60 and 30 %
    # is 0.306 on the arcsine's scale. With 200 deals it is found nearly always, with 20 hardly ever.
    assert found_share(200) >= 0.95
    assert found_share(100) == pytest.approx(0.6, abs=0.1)
    assert found_share(20) <= 0.05


def test_tiers_of_identical_counts_and_averages() -> None:
    random = np.random.default_rng(5)
    of_counts = [max(tiers([of_count(int(one)) for one in random.poisson(12, 15)])) for _ in range(RUNS)]  # type: ignore[type-var]
    assert np.mean(np.array(of_counts) == 1) >= 0.88
    of_averages = []
    for _ in range(300):
        deals = random.lognormal(10, 0.7, (12, 30))
        known = sizes(deals.ravel().tolist())
        assert known is not None
        estimates = [of_average(float(one.mean()), len(one), known.variation) for one in deals]
        of_averages.append(max(tiers(estimates)))  # type: ignore[type-var]
    assert np.mean(np.array(of_averages) == 1) >= 0.88


def test_tiers_go_down_from_the_best_and_leave_out_whoever_has_nothing() -> None:
    far, near, low = Estimate(5.0, 0.1), Estimate(4.9, 0.1), Estimate(1.0, 0.1)
    assert tiers([low, near, None, far]) == [2, 1, None, 1]
    assert tiers([low, near, None, far], higher_is_better=False) == [1, 2, None, 2]
    assert tiers([]) == []
    assert tiers([low]) == [1]


def test_estimates_of_nothing() -> None:
    assert of_rate(Rate(0, 0)) is None
    assert of_count(3, exposure=0) is None
    assert of_average(0, 3, 0.5) is None
    assert sizes([0.0] * 20) is None
    assert sizes([100.0] * 9) is None  # too few to say how much they vary


def test_an_amount_is_as_uncertain_as_so_many_typical_deals() -> None:
    known = sizes([100, 300] * 5)
    assert known is not None
    assert (known.typical, known.variation) == (250, 0.5)  # (1 + 9) ÷ 4 × 100; 100 ÷ 200
