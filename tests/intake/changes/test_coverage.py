"""For which measures a sheet speaks, and for which days."""

from datetime import date

import pandas as pd

from spm.calendar import Span
from spm.intake.changes.coverage import EVERY_MEASURE, as_said, covered


def deals(*rows: tuple[object, ...]) -> pd.DataFrame:
    columns = ["status", "created_on", "closed_on", "amount_cents", "kind", "cycle_days"]
    return pd.DataFrame(rows, columns=columns, dtype=object)


JAN, FEB, MAR, MAY = date(2017, 1, 10), date(2017, 2, 10), date(2017, 3, 11), date(2017, 5, 1)


def test_each_measure_is_covered_from_the_first_to_the_last_of_its_own_days() -> None:
    spans = covered("deal", deals(("won", JAN, FEB, 100, None, 31), ("lost", JAN, MAR, 0, None, 60),
                                  ("open", MAY, None, None, None, None)))  # fmt: skip
    assert spans == {
        "won_deals": Span(FEB, date(2017, 3, 12)),
        "lost_deals": Span(FEB, date(2017, 3, 12)),
        "won_value": Span(FEB, date(2017, 3, 12)),
        "overlay_value": Span(FEB, date(2017, 3, 12)),
        "won_cycle_days": Span(FEB, date(2017, 3, 12)),
        "won_deals_with_cycle": Span(FEB, date(2017, 3, 12)),
        "opportunities_opened": Span(JAN, date(2017, 5, 2)),
        "opened_and_won": Span(JAN, date(2017, 5, 2)),
        "pipeline_added": Span(JAN, date(2017, 5, 2)),
    }


def test_lost_deals_with_a_value_cover_the_lost_value() -> None:
    assert covered("deal", deals(("lost", JAN, MAR, 70, None, 60)))["lost_value"] == Span(MAR, date(2017, 3, 12))


def test_a_log_of_calls_says_nothing_of_meetings() -> None:
    rows = pd.DataFrame({"kind": ["call", "other"], "happened_on": [JAN, MAR]}, dtype=object)
    assert covered("activity", rows) == {"calls": Span(JAN, date(2017, 3, 12))}


def test_leads_that_nobody_qualified_leave_qualified_leads_missing() -> None:
    rows = pd.DataFrame({"created_on": [JAN], "qualified_on": [None], "converted_on": [None]}, dtype=object)
    assert covered("lead", rows) == {"leads": Span(JAN, date(2017, 1, 11))}


def test_quotas_are_covered_to_their_last_day_and_products_speak_for_no_day() -> None:
    rows = pd.DataFrame({"starts_on": [JAN], "ends_before": [MAR]}, dtype=object)
    assert covered("quota", rows) == {"quota": Span(JAN, MAR)}
    assert covered("product", rows) == {}
    assert covered("deal", deals()) == {}


def test_a_person_says_for_which_days_a_sheet_speaks() -> None:
    guessed, year = Span(date(2026, 2, 1), date(2026, 3, 1)), Span(date(2026, 1, 1), date(2027, 1, 1))
    measures = {"calls": guessed, "demos": guessed, "emails": guessed}
    assert as_said(measures, {}) == measures
    assert as_said(measures, {"calls": year, "demos": None, "meetings": year}) == {"calls": year, "emails": guessed}
    assert as_said(measures, {EVERY_MEASURE: year, "demos": None}) == {"calls": year, "emails": year}
