"""What open deals say of a period, by hand."""

from datetime import date

import pandas as pd

from spm.calendar import Grain, Period
from spm.forecast.landings.pipeline import PipelineView, pipeline_view

Q4 = Period(date(2026, 10, 1), date(2027, 1, 1), "2026-Q4", Grain.QUARTER)
COLUMNS = ["stage", "amount_cents", "probability", "expected_close_on"]


def view(*deals: tuple[str, int | None, float | None, date | None]) -> PipelineView:
    return pipeline_view(pd.DataFrame(deals, columns=COLUMNS, dtype=object), Q4, {"Proposal": 0.5})


def test_a_deal_counts_by_its_stage_else_by_the_sheets_probability() -> None:
    inside, last, after = date(2026, 10, 1), date(2026, 12, 31), date(2027, 1, 1)
    found = view(("Proposal", 1000, 0.9, inside), ("Demo", 2000, 0.2, last), ("Demo", 4000, None, last),
                 ("Proposal", 8000, 0.9, after), ("Demo", None, 0.2, inside))  # fmt: skip
    assert found == PipelineView(4, 7000.0, 500.0 + 400.0, 2, undated_count=0)


def test_deals_without_a_day_are_counted_apart_and_what_is_unknown_is_missing() -> None:
    assert view(("Demo", 1000, None, None), ("Demo", None, None, None)) == PipelineView(
        0, None, None, 0, undated_count=2
    )
    assert view() == PipelineView(0, None, None, 0, undated_count=0)
