"""What is done to projections so that they add up: whole parts, shares of a whole, ratios, ranges of sums."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from spm.forecast.outlook.projecting import AMOUNTS, divided, in_whole_parts, raked


def made(**values: float) -> pd.DataFrame:
    rows = [{"series": name, "period": 1, "value": v, "low_80": v - 1.2, "high_80": v + 1.2, "low_95": v - 2.4,
             "high_95": v + 2.4} for name, v in values.items()]  # fmt: skip
    return pd.DataFrame(rows)


def test_parents_are_the_sums_of_their_rounded_parts() -> None:
    parents = {"ana": "north", "bo": "north", "cy": "south", "north": "all", "south": "all"}
    found = in_whole_parts(made(ana=1.4, bo=1.4, cy=2.6, north=2.8, south=2.6, all=5.4), parents, 1).set_index("series")
    assert found["value"].to_dict() == {"ana": 1, "bo": 1, "cy": 3, "north": 2, "south": 3, "all": 5}
    assert (found["low_80"] <= found["value"]).all()
    assert (found["high_80"] >= found["value"]).all()


def test_counts_keep_their_hundredths() -> None:
    found = in_whole_parts(made(ana=0.404, bo=0.404, all=0.808), {"ana": "all", "bo": "all"}, 100).set_index("series")
    assert found["value"].to_dict() == pytest.approx({"ana": 0.4, "bo": 0.4, "all": 0.8})


@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=20), st.integers(0, 10**10))
def test_shares_add_up_to_the_whole_to_the_unit(values: list[int], total: int) -> None:
    parts = pd.DataFrame({"start": 1, "value": [float(v) for v in values]})
    for name in AMOUNTS[1:]:
        parts[name] = parts["value"]
    found = raked(parts, pd.DataFrame({"start": [1], "value": [float(total)]}), 1)
    if sum(values):
        assert found["value"].sum() == total
    else:
        assert found.equals(parts)


def test_parts_below_0_are_left_as_they_are() -> None:
    parts = made(ana=5.0, bo=-1.0).assign(start=1)
    assert raked(parts, pd.DataFrame({"start": [1], "value": [10.0]}), 1).equals(parts)


def test_a_ratio_has_the_range_of_its_own_projection() -> None:
    own = pd.DataFrame(
        {"value": [0.5], "low_80": [0.4], "high_80": [0.7], "low_95": [0.1], "high_95": [0.95], "model": ["mean"]}
    )
    parts = pd.DataFrame({"value": [30.0], **{name: [0.0] for name in AMOUNTS[1:]}})
    found = divided(parts, parts.assign(value=50.0), own, 1.0).iloc[0]
    assert found[list(AMOUNTS)].tolist() == pytest.approx([0.6, 0.5, 0.8, 0.2, 1.0])
    assert found["model"] == "divided"
    assert divided(parts, parts.assign(value=50.0), own.assign(model="left"), 1.0)["model"].tolist() == ["left"]
    assert divided(parts, parts.assign(value=0.0), own, 1.0)["value"].isna().all()
