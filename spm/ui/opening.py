"""The store, opened once a process, and who writes to it. The only file here that knows the store."""

from functools import lru_cache
from threading import Lock

import pandas as pd
import streamlit as st

from spm.store import opening
from spm.store.change_sets import Author
from spm.store.opening import Store as Store  # the others here name it by this file

READER = "reader"
"""The key under which the frame keeps the name that the reader chose."""

NAMELESS = "someone unnamed"

_opening = Lock()


def store() -> Store:
    """The store of `SPM_DATABASE_URL` (data/spm.db without one), one for all readers of this process."""
    with _opening:
        return _opened(opening.database_url())


def store_of_worker() -> Store:
    """The same database opened once more, for what runs beside the pages; whoever asks closes it."""
    return opening.open_store()


def author() -> Author:
    """Whom a write is by: the name that the reader chose, not verified."""
    return Author(st.session_state.get(READER) or NAMELESS, is_verified=False)


@lru_cache(2)
def _opened(url: str) -> Store:
    # Pages ask for a few hundred texts at a time, of which Arrow takes a fifth longer; of an import's many it needs less room.
    pd.set_option("mode.string_storage", "python")
    with st.spinner("Opening the database …"):
        return opening.open_store(url)
