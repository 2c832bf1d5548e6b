"""An open pipeline that tells of what comes is believed, one that tells nothing is not, and nothing later is known."""

import numpy as np
import pandas as pd
import pytest

from spm.forecast import backtest, explained, projection
from tests.forecast.series import Floats, frame, many

WIDTH, HORIZON, COUNT = 48, 3, 20


def drawn(seed: int) -> tuple[Floats, np.random.Generator]:
    """Sales of one month in three that nobody could tell from the months before."""
    random = np.random.default_rng(seed)
    return random.gamma(4.0, 25.0, (COUNT, WIDTH + HORIZON)), random


def views(open_amounts: Floats) -> pd.DataFrame:
    """What the pipeline said at each of the last origins of the months ahead; `open_amounts`: series × all periods."""
    rows = [
        (f"s{number:04d}", origin, period, open_amounts[number, period])
        for number in range(len(open_amounts))
        for origin in range(WIDTH - 18, WIDTH + 1)
        for period in range(origin, min(origin + HORIZON, open_amounts.shape[1]))
    ]
    return pd.DataFrame(rows, columns=["series", "origin", "period", "value"])


def missed(values: Floats, pipeline: pd.DataFrame | None) -> float:
    line = projection(many(values[:, :WIDTH]), HORIZON, pipeline=pipeline)["value"].to_numpy().reshape(-1, HORIZON)
    return float(np.abs(values[:, WIDTH:] - line).sum())


def test_a_pipeline_that_tells_of_what_comes_gains_weight() -> None:
    values, random = drawn(1)
    told = views(0.4 * values * random.lognormal(0.0, 0.1, values.shape))
    assert missed(values, told) < 0.4 * missed(values, None)
    found = explained(many(values[:, :WIDTH]), HORIZON, pipeline=told)
    own = found.league[found.league["model"] == "open pipeline"]
    assert (own["weight"] > 0.8).all()
    assert found.league.groupby("series")["weight"].sum().to_numpy() == pytest.approx(np.ones(COUNT))
    assert found.backtest["wape"].mean() < 0.3 * backtest(many(values[:, :WIDTH]), HORIZON)["wape"].mean()
    plain = projection(many(values[:, :WIDTH]), HORIZON)
    assert (found.projection["high_80"] - found.projection["low_80"]).mean() < 0.6 * (
        plain["high_80"] - plain["low_80"]
    ).mean()


@pytest.mark.parametrize("seed", range(2, 8))
def test_a_pipeline_that_is_noise_does_no_harm(seed: int) -> None:
    values, random = drawn(seed)
    told = views(random.gamma(4.0, 25.0, values.shape))
    assert missed(values, told) <= 1.02 * missed(values, None)


def test_what_is_said_is_brought_to_what_came_of_it() -> None:
    """Of an open 10, 4 came at every past origin: 500 open are taken for 200, by a single company too."""
    came = drawn(1)[0][:1, :WIDTH]
    said = views(np.append(came / 0.4, [[500.0, 500.0, 500.0]], axis=1))
    made = projection(many(came), HORIZON, pipeline=said)
    assert made["value"].to_numpy() == pytest.approx([200.0] * 3, rel=0.01)


def test_a_series_without_a_pipeline_is_left_alone() -> None:
    values, _ = drawn(9)
    past = many(values[:, :WIDTH])
    some = views(values)
    made = projection(past, HORIZON, pipeline=some[some["series"] > "s0009"])
    plain = projection(past, HORIZON)
    first = made["series"] <= "s0009"
    assert made.loc[first, "value"].tolist() == plain.loc[first, "value"].tolist()
    assert (made.loc[~first, "value"] != plain.loc[~first, "value"]).all()
    pd.testing.assert_frame_equal(projection(past, HORIZON, pipeline=some.iloc[:0]), plain)


def test_nothing_that_became_known_later_is_used() -> None:
    """What is said at an origin counts for that origin alone; of one that is no origin of the back-test it counts for nothing."""
    values, _ = drawn(10)
    past = many(values[:, :WIDTH])
    later = views(values).query("origin == @WIDTH")
    pd.testing.assert_frame_equal(projection(past, HORIZON, pipeline=later), projection(past, HORIZON))


def test_a_new_rep_and_dates() -> None:
    days = pd.date_range("2024-01-01", periods=30, freq="MS")
    history = frame(one=np.arange(30.0) % 7 + 5, new=[3.0]).assign(
        period=lambda rows: [
            days[at if name == "one" else 29] for name, at in zip(rows["series"], rows["period"], strict=True)
        ]
    )
    said = pd.DataFrame(
        {"series": "new", "origin": pd.Timestamp(2026, 7, 1), "period": [pd.Timestamp(2026, 7, 1)], "value": [9.0]}
    )
    assert projection(history, 2, pipeline=said).query("series == 'new'")["value"].tolist() == [3.0, 3.0]
