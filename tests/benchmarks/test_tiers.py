"""Tiers in place of ranks: simulations with a seed say how often they are wrong, and how often they find what is there."""

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
import pytest

from spm.benchmarks import alike
from spm.benchmarks.estimates import Estimate, Sizes, of_average, of_count, of_rate, sizes_from
from spm.benchmarks.rates import Rate
from spm.benchmarks.tiers import tiers

RUNS = 300


@pytest.fixture
def few_draws(monkeypatch: pytest.MonkeyPatch) -> None:
    """The rule holds with any number of draws; with few of them its simulation takes a tenth of the time."""
    monkeypatch.setattr(alike, "MOST_DRAWS", 199)


def one_tier_share(several: Iterable[Sequence[Estimate | None]]) -> float:
    return float(np.mean([set(tiers(one)) == {1} for one in several]))


def identical_reps(
    reps_count: int, trials: int | np.ndarray, rate: float, runs: int
) -> Iterator[list[Estimate | None]]:
    of_each = np.broadcast_to(trials, reps_count)
    for hits in np.random.default_rng(20).binomial(of_each, rate, (runs, reps_count)):
        yield [of_rate(Rate(int(won), int(closed))) for won, closed in zip(hits, of_each, strict=True)]


def test_twenty_identical_reps_are_one_tier_in_nine_of_ten_runs() -> None:
    assert one_tier_share(identical_reps(20, 24, 0.25, RUNS)) >= 0.90


def test_forty_identical_reps_of_forty_deals_too(few_draws: None) -> None:
    """Tukey's range test on the arcsine's scale came to 0.874 here: its normal tails are too short for 15 % of 40."""
    assert one_tier_share(identical_reps(40, 40, 0.15, RUNS)) >= 0.90


@pytest.mark.parametrize("rate", [0.05, 0.15, 0.30, 0.60])
@pytest.mark.parametrize(("reps_count", "runs"), [(8, 300), (40, 300), (200, 80)])
@pytest.mark.parametrize("trials", [10, 40, 400])
def test_identical_reps_whatever_their_number_their_deals_and_their_rate(
    reps_count: int, runs: int, trials: int, rate: float, few_draws: None
) -> None:
    assert one_tier_share(identical_reps(reps_count, trials, rate, runs)) >= 0.90


@pytest.mark.parametrize("rate", [0.05, 0.30, 0.60])
@pytest.mark.parametrize("reps_count", [8, 40])
def test_identical_reps_with_few_deals_and_with_many(reps_count: int, rate: float, few_draws: None) -> None:
    trials = np.random.default_rng(2).integers(3, 80, reps_count)
    assert one_tier_share(identical_reps(reps_count, trials, rate, RUNS)) >= 0.90


def test_luck_alone_spreads_identical_reps_from_10_to_42_percent() -> None:
    hits = np.random.default_rng(20).binomial(24, 0.25, (1_000, 20)) / 24
    assert np.median(hits.min(axis=1)) == pytest.approx(0.10, abs=0.03)
    assert np.median(hits.max(axis=1)) == pytest.approx(0.42, abs=0.03)


def found_share(trials: int) -> float:
    """How often the one rep of 60 % among nine of 30 % is alone in the first tier."""
    random = np.random.default_rng(3)
    rates = np.array([0.6] + [0.3] * 9)
    runs = [tiers([of_rate(Rate(int(one), trials)) for one in random.binomial(trials, rates)]) for _ in range(RUNS)]
    return float(np.mean([run[0] == 1 and run.count(1) == 1 for run in runs]))


def test_a_planted_difference_is_found_when_the_sample_allows_it(few_draws: None) -> None:
    # The limit for ten is some 4.2 standard errors of one rep, which are 1 ÷ √(4 × 200) = 0.035: the gap between 60 and 30 %
    # is 0.306 on the arcsine's scale. With 200 deals it is found nearly always, with 20 hardly ever.
    assert found_share(200) >= 0.95
    assert found_share(100) == pytest.approx(0.55, abs=0.1)
    assert found_share(20) <= 0.05


def test_identical_counts(few_draws: None) -> None:
    counts = np.random.default_rng(5).poisson(12, (RUNS, 15))
    assert one_tier_share([of_count(int(one)) for one in run] for run in counts) >= 0.90


def sizes(cases: np.ndarray) -> Sizes | None:
    return sizes_from(len(cases), float(cases.sum()), float((cases**2).sum()))


def own_deals(counts: np.ndarray, variation: float, random: np.random.Generator) -> list[np.ndarray]:
    """So many amounts of each, lognormal: most are small, a few large."""
    spread = np.log1p(variation**2)
    return [random.lognormal(10, np.sqrt(spread), count) for count in counts]


@pytest.mark.parametrize(("reps_count", "deals"), [(12, 30), (40, 12), (150, 5)])
@pytest.mark.parametrize("variation", [0.5, 1.0])
def test_identical_amounts_and_averages(reps_count: int, deals: int, variation: float, few_draws: None) -> None:
    random = np.random.default_rng(6)
    amounts, averages = [], []
    for _ in range(100):
        own = own_deals(random.poisson(deals, reps_count), variation, random)
        known = sizes(np.concatenate(own))
        assert known is not None
        amounts.append([of_count(one.sum() / known.typical, 1.0, known.variation) for one in own])
        averages.append([of_average(one.mean(), len(one), known.variation) for one in own if len(one)])
    assert one_tier_share(amounts) >= 0.88  # not exact: of the sizes of deals only the variation is known
    assert one_tier_share(averages) >= 0.90


def test_twice_the_deals_are_twice_the_bookings_and_found(few_draws: None) -> None:
    random = np.random.default_rng(7)
    found = 0
    for _ in range(100):
        own = own_deals(random.poisson([200] + [60] * 9), 0.7, random)
        known = sizes(np.concatenate(own))
        assert known is not None
        run = tiers([of_count(one.sum() / known.typical, 1.0, known.variation) for one in own])
        found += run[0] == 1 and run.count(1) == 1
    assert found >= 90


def test_tiers_go_down_from_the_best_and_leave_out_whoever_has_nothing() -> None:
    far, near, low = (of_rate(Rate(hits, 1_000)) for hits in (900, 895, 100))
    assert tiers([low, near, None, far]) == [2, 1, None, 1]
    assert tiers([low, near, None, far], higher_is_better=False) == [1, 2, None, 2]
    assert tiers([]) == []
    assert tiers([low]) == [1]


def test_tiers_are_the_same_each_time_and_know_shared_deals() -> None:
    several = [of_rate(Rate(won, closed)) for won, closed in [(3.5, 20.5), (18, 20), (0.2, 0.4), (0, 0)]]
    assert tiers(several) == tiers(several) == [2, 1, 1, None]


def test_estimates_of_nothing() -> None:
    assert of_rate(Rate(0, 0)) is None
    assert of_count(3, exposure=0) is None
    assert of_average(0, 3, 0.5) is None
    assert sizes(np.zeros(20)) is None
    assert sizes(np.full(9, 100.0)) is None  # too few to say how much they vary


def test_an_amount_is_as_uncertain_as_so_many_typical_deals() -> None:
    known = sizes(np.array([100.0, 300.0] * 5))
    assert known is not None
    assert (known.typical, known.variation) == (250, 0.5)  # (1 + 9) ÷ 4 × 100; 100 ÷ 200
