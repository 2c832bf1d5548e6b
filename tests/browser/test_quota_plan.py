"""From a revenue goal to published quotas and a rep's letter, as a leader does it, in a real browser."""

import re
from collections.abc import Iterator
from pathlib import Path
from re import Pattern

import pytest
from playwright.sync_api import Page, expect

from spm.intake.actions import commit
from spm.intake.queries import preview
from spm.metrics.queries import scene_of, value
from spm.planning.baseline.queries import plan_periods
from spm.planning.publishing.queries import scenarios_of, versions_of
from spm.sample.actions import load_sample
from spm.store.change_sets import Author
from spm.store.opening import open_store
from tests.browser import app
from tests.companies import REAL_TODAY

OPS = Author("Olga Ops")
PATIENCE, USUAL_PATIENCE = 90_000, 20_000  # milliseconds, of a machine that does other things too


@pytest.fixture(autouse=True)
def patient(page: Page) -> Iterator[None]:
    """Waits longer for what is to appear; as before afterwards."""
    expect.set_options(timeout=PATIENCE)
    page.set_default_timeout(PATIENCE)
    yield
    expect.set_options(timeout=USUAL_PATIENCE)


@pytest.fixture(params=["sample", "adventureworks"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The sample company, then real orders with quotas on odd days."""
    url = f"sqlite:///{tmp_path / 'spm.db'}"
    store = open_store(url)
    if request.param == "sample":
        load_sample(store, OPS, REAL_TODAY)
    else:
        folder: Path = request.getfixturevalue("shared_data") / "adventureworks"
        files = [(file.name, file.read_bytes()) for file in sorted(folder.glob("*.csv"))]
        commit(store, preview(store, files, REAL_TODAY), OPS, REAL_TODAY)
    store.close()
    return url


def section(page: Page, name: str) -> None:
    """Goes to a section, and is there once its radio is the chosen one and the script has begun anew."""
    radio = page.get_by_test_id("stButtonGroup").get_by_role("radio", name=name, exact=True)
    radio.click()
    expect(radio).to_be_checked()


def press(page: Page, name: str | Pattern[str]) -> None:
    """Clicks a button as soon as it can be: enabled, and on a page that is drawn to its end, since a click on a form that is
    being drawn anew is lost."""
    button = page.get_by_role("button", name=name, exact=isinstance(name, str))
    expect(button).to_be_enabled()
    app.ready(page)
    button.click()


def test_from_a_goal_to_published_quotas_and_a_letter(page: Page, app_server: str, database_url: str) -> None:
    """Each step waits for what it brings about, never for a time: the machine may be busy."""
    headline = page.get_by_role("heading", level=1)
    page.goto(f"{app_server}/quota_plan?section=Goal")
    expect(headline).to_contain_text("likely as it stands", timeout=PATIENCE)
    app.ready(page)

    target = page.get_by_label("Target, USD")
    asked = round(float(target.input_value()) * 1.03, -4)
    target.fill(f"{asked:.0f}")
    target.press("Enter")
    expect(page.get_by_text("above the projection.")).to_be_visible()

    section(page, "Scenarios")
    name = page.get_by_label("New scenario")
    name.fill("A better market")
    name.press("Enter")
    press(page, re.compile("Begin"))
    expect(page.get_by_role("heading", name="Levers of A better market")).to_be_visible()
    press(page, "Add")
    expect(page.get_by_text("By itself", exact=True)).to_be_visible()
    expect(headline).to_contain_text("likely under “A better market”")
    press(page, re.compile("Save scenario"))
    expect(page.get_by_text("“A better market” is saved.")).to_be_visible()

    section(page, "Allocation")
    expect(page.get_by_text("✓ The quotas add up to")).to_be_visible()
    section(page, "Odds")
    expect(page.get_by_role("heading", name="What matters most")).to_be_visible()
    expect(page.get_by_text("seed 1: the same seed gives the same numbers")).to_be_visible()
    section(page, "Fairness")
    expect(page.get_by_role("heading", name="Had these quotas held in")).to_be_visible()

    section(page, "Publish")
    press(page, re.compile("Save as version 1"))
    expect(page.get_by_text("1 of 3 · draft")).to_be_visible()
    press(page, re.compile(r"Accept \d+ quotas"))
    press(page, re.compile("Take as reviewed"))  # greyed until all are accepted
    expect(page.get_by_text("2 of 3 · reviewed")).to_be_visible()
    press(page, re.compile("Publish these quotas"))
    expect(page.get_by_text("3 of 3 · published")).to_be_visible()
    with page.expect_download(timeout=PATIENCE) as download:
        press(page, "As PDF")
    assert download.value.path().read_bytes().startswith(b"%PDF-")
    with page.expect_download(timeout=PATIENCE) as download:
        press(page, "As HTML")
    assert "How it came about" in download.value.path().read_text(encoding="utf-8")

    store = open_store(database_url)
    scene = scene_of(store, REAL_TODAY)
    assert "A better market" in scenarios_of(scene)
    period = plan_periods(scene)[0]
    (version,) = versions_of(scene, period)
    assert (version.stage, version.target_cents) == ("published", round(asked * 100))
    assert value(scene, "quota", period) == version.target_cents
    store.close()
