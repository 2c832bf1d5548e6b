"""Ranges: against printed values, and how often they hold the truth."""

import numpy as np
import pytest

from spm.errors import Refusal
from spm.planning.ranges import Range, product, ratio_of_counts


def test_wilson_against_newcombe() -> None:
    """81 of 263 at 95 %: 0.2553 to 0.3662 (Newcombe 1998, table I)."""
    found = ratio_of_counts(81, 263, 0.95)
    assert (found.low, found.high) == (pytest.approx(0.2553, abs=5e-5), pytest.approx(0.3662, abs=5e-5))


def test_wilson_at_the_ends() -> None:
    assert ratio_of_counts(0, 20, 0.95).low == 0
    assert ratio_of_counts(20, 20, 0.95).high == 1
    assert ratio_of_counts(0, 20, 0.95).high == pytest.approx(0.1611, abs=5e-5)


def test_no_ratio_of_nothing() -> None:
    with pytest.raises(Refusal):
        ratio_of_counts(0, 0)


def test_a_rate_above_one_holds_the_truth_nine_times_in_ten() -> None:
    """Over many rates: at a single one the whole counts make it a little more or less often."""
    truths = np.linspace(2, 6, 20_000)
    found = [ratio_of_counts(float(count), 20) for count in np.random.default_rng(1).poisson(20 * truths)]
    held = np.mean([each.low <= truth <= each.high for each, truth in zip(found, truths, strict=True)])
    assert held == pytest.approx(0.9, abs=0.008)


def test_a_product_adds_relative_errors_as_squares() -> None:
    found = product([Range(2, 1, 4), Range(3, 3 / 2, 6)])
    assert found.value == 6
    assert found.high == pytest.approx(6 * 2 ** (2**0.5))
    assert found.low == pytest.approx(6 / 2 ** (2**0.5))
    assert product([Range.certain(5), Range.certain(2)]) == Range(10, 10, 10)


def test_a_factor_that_may_be_0_leads_nowhere() -> None:
    with pytest.raises(Refusal):
        product([Range(0.1, 0, 0.2)])


def test_out_of_order_is_refused() -> None:
    with pytest.raises(Refusal):
        Range(1, 2, 3)
