"""Which open deals have gone stale."""

from datetime import date

import pandas as pd

from spm.coaching.deals.open_deals import aged, usual_days

TODAY = date(2024, 6, 30)


def test_nine_in_ten_won_deals_make_the_usual_age() -> None:
    single = pd.DataFrame({"value": [float(days) for days in range(1, 21)], "facts_count": 1})
    assert usual_days(single) == 18  # between the 18th and the 19th
    assert usual_days(pd.DataFrame({"value": [10, 30], "facts_count": [18, 2]})) == 12  # 0.1 of the way from 10 to 30
    assert usual_days(pd.DataFrame({"value": [10], "facts_count": [19]})) is None
    assert usual_days(pd.DataFrame({"value": [], "facts_count": []}, dtype=object)) is None


def test_a_deal_is_stale_by_its_expected_close_or_its_age() -> None:
    deals = pd.DataFrame(
        [
            ("fresh", date(2024, 6, 1), date(2024, 7, 31)),
            ("no dates", None, None),
            ("old", date(2024, 4, 30), None),
            ("due today", date(2024, 5, 1), TODAY),
            ("overdue", date(2024, 6, 20), date(2024, 6, 29)),
        ],
        columns=["name", "created_on", "expected_close_on"],
        dtype=object,
    )
    marked = aged(deals, TODAY, usual=60)
    assert list(zip(marked["name"], marked["age_days"], marked["stale"], strict=True)) == [
        ("old", 61, "older than usual"),
        ("overdue", 10, "past its expected close"),
        ("due today", 60, ""),
        ("fresh", 29, ""),
        ("no dates", None, ""),
    ]
    assert set(aged(deals, TODAY, usual=None)["stale"]) == {"", "past its expected close"}
