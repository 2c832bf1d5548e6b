"""What a simulation takes: who, and what is assumed of them."""

import pandas as pd
import pytest

from spm.errors import Refusal
from spm.planning.odds.crew import Assumptions, crew_of


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
