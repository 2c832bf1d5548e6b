"""The app as its reader has it: a server of its own, and a page that has finished drawing."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from playwright.sync_api import Page

from tests.house_rules import CHECKOUT

START_SECONDS = 60
DRAWN = "[data-testid='stApp'][data-test-connection-state='CONNECTED'][data-test-script-state='notRunning']"


@contextmanager
def running_app(database_url: str, log: Path, script: Path = CHECKOUT / "app.py") -> Iterator[str]:
    """The address of `streamlit run app.py` on a free port, over that database, until the block ends.

    What the server prints goes to `log`. Raises RuntimeError with its end where the server does not start.
    """
    port = _free_port()
    address = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "streamlit", "run", str(script)]
    options = ["--server.headless", "true", "--server.port", str(port)]
    environment = os.environ | {"SPM_DATABASE_URL": database_url}
    with log.open("wb") as output:
        server = subprocess.Popen(
            command + options, cwd=script.parent, env=environment, stdout=output, stderr=subprocess.STDOUT
        )
        try:
            _wait_until_healthy(server, address, log)
            yield address
        finally:
            _stop(server)


def ready(page: Page) -> Page:
    """The page, once the server's script has run to its end and all of it is drawn."""
    page.wait_for_timeout(160)  # a click reaches the server only now; before, the page still looks ready
    page.wait_for_selector(DRAWN, timeout=30_000)
    page.wait_for_selector("[data-testid='stSkeleton']", state="detached", timeout=30_000)
    return page


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
    return port


def _wait_until_healthy(server: "subprocess.Popen[bytes]", address: str, log: Path) -> None:
    give_up_at = time.monotonic() + START_SECONDS
    while server.poll() is None and time.monotonic() < give_up_at:
        try:
            with urlopen(f"{address}/_stcore/health", timeout=5):
                return
        except (URLError, OSError):
            time.sleep(0.1)
    raise RuntimeError(f"The app did not start. It said:\n{log.read_text(errors='replace')[-2000:]}")


def _stop(server: "subprocess.Popen[bytes]") -> None:
    server.terminate()
    try:
        server.wait(10)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()
