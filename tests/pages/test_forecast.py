"""Forecast, empty and filled: what it says is what was published."""

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from spm import money
from spm.calendar import Grain
from spm.forecast.actions import publish
from spm.forecast.landings.queries import landing_of
from spm.forecast.outlook.queries import Asked
from spm.forecast.publishing import queries as publishing
from spm.forecast.publishing.queries import calls_of, latest_run
from spm.forecast.queries import outlook
from spm.metrics.queries import Scene
from spm.store.opening import Store, open_store
from tests.companies import empty_store, imported, scene
from tests.forecast.companies import TODAY, three_years

Reader = Callable[..., AppTest]


@pytest.fixture(scope="module")
def published_url(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("page")
    store = three_years(folder)
    publish(store, TODAY)
    store.close()
    return f"sqlite:///{folder / 'spm.db'}"


@pytest.fixture
def store(published_url: str) -> Store:
    return open_store(published_url)


@pytest.fixture
def here(store: Store) -> Scene:
    return scene(store)


def said(app: AppTest) -> list[str]:
    kinds = (app.title, app.subheader, app.caption, app.markdown, app.info, app.warning, app.success)
    return [one.value.replace("\\", "").replace("\N{NO-BREAK SPACE}", " ") for kind in kinds for one in kind]


def projected(app: AppTest) -> list[float]:
    """The column of the table in numbers."""
    (table,) = [one.value for one in app.dataframe if "high_95" in one.value]
    return table["value"].tolist()


def test_an_empty_app_says_what_to_bring(reader: Reader, empty_url: str) -> None:
    app = reader(empty_url, page="forecast")
    assert not app.exception
    assert "Upload sheets" in [button.label for button in app.button]


def test_the_headline_is_where_the_quarter_lands(reader: Reader, published_url: str, here: Scene) -> None:
    app = reader(published_url, page="forecast")
    assert not app.exception
    run = latest_run(here)
    assert run is not None
    quarter = here.standing.company.fiscal_calendar.period_of(Grain.QUARTER, here.today)
    found = landing_of(here, run, "company", "", quarter)
    assert found is not None
    (headline,) = [one.value for one in app.title]
    assert money.short(found.lands.value, "USD") in headline.replace("\\", "")
    assert "to make quota" in headline
    assert [one.label for one in app.metric][:3] == ["November 2026 lands at", "Q4 2026 lands at", "2026 lands at"]


def test_a_rep_is_looked_at(reader: Reader, published_url: str) -> None:
    app = reader(published_url, page="forecast", of="rep", member="Bo Li")
    assert not app.exception
    assert app.title[0].value.startswith("Bo Li: Q4 2026 lands at")


def test_somebody_who_left_and_somebody_new_get_a_sentence(reader: Reader, published_url: str) -> None:
    app = reader(published_url, page="forecast", of="rep", member="Cy Oak")
    assert any("Has left" in text for text in said(app))
    app = reader(published_url, page="forecast", of="rep", member="Di Yu")
    assert not app.exception
    assert any("Only 3 months are known" in text for text in said(app))


@pytest.mark.parametrize(("metric", "grain"), [("win_rate", "month"), ("won_deals", "quarter"), ("bookings", "week")])
def test_any_total_or_ratio_and_grain(reader: Reader, published_url: str, metric: str, grain: str) -> None:
    app = reader(published_url, page="forecast", projected=metric, grain=grain)
    assert not app.exception
    assert " of " in app.title[0].value


def test_before_the_first_forecast_is_published_it_says_so_and_projects(reader: Reader, tmp_path: Path) -> None:
    three_years(tmp_path).close()
    app = reader(f"sqlite:///{tmp_path / 'spm.db'}", page="forecast")
    assert not app.exception
    assert any("in the making" in text for text in said(app))
    assert "Bookings of November 2026" in app.title[0].value
    assert any("in the making" in text for text in said(reader(f"sqlite:///{tmp_path / 'spm.db'}", page="home")))


def test_an_old_forecast_is_shown_with_its_date_while_a_newer_one_is_made(reader: Reader, tmp_path: Path) -> None:
    store = three_years(tmp_path)
    publish(store, TODAY)
    more = "Opportunity ID,Sales Agent,Stage,Amount,Created,Close Date\nX1,Ana Ruiz,Won,9999,2026-10-01,2026-10-30"
    imported(store, {"more.csv": more}, TODAY)
    app = reader(f"sqlite:///{tmp_path / 'spm.db'}", page="forecast")
    assert not app.exception
    assert any("a newer one is in the making" in text for text in said(app))
    assert "lands at" in app.title[0].value


@pytest.mark.parametrize("page", ["home", "teams", "rep", "forecast"])
def test_a_forecast_by_an_older_method_stays_until_a_newer_one_is_there(
    reader: Reader, published_url: str, monkeypatch: pytest.MonkeyPatch, page: str
) -> None:
    monkeypatch.setattr(publishing, "METHOD", publishing.METHOD + 1)
    app = reader(published_url, page=page, rep="Bo Li", period="2026-Q4")
    assert not app.exception
    assert any("Q4 2026 lands at" in text or "Q4 2026 at $" in text for text in said(app))
    assert any("Forecast of" in text and "a newer one is in the making" in text for text in said(app))


def test_home_says_where_the_running_month_quarter_and_year_land(reader: Reader, published_url: str) -> None:
    (line,) = [text for text in said(reader(published_url, page="home", period="2026-Q3")) if "lands at" in text]
    assert all(part in line for part in ("November 2026 lands at $", "; Q4 2026 at $", "; 2026 at $", "Forecast of"))


def test_a_huge_deal_is_named_and_can_be_left_out(reader: Reader, tmp_path: Path) -> None:
    store = three_years(tmp_path)
    huge = "Opportunity ID,Account,Sales Agent,Stage,Amount,Created,Close Date\nX1,Whale,Ana Ruiz,Won,90000,2026-10-01,2026-10-30"
    imported(store, {"huge.csv": huge}, TODAY)
    publish(store, TODAY)
    app = reader(f"sqlite:///{tmp_path / 'spm.db'}", page="forecast")
    assert any("October 2026" in text and "Whale" in text for text in said(app))
    with_it = projected(app)
    app = app.toggle(key="without").set_value(True).run()
    assert not app.exception
    without = projected(app)
    assert without != with_it
    alone = outlook(scene(store), Asked("bookings", outliers="leave out")).levels[()].future["value"]
    assert without == pytest.approx((alone / 100).tolist())


def test_a_few_days_of_facts_are_too_few(reader: Reader, tmp_path: Path) -> None:
    rows = "Deal id,Owner,Stage,Amount,Created on,Closed on\n1,Ana,Won,10,2026-11-02,2026-11-03"
    imported(empty_store(tmp_path), {"deals.csv": rows}, TODAY)
    app = reader(f"sqlite:///{tmp_path / 'spm.db'}", page="forecast")
    assert not app.exception
    assert "can't be projected yet" in app.title[0].value
    assert not any("in the making" in text for text in said(app))


def test_a_call_is_entered_and_stands_beside_the_projection(reader: Reader, published_url: str, here: Scene) -> None:
    app = reader(published_url, page="forecast", of="rep", member="Ana Ruiz", reader="Max Boss")
    app.number_input(key="call_commit").set_value(3_500)
    app.number_input(key="call_best").set_value(4_000)
    (button,) = [one for one in app.button if one.label == "Call for Ana Ruiz"]
    app = button.click().run()
    assert not app.exception
    (call,) = calls_of(here, "rep", "Ana Ruiz").to_dict("records")
    assert (call["caller"], call["commit_cents"], call["best_case_cents"]) == ("Max Boss", 350_000, 400_000)
    assert call["landing_cents"] > 0
    assert any(table.value["caller"].tolist() == ["Max Boss"] for table in app.dataframe if "caller" in table.value)


def test_nothing_on_the_page_is_none_or_nan(reader: Reader, published_url: str) -> None:
    for chosen in ({}, {"of": "team", "member": "South"}, {"of": "product"}, {"projected": "win_rate"}):
        app = reader(published_url, page="forecast", **chosen)
        assert not app.exception
        texts = [*said(app), *(one.value for one in app.metric)]
        assert not [text for text in texts if "None" in text or "nan" in text.split()]


def test_home_says_where_the_quarter_lands(reader: Reader, published_url: str) -> None:
    app = reader(published_url, page="home")
    assert not app.exception
    assert "Q4 2026 lands at" in [one.label for one in app.metric]
