"""Small samples are drawn towards their role, and come nearer to the truth by it."""

import numpy as np
import pytest

from spm.benchmarks.rates import Rate
from spm.benchmarks.shrinkage import shrunk_averages, shrunk_rates


def test_whoever_has_few_cases_is_drawn_the_further() -> None:
    rates = [Rate(2, 2), Rate(160, 200), Rate(60, 200), Rate(90, 200), Rate(0, 0)]
    few, many, *_, none = shrunk_rates(rates)
    everybody = 312 / 602
    assert few is not None
    assert many is not None
    assert everybody < few < 0.85
    assert many == pytest.approx(0.8, abs=0.02)
    assert none == pytest.approx(everybody)


def test_those_who_do_not_differ_more_than_luck_are_all_alike() -> None:
    shrunk = shrunk_rates([Rate(6, 24), Rate(5, 24), Rate(7, 24), Rate(6, 24)])
    assert shrunk == pytest.approx([0.25] * 4, abs=0.002)


@pytest.mark.parametrize("rates", [[], [Rate(3, 4), Rate(1, 2)], [Rate(0, 0)] * 5])
def test_too_few_people_to_be_drawn_to(rates: list[Rate]) -> None:
    assert shrunk_rates(rates) == [None] * len(rates)


def test_nobody_has_won_anything() -> None:
    assert shrunk_rates([Rate(0, 5)] * 3) == [0.0] * 3


def test_drawn_rates_are_nearer_to_the_truth() -> None:
    random = np.random.default_rng(11)
    error_raw, error_shrunk = [], []
    for _ in range(100):
        truth = random.beta(12, 28, 20)
        trials = random.integers(5, 60, 20)
        hits = random.binomial(trials, truth)
        shrunk = np.array(shrunk_rates([Rate(int(won), int(of)) for won, of in zip(hits, trials, strict=True)]))
        error_raw.append(np.mean((hits / trials - truth) ** 2))
        error_shrunk.append(np.mean((shrunk.astype(float) - truth) ** 2))
    assert np.mean(error_shrunk) < 0.7 * np.mean(error_raw)


def test_an_average_of_few_amounts_is_drawn_towards_that_of_all() -> None:
    # Two reps of a hundred deals around 100 and 400, and one with a single deal of 10,000.
    random = np.random.default_rng(2)
    small, large = (random.lognormal(np.log(size), 0.5, 100).tolist() for size in (100, 400))
    middle = random.lognormal(np.log(200), 0.5, 100).tolist()
    first, second, third, lucky, none = shrunk_averages([small, large, middle, [10_000.0], []])
    assert first == pytest.approx(np.mean(small), rel=0.02)
    assert second == pytest.approx(np.mean(large), rel=0.02)
    assert third == pytest.approx(np.mean(middle), rel=0.02)
    assert lucky is not None
    everybody = np.mean([*small, *large, *middle, 10_000])
    assert everybody < lucky < 10_000
    assert none is None


def test_a_drawn_average_lies_between_its_own_and_that_of_all() -> None:
    random = np.random.default_rng(1)
    samples = [random.lognormal(3, 2, count).tolist() for count in (3, 8, 20, 50)]
    everybody = np.mean([amount for sample in samples for amount in sample])
    for drawn, sample in zip(shrunk_averages(samples), samples, strict=True):
        assert drawn is not None
        assert min(everybody, np.mean(sample)) - 1e-9 <= drawn <= max(everybody, np.mean(sample)) + 1e-9


def test_averages_of_too_few_people() -> None:
    assert shrunk_averages([[1.0, 2.0], [3.0, 4.0], [5.0]]) == [None] * 3


def test_the_same_amount_every_time_is_no_luck() -> None:
    assert shrunk_averages([[100.0] * 3, [200.0] * 3, [300.0] * 3]) == pytest.approx([100, 200, 300])
