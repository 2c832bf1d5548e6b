"""What runs beside the pages while the server runs: watchers of the store, and the commands they have done elsewhere."""

import asyncio
import logging
import os
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from shutil import which

from spm.ui import opening

RETRY_SECONDS = 60.0
CHECKOUT = Path(__file__).resolve().parents[3]
READERS_FIRST = ("nice", "-n", "10") if which("nice") else ()

log = logging.getLogger("spm")


@asynccontextmanager
async def followed(watch: Callable[[opening.Store], Awaitable[None]]) -> AsyncIterator[None]:
    """While the block runs, `watch` looks at the store in its own time; it is begun again a while after it failed."""
    following = asyncio.create_task(_follow(watch))
    try:
        yield
    finally:
        following.cancel()
        with suppress(asyncio.CancelledError):
            await following


async def _follow(watch: Callable[[opening.Store], Awaitable[None]]) -> None:
    """A store that can't be opened or asked is left to the pages, which say why."""
    while True:
        try:
            store = await asyncio.to_thread(opening.store_of_worker)
            try:
                await watch(store)
            finally:
                store.close()
        except Exception:
            log.exception("What runs beside the pages rests for a while.")
            await asyncio.sleep(RETRY_SECONDS)


async def done_elsewhere(command: str, ends_with_server: bool) -> None:
    """Runs `spm` in a process of its own, behind the readers; where the server stops it is ended, or left to finish."""
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(CHECKOUT), os.environ.get("PYTHONPATH", "")])}
    process = await asyncio.create_subprocess_exec(
        *READERS_FIRST, sys.executable, "-m", "spm.cli", command,
        env=environment, stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    try:
        _, said = await process.communicate()
    except asyncio.CancelledError:
        if ends_with_server:
            with suppress(ProcessLookupError):  # it may have ended by itself
                process.terminate()
            await process.wait()
        raise
    if process.returncode:
        log.error("spm %s failed. %s", command, said.decode(errors="replace")[-2000:])
