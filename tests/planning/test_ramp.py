"""The share of a full quota by tenure: declared and learned."""

from datetime import date

import pandas as pd

from spm.company.settings import DEFAULT_RAMP
from spm.planning.ramp import by_tenure, learned_ramp, ramp_by_month
from tests.planning.plans import YEAR


def test_before_the_start_nothing_then_the_ramp_then_full() -> None:
    assert ramp_by_month(date(2026, 3, 16), YEAR[:8], DEFAULT_RAMP) == (0, 0, 0, 0.25, 0.5, 0.75, 1, 1)


def test_an_unknown_start_is_full() -> None:
    assert ramp_by_month(None, YEAR[:3], DEFAULT_RAMP) == (1, 1, 1)


def test_tenure_is_in_a_job_that_sells() -> None:
    """Hired in January as an SDR, selling from March: her third month is her first. A veteran's tenure goes on."""
    results = pd.DataFrame(
        {
            "rep": ["Sid", "Sid", "Sid", "Sid", "Vera", "Unknown"],
            "start": [*YEAR[:4], YEAR[0], YEAR[0]],
            "value": [0.0, 0.0, 10.0, 40.0, 100.0, 5.0],
            "is_selling": [False, False, True, True, True, True],
        }
    )
    found = by_tenure(results, {"Sid": date(2026, 1, 12), "Vera": date(2020, 1, 6)})
    assert found.values.tolist() == [["Sid", 0, 10.0], ["Sid", 1, 40.0], ["Vera", 72, 100.0]]


def results(starters_count: int) -> pd.DataFrame:
    """Starters who bring 20 in the first month, 10 in the second, 60 in the third, then 100; a veteran brings 100."""
    values = [20, 10, 60, *[100] * 9]
    rows = [(f"rep {at}", tenure, value) for at in range(starters_count) for tenure, value in enumerate(values)]
    veteran = [("veteran", tenure, 100) for tenure in range(30, 36)]
    return pd.DataFrame([*rows, *veteran], columns=["rep", "tenure_month", "value"])


def test_learned_from_the_companys_own_starts_and_never_falling() -> None:
    assert learned_ramp(results(5)) == (0.2, 0.2, 0.6, 1.0)


def test_too_few_starts_teach_nothing() -> None:
    assert learned_ramp(results(4)) is None
    assert learned_ramp(results(5).query("rep != 'veteran'")) is None
