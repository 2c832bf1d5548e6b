"""A Chromium for the tests: the system's where there is one, Playwright's own download otherwise.

`python -m tests.browser.chromium` sees to it that there is one, and says what to do where it cannot.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Playwright, sync_playwright
from playwright.sync_api import Error as PlaywrightError

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = (
    "--no-sandbox",  # a container's root has no other way
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
DEBIAN = ("apt-get", "install", "-y", "--no-install-recommends", "chromium", "fonts-liberation")
NONE_TO_BE_HAD = (
    "No Chromium, and none could be installed. The tests in the browser need one: install your system's "
    "chromium (or Google Chrome), then run this again."
)


def launched(playwright: Playwright) -> Browser:
    """A headless Chromium, the system's first; raises Playwright's error where there is none that starts."""
    return playwright.chromium.launch(executable_path=_installed(), args=ARGUMENTS)


@contextmanager
def running() -> Iterator[Browser]:
    """A headless Chromium that is closed at the end of the block."""
    with sync_playwright() as playwright:
        browser = launched(playwright)
        yield browser
        browser.close()


def ensured() -> bool:
    """Whether a Chromium starts; one is installed where none did, from Debian's packages or by Playwright."""
    return _starts() or (_from_debian() and _starts()) or (_from_playwright() and _starts())


def _installed() -> str | None:
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def _starts() -> bool:
    try:
        with running():
            return True
    except PlaywrightError:
        return False


def _from_debian() -> bool:
    if shutil.which("apt-get") is None:
        return False
    root: tuple[str, ...] = ()
    if os.geteuid() != 0:
        if shutil.which("sudo") is None or not _succeeds("sudo", "-n", "true"):
            return False
        root = ("sudo", "-n")
    return _succeeds(*root, "apt-get", "update") and _succeeds(*root, *DEBIAN)


def _from_playwright() -> bool:
    return _succeeds(sys.executable, "-m", "playwright", "install", "chromium")


def _succeeds(*command: str) -> bool:
    quiet_frontend = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    return subprocess.run(command, env=quiet_frontend, stdin=subprocess.DEVNULL).returncode == 0


if __name__ == "__main__":
    sys.exit(None if ensured() else NONE_TO_BE_HAD)
