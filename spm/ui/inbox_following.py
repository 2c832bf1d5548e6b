"""The inbox is followed while the server runs: what waits there is taken in by a process of its own."""

import asyncio
import logging
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from spm.company.queries import company_of
from spm.intake.inbox.folder import waiting
from spm.ui import opening

LOOK_SECONDS = 5.0
CHECKOUT = Path(__file__).resolve().parents[2]
COMMAND = (sys.executable, "-m", "spm.cli", "inbox")

log = logging.getLogger("spm")


@asynccontextmanager
async def inbox_followed() -> AsyncIterator[None]:
    """While the block runs, files in the inbox that the settings name are taken in; several servers may do this at once."""
    following = asyncio.create_task(_follow())
    try:
        yield
    finally:
        following.cancel()
        with suppress(asyncio.CancelledError):
            await following


async def _follow() -> None:
    store = await asyncio.to_thread(opening.store_of_worker)
    try:
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            try:
                company = await asyncio.to_thread(company_of, store)
                if company.inbox_folder and waiting(Path(company.inbox_folder)):
                    await _take_in()
            except Exception:
                log.exception("The inbox could not be looked at.")
    finally:
        store.close()


async def _take_in() -> None:
    """Runs `spm inbox`; where the server stops meanwhile it is left to end what it began."""
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(CHECKOUT), os.environ.get("PYTHONPATH", "")])}
    process = await asyncio.create_subprocess_exec(
        *COMMAND, env=environment, stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.PIPE
    )
    _, said = await process.communicate()
    if process.returncode:
        log.error("The inbox was not taken in. %s", said.decode(errors="replace")[-2000:])
