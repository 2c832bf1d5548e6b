"""A projection in sentences."""

from datetime import date, datetime

import pandas as pd
import pytest

from spm.calendar import Grain, Period
from spm.forecast.landings.landing import Landing, Range
from spm.forecast.outlook import words
from spm.forecast.publishing.record import Accuracy

Q4 = Period(date(2026, 10, 1), date(2027, 1, 1), "2026-Q4", Grain.QUARTER)
YEAR = Period(date(2026, 1, 1), date(2027, 1, 1), "2026", Grain.YEAR)
LANDS = Range(3.1, 2.9, 3.3, 2.7, 3.5)


def millions(amount: float) -> str:
    return f"${amount:.1f}M"


def test_landings_say_where_and_how_sure() -> None:
    quarter, year = Landing(Q4, 1.0, LANDS, 3.0, 0.7), Landing(YEAR, 1.0, LANDS)
    assert words.landings([quarter], millions) == "Q4 2026 lands at $3.1M ($2.9M – $3.3M), 70 % likely to make quota."
    assert words.landings([quarter, year], millions) == (
        "Q4 2026 lands at $3.1M ($2.9M – $3.3M), 70 % likely to make quota; 2026 at $3.1M ($2.9M – $3.3M)."
    )


def test_a_forecast_has_its_date() -> None:
    assert words.made(datetime(2026, 11, 2, 9, 5), True) == "Forecast of 2 Nov 2026, 09:05."
    assert words.made(datetime(2026, 11, 2, 9, 5), False) == (
        "Forecast of 2 Nov 2026, 09:05; a newer one is in the making."
    )


@pytest.mark.parametrize(
    ("share", "said"),
    [(0.5, "50 % likely"), (0.975, "more than 97 % likely"), (0.025, "less than 3 % likely"), (0.96, "96 % likely")],
)
def test_nothing_is_surer_than_its_range(share: float, said: str) -> None:
    assert words.chance(share) == said


def test_a_week_is_named_as_the_sentence_asks() -> None:
    assert words.opening("week of 1 Jan 2018") == "Week of 1 Jan 2018"
    assert [words.within(title) for title in ("week of 1 Jan 2018", "January 2018")] == [
        "the week of 1 Jan 2018",
        "January 2018",
    ]


@pytest.mark.parametrize(
    ("wape", "added", "model", "said"),
    [
        (0.06, 0.05, "combination", "Off by 6 % on average; the simple rule is off by 11 %."),
        (0.552, -0.006, "combination", "Off by 55 % on average; the simple rule is no better and no worse."),
        (0.06, 0.001, "combination", "Off by 6 % on average; the simple rule is no better and no worse."),
        (0.24, -0.03, "combination", "Off by 24 % on average; the simple rule was off by 21 %, which on so few periods may be "
         "luck: it is not used."),
        (0.06, 0.0, "simple rule: seasonal naive",
         "Off by 6 % on average. No model beats the simple rule (as a year before), so that is used."),
        (None, None, "no history", "Too little has come yet to say how good it is."),
        (float("nan"), float("nan"), "combination", "Too little has come yet to say how good it is."),
    ],
)  # fmt: skip
def test_how_good_it_has_been(wape: float | None, added: float | None, model: str, said: str) -> None:
    assert words.how_good(wape, added, model) == said


def test_the_record_counts_months() -> None:
    assert words.remembered(Accuracy(0.08, 12, 11, 0.1), "month") == (
        "Over the last 12 months the forecast of the eve was off by 8 % on average; the simple rule by 10 %. "
        "11 of 12 came inside the 95 % range."
    )
    assert words.remembered(Accuracy(0.08, 1), "week") == (
        "Over the last week the forecast of the eve was off by 8 % on average."
    )
    assert words.remembered(Accuracy(None, 3, 3), "month").startswith("Nothing came over the last 3 months")
    assert words.remembered(Accuracy(None, 0, 0), "month") == "No month has come yet that was forecast."


def history(*values: float | None) -> pd.DataFrame:
    days = [date(2024 + at // 12, at % 12 + 1, 1) for at in range(len(values))]
    return pd.DataFrame({"start": days, "value": pd.Series(values, dtype=float)})


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ((), "There is no history yet"),
        ((5.0, 6.0, 7.0), "Only 3 months are known"),
        ((5.0,) * 11, "Only 11 months are known"),
        ((5.0,) * 12, "12 months are too few to tell a season"),
        ((5.0, None, 5.0, 6.0) * 6, "For 6 of 24 months no sheet speaks"),
        ((0.0, 0.0, 9.0) * 8, "Nothing came in 16 of 24 months: the projection is an average"),
        ((0.0,) * 24, "Nothing came in 24 of 24 months: nothing is projected"),
        ((5.0, -1.0) * 12, "below 0"),
    ],
)
def test_what_to_know_of_a_history(values: tuple[float | None, ...], said: str) -> None:
    assert any(said in note for note in words.history_notes(history(*values), 12, False, "months"))


def test_nothing_is_said_of_an_ordinary_history() -> None:
    assert words.history_notes(history(*(5.0 + at % 3 for at in range(36))), 12, False, "months") == []
    assert words.history_notes(history(*(5.0,) * 36), 12, True, "months") == [
        "Has left: nothing is projected after the last day."
    ]


def test_what_stands_out_and_the_season() -> None:
    assert words.huge_value("May 2026", "$1.2M", "$500K", ("Acme", "$700K")) == (
        "May 2026 brought $1.2M where $500K was usual. $700K of it is one amount (Acme). "
        "It counts no more than the farthest usual value."
    )
    assert words.level_shift("March 2026", "$2M", "$1M").startswith(
        "Since March 2026 the level is $2M, before it was $1M"
    )
    assert words.season(0.9, 10, "month", 12) == (
        "No season is claimed: that takes two full years, and 10 months are known."
    )
    assert "beyond chance" in words.season(0.0, 40, "month", 12)
    assert words.season(0.9, 40, "month", 12) == "The season is clear."


@pytest.mark.parametrize(
    ("off_share", "is_inside", "is_rebuilt", "said"),
    [
        (-0.11, True, False, "A month before: $810K; it came 11 % lower, inside the range."),
        (0.3, False, True, "A month before: $810K; it came 30 % higher, out of the range (rebuilt)."),
        (0.001, None, False, "A month before: $810K; it came just so."),
        (None, None, False, "A month before: $810K."),
    ],
)
def test_what_was_said_before(off_share: float | None, is_inside: bool | None, is_rebuilt: bool, said: str) -> None:
    assert words.said_before("a month before", "$810K", off_share, is_inside, is_rebuilt) == said


def test_a_running_period_is_told_from_the_history() -> None:
    assert words.running("May 2026", "$2K", "$7K") == (
        "May 2026 is running and is no part of the history. The bar is what is in so far, $2K; the line is what all of it was "
        "seen to bring on its eve. With what is in it lands at $7K."
    )
    assert words.running("May 2026", "", "") == "May 2026 is running and is no part of the history."


def test_a_ratio_is_divided_and_adds_up_to_nothing() -> None:
    assert words.divided("won ÷ closed") == "Both sides of won ÷ closed are projected by themselves, then divided."
    assert "don't add up" in words.adding_up(is_ratio=True)
    assert words.adding_up(is_ratio=False).startswith("In every period they add up to the company.")


def test_how_sure_a_landing_is() -> None:
    assert words.how_sure(True) == "Told this early in past months, 4 of 5 landings came inside such a range."
    assert "Too few months" in words.how_sure(False)


def test_far_more_than_was_said_is_told_as_so_many_times() -> None:
    assert words.said_before("a month before", "$2K", 23.0, False, True) == (
        "A month before: $2K; it came 24 times as high, out of the range (rebuilt)."
    )
    assert (
        words.said_before("a month before", "$0", None, False, False) == "A month before: $0; it came out of the range."
    )


def test_huge_amounts_are_told_with_and_without() -> None:
    said = words.with_and_without("May", ("$5K", "$3K", "$7K"), ("$4K", "$3K", "$5K"))
    assert (
        said
        == "With the huge amounts bounded May is projected at $5K ($3K – $7K); with them left out at $4K ($3K – $5K)."
    )
    assert (
        words.no_further("December 2026", "quota")
        == "No quota is known after December 2026: the projection ends there."
    )
