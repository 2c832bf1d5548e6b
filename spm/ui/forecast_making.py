"""The forecast follows the facts: made outside any page, in a process of its own, once for each state of the store."""

import asyncio
import logging
import os
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from shutil import which

from spm.ui import asking, opening

LOOK_SECONDS = 2.0
RETRY_SECONDS = 60.0
CHECKOUT = Path(__file__).resolve().parents[2]
READERS_FIRST = ("nice", "-n", "10") if which("nice") else ()
COMMAND = (*READERS_FIRST, sys.executable, "-m", "spm.cli", "forecast")

log = logging.getLogger("spm")


@asynccontextmanager
async def forecasts_followed() -> AsyncIterator[None]:
    """While the block runs, a change of the store is followed by a new forecast; several servers may do this at once."""
    following = asyncio.create_task(_follow())
    try:
        yield
    finally:
        following.cancel()
        with suppress(asyncio.CancelledError):
            await following


async def _follow() -> None:
    """A store that can't be opened or asked is left to the pages, which say why; it is tried again a while later."""
    while True:
        await asyncio.sleep(LOOK_SECONDS)
        try:
            store = await asyncio.to_thread(opening.store_of_worker)
            try:
                await _make_after_changes(store.revision)
            finally:
                store.close()
        except Exception:
            log.exception("No forecast is made for now.")
            await asyncio.sleep(RETRY_SECONDS)


async def _make_after_changes(revision: Callable[..., tuple[int, ...]]) -> None:
    made_for = None
    while True:
        state = (asking.real_today(), await asyncio.to_thread(revision, *asking.AREAS))
        if state != made_for:
            made_for = state
            await _make()
        await asyncio.sleep(LOOK_SECONDS)


async def _make() -> None:
    """Runs `spm forecast`, which does nothing where the forecast is made already; ends it where the server stops."""
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(CHECKOUT), os.environ.get("PYTHONPATH", "")])}
    process = await asyncio.create_subprocess_exec(
        *COMMAND, env=environment, stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.PIPE
    )
    try:
        _, said = await process.communicate()
    except asyncio.CancelledError:
        process.terminate()
        await process.wait()
        raise
    if process.returncode:
        log.error("The forecast was not made. %s", said.decode(errors="replace")[-2000:])
