"""A metric of the company's own: written, refused, mended, kept, opened, changed and taken away in a real browser."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from spm.metrics.queries import Question, scene_of, values
from spm.store.opening import Store
from tests.stores import small_company

Ready = Callable[[Page], Page]


@pytest.fixture
def company(tmp_path: Path) -> Iterator[Store]:
    store = small_company(tmp_path)
    yield store
    store.close()


@pytest.fixture
def database_url(company: Store) -> str:
    return str(company.engine.url)


def test_a_metric_is_declared_without_code(page: Page, app_server: str, ready: Ready, company: Store) -> None:
    page.goto(f"{app_server}/definitions")
    ready(page).get_by_role("button", name="Add a metric").click()
    form = page.get_by_role("dialog")
    form.get_by_role("textbox", name="Name", exact=True).fill("Calls per deal")
    formula = form.get_by_role("textbox", name="Formula")
    formula.press_sequentially("calls / won_dels")
    expect(form.get_by_text("There is no measure “won_dels”.")).to_be_visible()
    expect(form.get_by_role("button", name="Save")).to_be_disabled()
    formula.fill("calls / won_deals")
    expect(form.get_by_text("Calls per won deal, in Q1 2017")).to_be_visible()
    form.get_by_text("Less is better").click()
    ready(page)
    form.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Calls per deal was saved.")).to_be_visible()

    scene = scene_of(company, date(2017, 6, 30))
    frame = values(
        scene, Question("calls_per_deal", ("rep",), span=scene.standing.company.fiscal_calendar.period("2017-Q1"))
    )
    assert dict(zip(frame["rep"], frame["value"], strict=True))["A. Ruiz"] == 2.0  # two calls, one deal won
    assert not scene.metric("calls_per_deal").higher_is_better

    page.goto(f"{app_server}/definitions?metric=calls_per_deal")
    opened = ready(page).get_by_role("dialog")
    expect(opened.get_by_text("calls / won_deals")).to_be_visible()
    opened.get_by_role("button", name="Change").click()
    form = ready(page).get_by_role("dialog")
    expect(form.get_by_role("textbox", name="Formula")).to_have_value("calls / won_deals")
    form.get_by_role("textbox", name="Name", exact=True).fill("Calls for a deal")
    ready(page)
    form.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Calls for a deal was saved.")).to_be_visible()

    page.goto(f"{app_server}/definitions?metric=calls_per_deal")
    ready(page).get_by_role("dialog").get_by_role("button", name="Delete").click()
    expect(page.get_by_text("Calls for a deal was deleted.")).to_be_visible()
    assert "calls_per_deal" not in scene_of(company, date(2017, 6, 30)).metrics
