"""A picture of every page, wide and narrow, light and dark: `make shots`.

Over the sample company in a scratch database, a database of one's own (--database), or an app that is
already running (--url). --pages takes names, and what a link carries after them: "home,rep?rep=7".
"""

import argparse
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page

from tests.browser import chromium
from tests.browser.app import ready, running_app
from tests.command_line import SPM
from tests.house_rules import CHECKOUT

FOLDER = CHECKOUT / "shots"
WIDTHS = (1440, 390)
THEMES = ("light", "dark")
SCREEN_HEIGHT = 900
SETTLE_ROUNDS = 5
LINKS = "[data-testid='stSidebarNavLink'], [data-testid='stTopNavLink']"


def main() -> None:
    """Takes the pictures and prints the file of each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", default="", help="URL of a database; the sample company if none")
    parser.add_argument("--url", default="", help="address of an app that is running already")
    parser.add_argument("--pages", default="", help="names of pages, with commas between; all if none")
    asked = parser.parse_args()
    FOLDER.mkdir(exist_ok=True)
    with app_to_show(asked.url, asked.database) as address, chromium.running() as browser:
        pages = chosen(asked.pages, page_paths(browser, address))
        for width in WIDTHS:
            for theme in THEMES:
                for file in pictures(browser, address, pages, width, theme):
                    print(file.relative_to(CHECKOUT), flush=True)


@contextmanager
def app_to_show(url: str, database_url: str) -> Iterator[str]:
    """The address of the app at `url`, or of one started over the database or the sample company."""
    if url:
        yield url.rstrip("/")
        return
    with TemporaryDirectory() as scratch:
        if not database_url:
            database_url = f"sqlite:///{scratch}/sample.db"
            subprocess.run([*SPM, "sample", "--database", database_url], cwd=CHECKOUT, check=True)
        with running_app(database_url, log=Path(scratch) / "server.log") as address:
            yield address


def page_paths(browser: Browser, address: str) -> dict[str, str]:
    """The menu's pages in its order: name and path. The page at the root is named home."""
    page = browser.new_page(viewport={"width": max(WIDTHS), "height": 2 * SCREEN_HEIGHT})
    page.goto(address)
    page.wait_for_selector(LINKS, state="attached")
    paths = [urlsplit(link.get_attribute("href") or "").path for link in page.locator(LINKS).all()]
    page.close()
    return {path.strip("/") or "home": path for path in paths}


def chosen(names: str, paths: dict[str, str]) -> dict[str, str]:
    """The paths of `names` ("home,rep?rep=7"), each with its query; all where none is named."""
    if not names:
        return paths
    wanted = [urlsplit(name.strip()) for name in names.split(",")]
    if unknown := [name.path for name in wanted if name.path not in paths]:
        sys.exit(f"No page named {', '.join(unknown)}. There are: {', '.join(paths)}.")
    return {name.path: f"{paths[name.path]}?{name.query}" for name in wanted}


def pictures(browser: Browser, address: str, pages: dict[str, str], width: int, theme: str) -> Iterator[Path]:
    """The file of each page's picture at this width in this theme, one after the other as they are taken."""
    context = browser.new_context(
        viewport={"width": width, "height": SCREEN_HEIGHT},
        color_scheme="dark" if theme == "dark" else "light",
        locale="en-GB",
    )
    for name, path in pages.items():
        page = context.new_page()
        page.goto(f"{address}{path}")
        ready(page)
        grow_to_content(page)
        file = FOLDER / f"{name}-{width}-{theme}.png"
        page.screenshot(path=file)
        page.close()
        yield file
    context.close()


def grow_to_content(page: Page) -> None:
    """Makes the window as high as the page is long: Streamlit scrolls inside it, and a picture does not."""
    width = page.viewport_size["width"] if page.viewport_size else max(WIDTHS)
    height = SCREEN_HEIGHT
    for _ in range(SETTLE_ROUNDS):  # what comes into view is drawn only then, and may be longer
        page.wait_for_timeout(500)
        needed: int = page.locator("[data-testid='stMain']").evaluate("main => main.scrollHeight")
        if needed <= height:
            break
        height = needed
        page.set_viewport_size({"width": width, "height": height})
        ready(page)


if __name__ == "__main__":
    main()
