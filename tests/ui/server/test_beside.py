"""Watchers beside the pages: begun again after a failure, ended with the server; their work is done elsewhere."""

import asyncio
from pathlib import Path

import pytest

from spm.company.actions import change_settings
from spm.company.queries import company_of
from spm.store import reading
from spm.store.opening import Store, open_store
from spm.ui.server import beside, inbox
from tests.companies import TESTER

REPS = "Rep Id,Name,Role\nE1,Ana Ruiz,Sales Representative\n"


@pytest.fixture
def url(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    url = f"sqlite:///{tmp_path / 'spm.db'}"
    monkeypatch.setenv("SPM_DATABASE_URL", url)
    return url


def test_a_watcher_that_failed_is_begun_again_and_ends_with_the_server(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(beside, "RETRY_SECONDS", 0.0)
    told: list[str] = []

    async def lived() -> None:
        looked = asyncio.Event()

        async def watch(store: Store) -> None:
            told.append("begun")
            if len(told) == 1:
                raise OSError("the disk is away")
            looked.set()
            try:
                await asyncio.Event().wait()
            finally:
                told.append("ended")

        async with beside.followed(watch):
            await asyncio.wait_for(looked.wait(), 20)

    asyncio.run(lived())
    assert told == ["begun", "begun", "ended"]


def test_what_lies_in_the_inbox_is_taken_in(url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inbox, "LOOK_SECONDS", 0.1)
    folder = tmp_path / "inbox"
    folder.mkdir()
    store = open_store(url)
    change_settings(store, TESTER, inbox_folder=str(folder))
    assert company_of(store).inbox_folder == str(folder)
    (folder / "reps.csv").write_text(REPS)

    async def lived() -> None:
        async with beside.followed(inbox.keep_empty):
            while not list(folder.glob("done/*/report.txt")):
                await asyncio.sleep(0.1)

    asyncio.run(asyncio.wait_for(lived(), 60))
    assert list(reading.people(store)["name"]) == ["Ana Ruiz"]
    store.close()


class Ended:
    """A process that ended at the moment when the server does: nobody has read its last words yet."""

    async def communicate(self) -> None:
        await asyncio.Event().wait()

    def terminate(self) -> None:
        raise ProcessLookupError

    async def wait(self) -> int:
        return 0


def test_what_ended_by_itself_does_not_hold_up_the_end_of_the_server(monkeypatch: pytest.MonkeyPatch) -> None:
    async def started(*command: str, **how: object) -> Ended:
        return Ended()

    async def lived() -> None:
        doing = asyncio.create_task(beside.done_elsewhere("forecast", ends_with_server=True))
        await asyncio.sleep(0)
        doing.cancel()
        with pytest.raises(asyncio.CancelledError):
            await doing

    monkeypatch.setattr(asyncio, "create_subprocess_exec", started)
    asyncio.run(lived())
