"""From a revenue goal to published quotas and a rep's letter, as a leader does it, in a real browser."""

from collections.abc import Callable
from pathlib import Path

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
from tests.companies import REAL_TODAY

OPS = Author("Olga Ops")
Ready = Callable[[Page], Page]


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


def section(page: Page, ready: Ready, name: str) -> None:
    page.get_by_test_id("stButtonGroup").get_by_role("radio", name=name).click()
    ready(page)


def test_from_a_goal_to_published_quotas_and_a_letter(
    page: Page, ready: Ready, app_server: str, database_url: str
) -> None:
    headline = page.get_by_role("heading", level=1)
    page.goto(f"{app_server}/quota_plan?section=Goal")
    ready(page)
    expect(headline).to_contain_text("likely as it stands", timeout=30_000)

    target = page.get_by_label("Target, USD")
    asked = round(float(target.input_value()) * 1.03, -4)
    target.fill(f"{asked:.0f}")
    target.press("Enter")
    ready(page)
    expect(page.get_by_text("above the projection.")).to_be_visible()

    section(page, ready, "Scenarios")
    page.get_by_label("New scenario").fill("A better market")
    page.get_by_label("New scenario").press("Enter")
    ready(page)
    page.get_by_role("button", name="Begin").click()
    ready(page)
    page.get_by_role("button", name="Add", exact=True).click()
    ready(page)
    expect(page.get_by_text("By itself", exact=True)).to_be_visible(timeout=60_000)
    expect(headline).to_contain_text("likely under “A better market”")
    page.get_by_role("button", name="Save scenario").click()
    ready(page)
    expect(page.get_by_text("“A better market” is saved.")).to_be_visible()

    section(page, ready, "Allocation")
    expect(page.get_by_text("✓ The quotas add up to")).to_be_visible()
    section(page, ready, "Odds")
    expect(page.get_by_role("heading", name="What matters most")).to_be_visible()
    expect(page.get_by_text("seed 1: the same seed gives the same numbers")).to_be_visible()
    section(page, ready, "Fairness")
    expect(page.get_by_role("heading", name="Had these quotas held in")).to_be_visible()

    section(page, ready, "Publish")
    page.get_by_role("button", name="Save as version 1").click()
    ready(page)
    page.get_by_role("button", name="Accept").click()
    ready(page)
    page.get_by_role("button", name="Take as reviewed").click()
    ready(page)
    page.get_by_role("button", name="Publish these quotas").click()
    ready(page)
    expect(page.get_by_text("3 of 3 · published")).to_be_visible(timeout=30_000)
    ready(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="As PDF", exact=True).click()
    assert download.value.path().read_bytes().startswith(b"%PDF-")
    with page.expect_download() as download:
        page.get_by_role("button", name="As HTML").click()
    assert "How it came about" in download.value.path().read_text(encoding="utf-8")

    store = open_store(database_url)
    scene = scene_of(store, REAL_TODAY)
    assert "A better market" in scenarios_of(scene)
    period = plan_periods(scene)[0]
    (version,) = versions_of(scene, period)
    assert (version.stage, version.target_cents) == ("published", round(asked * 100))
    assert value(scene, "quota", period) == version.target_cents
    store.close()
