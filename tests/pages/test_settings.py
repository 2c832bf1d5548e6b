"""Settings, empty and filled: what is saved counts, what can't be is said, and every change is listed and undone."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from spm.company.queries import backups_of, change_list, company_of
from spm.company.settings import Company
from spm.metrics.queries import value
from spm.store.opening import open_store
from spm.ui.settings.page import TABS
from tests.companies import imported, scene

Reader = Callable[..., AppTest]


def company(url: str) -> Company:
    return company_of(open_store(url))


def opened(reader: Reader, url: str, tab: str) -> AppTest:
    return reader(url, "settings", settings_tab=tab)


def save(app: AppTest, key: str) -> AppTest:
    next(button for button in app.button if button.key == key).click()
    return app.run()


@pytest.mark.parametrize("tab", TABS)
@pytest.mark.parametrize("kind", ["empty", "filled"])
def test_every_tab_is_drawn(reader: Reader, empty_url: str, filled_url: str, tab: str, kind: str) -> None:
    app = opened(reader, empty_url if kind == "empty" else filled_url, tab)
    assert not app.exception
    assert [title.value for title in app.title] == ["Our company counts in USD; the year starts in January"]


def test_name_and_fiscal_year_are_saved(reader: Reader, filled_url: str) -> None:
    app = opened(reader, filled_url, "Company")
    app.text_input[0].set_value("Acme")
    next(box for box in app.selectbox if box.label == "The fiscal year starts in").set_value(2)
    save(app, "save_company")
    assert [done.value for done in app.success] == ["The company was saved."]
    assert (company(filled_url).name, company(filled_url).fiscal_first_month) == ("Acme", 2)
    assert [title.value for title in app.title] == ["Acme counts in USD; the year starts in February"]


def test_a_currency_without_cents_is_refused_once_there_are_amounts(reader: Reader, filled_url: str) -> None:
    app = opened(reader, filled_url, "Company")
    next(box for box in app.selectbox if box.label == "Currency").set_value("JPY")
    save(app, "save_company")
    assert "JPY has others" in app.warning[0].value
    assert company(filled_url).currency == "USD"


def test_holidays_are_previewed_before_they_are_saved(reader: Reader, filled_url: str) -> None:
    app = opened(reader, filled_url, "Working days")
    next(box for box in app.selectbox if box.label == "Holidays of").set_value("DE").run()
    next(box for box in app.selectbox if box.label == "Part of the country").set_value("BY").run()
    said = [text.value for text in app.markdown]
    assert "Fri 14 Apr 2017 · Good Friday" in said
    assert company(filled_url).country is None
    save(app, "save_working_days")
    assert company(filled_url).country == "DE-BY"


def test_today_says_why_and_can_be_set(reader: Reader, filled_url: str) -> None:
    app = opened(reader, filled_url, "Today")
    assert "Today is **11 Apr 2017**." in [text.value for text in app.markdown]
    assert any("the facts end more than 45 days before" in text.value for text in app.caption)
    app.date_input[0].set_value(date(2017, 3, 1))
    save(app, "save_today")
    assert [done.value for done in app.success] == ["Today is 1 Mar 2017 now."]
    assert any("Otherwise it would be 11 Apr 2017." in text.value for text in app.caption)


def test_bands_out_of_order_are_refused(reader: Reader, filled_url: str) -> None:
    app = opened(reader, filled_url, "Bands")
    app.number_input[0].set_value(90.0)
    next(button for button in app.button if button.label == "Save").click().run()
    assert "Outstanding begins above on target" in app.warning[0].value
    app.number_input[0].set_value(130.0)
    next(button for button in app.button if button.label == "Save").click().run()
    assert company(filled_url).outstanding == 1.3


def test_a_backup_is_made_and_listed(reader: Reader, filled_url: str, tmp_path: Path) -> None:
    app = opened(reader, filled_url, "Backups")
    assert [code.value for code in app.code] == [str(tmp_path / "spm.db")]
    next(button for button in app.button if button.label == "Make a backup now").click().run()
    assert [done.value for done in app.success] == ["A backup was made."]
    (backup,) = backups_of(open_store(filled_url))
    assert any(backup.file.name in text.value for text in app.markdown)


def test_changes_name_their_author_as_not_verified_and_can_be_undone(reader: Reader, filled_url: str) -> None:
    app = opened(reader, filled_url, "Changes")
    assert list(app.dataframe[0].value["who"]) == ["Olga Ops (not verified)"]
    next(box for box in app.selectbox if box.label == "Undo a change").set_value(1).run()
    next(button for button in app.button if button.label == "Undo it").click().run()
    assert [done.value for done in app.success] == ["Change 1 was undone."]
    assert list(change_list(open_store(filled_url))["kind"]) == ["undo", "import"]


def test_a_rate_is_shown_with_what_it_changes_before_it_is_saved(reader: Reader, empty_url: str) -> None:
    store = open_store(empty_url)
    deals = "Deal id,Owner,Stage,Amount,Currency,Created on,Closed on\nD1,Ana,Won,100,EUR,2017-01-10,2017-02-10"
    imported(store, {"rates.csv": "Currency,To,Month,Rate\nEUR,USD,2017-02-01,1.1", "deals.csv": deals})
    app = opened(reader, empty_url, "Currencies")
    assert "save_rates" not in {button.key for button in app.button}
    app.session_state["exchange_rates"] = {"edited_rows": {0: {"rate": "1,2"}}, "added_rows": [], "deleted_rows": []}
    app.run()
    moved = app.dataframe[1].value
    assert list(moved.iloc[0]) == ["Deals", 1, 110.0, 120.0]
    assert value(scene(store), "bookings") == 11_000
    save(app, "save_rates")
    assert [done.value for done in app.success] == ["Saved: exchange rates: EUR in Feb 2017 1.1 → 1.2."]
    assert value(scene(store), "bookings") == 12_000
