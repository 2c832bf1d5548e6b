"""What the server does before its first reader comes, so that they need not wait for it."""

import asyncio
import pkgutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import import_module

import streamlit as st

from spm import ui

SCRIPT = "spm.ui.frame"  # run for each reader, not imported


@asynccontextmanager
async def prepared(app: st.App) -> AsyncIterator[None]:
    """The lifespan of the app: everything that pages import is loaded before the server answers."""
    await asyncio.to_thread(_import_pieces)
    yield


def _import_pieces() -> None:
    for piece in pkgutil.iter_modules(ui.__path__, f"{ui.__name__}."):
        if piece.name != SCRIPT:
            import_module(piece.name)
