"""Opening a file that another process is just making."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from time import sleep

from sqlalchemy import text

from spm.store.opening import Store, open_store


def test_a_new_file_that_another_holds_is_waited_for(tmp_path: Path) -> None:
    file = tmp_path / "new.db"
    with closing(sqlite3.connect(file, isolation_level=None)) as another, ThreadPoolExecutor(1) as beside:
        another.execute("BEGIN IMMEDIATE")
        opening = beside.submit(open_store, f"sqlite:///{file}")
        sleep(0.2)  # enough to meet the lock
        assert not opening.done()
        another.execute("COMMIT")
        assert _journal(opening.result()) == "wal"


def _journal(store: Store) -> str:
    with closing(store), store.reading() as connection:
        return str(connection.execute(text("PRAGMA journal_mode")).scalar())
