"""What the server does before its first reader comes, so that they need not wait for it, and beside them."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from importlib import import_module

import streamlit as st

HEAVY = "spm.ui.home.page"  # with it come the frames, the charts and the reading of sheets


@asynccontextmanager
async def prepared(app: st.App) -> AsyncIterator[None]:
    """The lifespan of the app: what takes seconds to import is there before the server answers; beside the pages
    forecasts are made, the inbox is emptied, and questions are answered before they are asked.
    """
    await asyncio.to_thread(import_module, HEAVY)
    from spm.ui.server import answers, beside, forecasts, inbox  # not above: what they need is heavy too

    async with AsyncExitStack() as beside_the_pages:
        for watch in (forecasts.keep_made, inbox.keep_empty, answers.keep_ready):
            await beside_the_pages.enter_async_context(beside.followed(watch))
        yield
