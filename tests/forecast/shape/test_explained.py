"""What tells why a projection is what it is agrees with it."""

import numpy as np
import pandas as pd
import pytest

from spm.forecast import backtest, explained, projection
from spm.forecast.accuracy.measures import naive_error
from spm.forecast.methods.league import MODELS
from spm.forecast.shape.explained import Explained
from tests.forecast.series import many, realistic


@pytest.fixture(scope="module")
def history() -> pd.DataFrame:
    return many(realistic(6, 60))


@pytest.fixture(scope="module")
def made(history: pd.DataFrame) -> Explained:
    return explained(history, 12)


def test_projection_and_back_test_are_those_of_their_own(history: pd.DataFrame, made: Explained) -> None:
    pd.testing.assert_frame_equal(made.projection, projection(history, 12))
    pd.testing.assert_frame_equal(made.backtest, backtest(history, 12))


def test_the_scores_are_those_of_the_past_errors(history: pd.DataFrame, made: Explained) -> None:
    found = made.found
    for number, row in enumerate(made.backtest.itertuples()):
        mine = found.known.series == number
        missed = np.abs(found.known.actuals[mine] - found.past_line[mine])
        came = np.abs(found.known.actuals[mine])
        own = history.loc[history["series"] == row.series, "value"].to_numpy()
        assert row.wape == pytest.approx(np.nansum(missed) / np.nansum(came))
        assert row.mase == pytest.approx(np.nanmean(missed) / np.abs(own[12:] - own[:-12]).mean())


def test_the_league_has_every_model_best_first(made: Explained) -> None:
    for _, table in made.league.groupby("series"):
        assert set(table["model"]) == set(MODELS)
        assert table["wape"].is_monotonic_increasing
        assert table["weight"].sum() == pytest.approx(1.0)


def test_the_parts_add_up(history: pd.DataFrame, made: Explained) -> None:
    parts = made.parts
    np.testing.assert_allclose(parts[["trend", "season", "rest"]].sum(axis=1), parts["value"])
    assert len(parts) == len(history)


def test_the_typical_year_starts_with_the_first_projected_period(made: Explained) -> None:
    year = made.typical_year[made.typical_year["series"] == "s0000"]
    assert year["period"].tolist() == list(range(60, 72))
    assert (year["low"] <= year["high"]).all()
    projected = made.projection.loc[made.projection["series"] == "s0000", "value"]
    assert np.corrcoef(year["usual"], projected)[0, 1] > 0.9


def test_the_naive_error_by_hand() -> None:
    assert naive_error(np.array([[1.0, 3.0, 6.0], [1.0, np.nan, 2.0]]), 2).tolist() == [5.0, 1.0]
    assert naive_error(np.array([[1.0, 3.0, np.nan]]), 12).tolist() == [2.0]
