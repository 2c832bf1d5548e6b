"""The inbox is followed while the server runs: what waits there is taken in by a process of its own."""

import asyncio
from pathlib import Path

from spm.company.queries import company_of
from spm.intake.inbox.folder import waiting
from spm.ui import opening
from spm.ui.server.beside import done_elsewhere

LOOK_SECONDS = 5.0


async def keep_empty(store: opening.Store) -> None:
    """Takes in, by `spm inbox`, the files that wait in the folder of the settings; several servers may do this at once."""
    while True:
        await asyncio.sleep(LOOK_SECONDS)
        company = await asyncio.to_thread(company_of, store)
        if company.inbox_folder and waiting(Path(company.inbox_folder)):
            await done_elsewhere("inbox", ends_with_server=False)
