"""What a simulation takes: who, and how much of their luck is shared."""

import numpy as np
import pandas as pd
import pytest

from spm.errors import Refusal
from spm.planning.odds.crew import Assumptions, crew_of, shared_correlation


@pytest.mark.parametrize("truth", [0.0, 0.3, 0.7])
def test_the_shared_part_of_the_errors_is_found(truth: float) -> None:
    luck = np.random.default_rng(3)
    shock, own = luck.standard_normal((400, 1)), luck.standard_normal((400, 30))
    errors = pd.DataFrame((np.sqrt(truth) * shock + np.sqrt(1 - truth) * own) * np.linspace(1, 50, 30))
    assert shared_correlation(errors) == pytest.approx(truth, abs=0.04)


def test_too_little_to_tell_is_no_correlation() -> None:
    assert shared_correlation(pd.DataFrame({"ana": [1.0, 2, 3]})) == 0
    assert shared_correlation(pd.DataFrame({"ana": [1.0, 2], "ben": [1.0, 2]})) == 0


@pytest.mark.parametrize("missing", [{"error_cents": [None]}, {"expected_cents": [[1.0, None]]}])
def test_a_rep_without_projection_is_named(missing: dict[str, list[object]]) -> None:
    row = {"rep": ["Ana"], "expected_cents": [[1.0, 2.0]], "error_cents": [1.0], **missing}
    with pytest.raises(Refusal, match="Ana has no projection"):
        crew_of(pd.DataFrame(row))


def test_nobody_is_refused() -> None:
    with pytest.raises(Refusal, match="nobody"):
        crew_of(pd.DataFrame({"rep": []}))


@pytest.mark.parametrize("wrong", [{"correlation": 1.1}, {"yearly_attrition_share": 1.0}, {"error_scale": -1.0}])
def test_assumptions_out_of_bounds_are_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(Refusal, match="out of its bounds"):
        Assumptions(**wrong)
