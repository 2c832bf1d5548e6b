"""Stays in stages by hand: what was seen to begin and to end counts, and nothing else."""

from datetime import date

import pandas as pd

from spm.calendar import Span
from spm.coaching.stages import stage_times, stays

YEAR = Span(date(2024, 1, 1), date(2025, 1, 1))


def states(*rows: tuple[int, str, str, str, str]) -> pd.DataFrame:
    """Deal, day from which it was so, stage, status, day on which the deal was made."""
    frame = pd.DataFrame(rows, columns=["deal_id", "since", "stage", "status", "created_on"])
    days = {name: [date.fromisoformat(day) for day in frame[name]] for name in ("since", "created_on")}
    return frame.astype(object).assign(person_id=1, **days)


def walk(deal: int, first: str, second: str, closed: str, status: str) -> list[tuple[int, str, str, str, str]]:
    """A deal that was made in Discovery, went to Proposal, and was closed."""
    return [
        (deal, first, "Discovery", "open", first),
        (deal, second, "Proposal", "open", first),
        (deal, closed, f"Closed {status}", status, first),
    ]


def test_a_deal_known_twice_in_one_stage_stayed_once() -> None:
    known = walk(1, "2024-01-01", "2024-01-11", "2024-02-10", "won")
    known.insert(2, (1, "2024-01-20", "Proposal", "open", "2024-01-01"))  # another amount, the same stage
    found = stays(states(*known))
    assert found[["stage", "since", "until", "next_status"]].values.tolist() == [
        ["Discovery", date(2024, 1, 1), date(2024, 1, 11), "open"],
        ["Proposal", date(2024, 1, 11), date(2024, 2, 10), "won"],
    ]


def test_a_stay_that_nobody_saw_begin_has_no_length_and_one_that_goes_on_is_none() -> None:
    found = stays(
        states(
            (1, "2024-03-01", "Proposal", "open", "2023-06-01"),  # known long after it was made
            (1, "2024-04-01", "Negotiation", "open", "2023-06-01"),  # where it still is
        )
    )
    assert found["stage"].tolist() == ["Proposal"]
    assert found["since"].isna().all()
    assert stage_times(found, YEAR)["left_count"].tolist() == [1]
    assert stage_times(found, YEAR)["median_days"].isna().all()


def test_medians_rates_and_the_order_of_stages() -> None:
    days = ("05", "07", "09", "11", "31")  # 4, 6, 8, 10 and 30 days in Discovery
    deals = [
        walk(at, "2024-01-01", f"2024-01-{day}", "2024-03-01", "won" if at < 2 else "lost")
        for at, day in enumerate(days)
    ]
    found = stage_times(stays(states(*(state for deal in deals for state in deal))), YEAR)
    assert found["stage"].tolist() == ["Discovery", "Proposal"]
    assert found["median_days"].tolist() == [8, 52]  # 2024 has a leap day: 60 days to 1 March, less those 8
    assert found["gone_on_rate"].tolist() == [1.0, 0.4]
    assert stage_times(stays(states(*deals[0])), Span(date(2025, 1, 1), date(2026, 1, 1))).empty
