"""A number opens to its facts: with amount, file and row, adding up to it."""

import pytest
from streamlit.testing.v1 import AppTest

from spm.store.opening import Store


def dialog_of_won_value() -> None:
    from spm.ui import asking, origin

    period = asking.scene().standing.company.fiscal_calendar.period("2017-Q1")
    origin.open_rows("bookings", period, {"team": "North"})


def dialog_of_win_rate() -> None:
    from spm.ui import asking, origin

    period = asking.scene().standing.company.fiscal_calendar.period("2017-Q1")
    origin.open_rows("win_rate", period, {})


def dialog_of_calls() -> None:
    from spm.ui import asking, origin

    origin.open_rows("calls", asking.scene().standing.company.fiscal_calendar.period("2017-Q1"), {})


def dialog_of_nothing() -> None:
    from spm.ui import asking, origin

    origin.open_rows("bookings", asking.scene().standing.company.fiscal_calendar.period("2017-04"), {"team": "North"})


@pytest.mark.usefixtures("store")
def test_rows_behind_an_amount_add_up_to_it() -> None:
    app = AppTest.from_function(dialog_of_won_value, default_timeout=30).run()
    assert not app.exception
    assert app.metric[0].value == "\\$1,500"
    assert [part.value for part in app.subheader] == ["Won value · 2 rows · \\$1,500"]
    rows = app.dataframe[0].value
    assert rows["amount"].tolist() == [500.0, 1000.0]  # the latest first
    assert set(rows["file_name"]) == {"deals.csv"}
    assert rows["source_row"].tolist() == [3, 2]
    assert rows["owner"].tolist() == ["A. Ruiz", "Ana Ruiz"]


@pytest.mark.usefixtures("store")
def test_a_ratio_opens_to_both_of_its_parts() -> None:
    app = AppTest.from_function(dialog_of_win_rate, default_timeout=30).run()
    assert [part.value.split(" · ")[:2] for part in app.subheader] == [["Won deals", "2 rows"], ["Lost deals", "1 row"]]


@pytest.mark.usefixtures("store")
def test_only_a_number_that_the_sheet_says_is_shown_as_one() -> None:
    calls = AppTest.from_function(dialog_of_calls, default_timeout=30).run().dataframe[0].value
    assert (len(calls), "key" in calls) == (3, False)
    won = AppTest.from_function(dialog_of_win_rate, default_timeout=30).run().dataframe[0].value
    assert won["key"].tolist() == ["D2", "D1"]


def test_columns_of_the_store_have_names_for_people(store: Store) -> None:
    app = AppTest.from_function(dialog_of_win_rate, default_timeout=30).run()
    assert not {"amount_cents", "person_id", "source_id", "period"} & set(app.dataframe[0].value.columns)


@pytest.mark.usefixtures("store")
def test_nothing_behind_a_number_is_said() -> None:
    app = AppTest.from_function(dialog_of_nothing, default_timeout=30).run()
    assert not app.dataframe
    assert "**No rows are behind this number.**" in [text.value for text in app.markdown]
