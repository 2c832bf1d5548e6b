"""Who is most like somebody, with each distance worked by hand."""

from math import nan

import pandas as pd
import pytest

from spm.coaching.likeness import nearest

PEOPLE = pd.DataFrame(
    [
        ("Ana", "seller", "Seller", 400.0, 1000.0),
        ("Twin", "seller", "Seller", 400.0, 1000.0),
        ("Old", "seller", "Seller", 800.0, 1000.0),
        ("Other", "caller", "Caller", 400.0, nan),
        ("Far", "caller", "Caller", 4000.0, 10.0),
    ],
    columns=["rep", "role", "role_label", "tenure_days", "deal_size"],
)
MIXES = {"Ana": {"Large": 1.0}, "Twin": {"Large": 1.0}, "Old": {"Large": 0.5, "Small": 0.5}, "Far": {"Small": 1.0}}


def test_the_nearest_first_with_every_distance() -> None:
    found = nearest("Ana", PEOPLE, MIXES).set_index("rep")
    assert found.index.tolist() == ["Twin", "Old", "Other", "Far"]
    assert found.loc["Twin", "distance"] == 0
    old = found.loc["Old"]
    assert (old["role_distance"], old["mix_distance"], old["size_distance"]) == (0, 0.5, 0)
    assert old["tenure_distance"] == pytest.approx(0.5)  # twice as long, where four times is 1
    assert old["distance"] == pytest.approx(0.25)
    assert found.loc["Far", "distance"] == 1


def test_what_is_not_known_is_left_out_of_the_mean() -> None:
    other = nearest("Ana", PEOPLE, MIXES).set_index("rep").loc["Other"]
    assert pd.isna(other["mix_distance"])
    assert pd.isna(other["size_distance"])
    assert other["distance"] == 0.5  # another role, the same tenure


def test_no_more_than_asked_for() -> None:
    assert len(nearest("Ana", PEOPLE, MIXES, count=2)) == 2
