"""The forecast follows the facts: made outside any page, in a process of its own, once for each state of the store."""

import asyncio

from spm.ui import asking, opening
from spm.ui.server.beside import done_elsewhere

LOOK_SECONDS = 2.0


async def keep_made(store: opening.Store) -> None:
    """Follows each change of the store with `spm forecast`, which does nothing where another server made it already."""
    made_for = None
    while True:
        await asyncio.sleep(LOOK_SECONDS)
        state = (asking.real_today(), await asyncio.to_thread(store.revision, *asking.AREAS))
        if state != made_for:
            made_for = state
            await done_elsewhere("forecast", ends_with_server=True)
