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
MIXES = pd.DataFrame(
    [("Ana", 1.0, 0.0), ("Twin", 1.0, 0.0), ("Old", 0.5, 0.5), ("Far", 0.0, 1.0)], columns=["rep", "Large", "Small"]
).set_index("rep")


def test_the_nearest_first_with_every_distance() -> None:
    found = nearest("Ana", PEOPLE, MIXES).set_index("rep")
    assert found.index.tolist() == ["Twin", "Old", "Other", "Far"]
    assert found.loc["Twin", "distance"] == 0
    old = found.loc["Old"]
    assert (old["role_distance"], old["mix_distance"], old["size_distance"]) == (0, 0.5, 0)
    assert old["tenure_distance"] == pytest.approx(0.5)  # twice as long, where four times is 1
    assert old["distance"] == pytest.approx(0.25)
    assert found.loc["Far", "distance"] == 1


def test_what_is_not_known_counts_as_with_the_others() -> None:
    other = nearest("Ana", PEOPLE, MIXES).set_index("rep").loc["Other"]
    assert pd.isna(other["mix_distance"])
    assert pd.isna(other["size_distance"])
    # Another role, the same tenure; the mix of the others is 0, 0.5 and 1 away, their deals 0, 0 and 1.
    assert other["distance"] == pytest.approx((1 + 0 + 0.5 + 1 / 3) / 4)


def test_somebody_without_a_deal_is_not_the_most_alike() -> None:
    people = pd.DataFrame(
        [("Ana", 1000.0), ("Near", 1100.0), ("Far", 4000.0), ("New", nan)], columns=["rep", "deal_size"]
    ).assign(role="seller", role_label="Seller", tenure_days=nan)
    found = nearest("Ana", people, pd.DataFrame()).set_index("rep")
    assert found.index[0] == "Near"
    assert found.loc["New", "distance"] > found.loc["Near", "distance"] > 0
    assert found[["tenure_distance", "mix_distance"]].isna().all(axis=None)


def test_no_more_than_asked_for() -> None:
    assert len(nearest("Ana", PEOPLE, MIXES, count=2)) == 2
