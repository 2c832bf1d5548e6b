"""Ctrl+C: whatever `spm import` is at, it ends with a sentence and the code that shells have for it, and keeps nothing."""

from pathlib import Path

import pytest

from spm.cli import commands as commands_of_spm
from spm.cli import main
from spm.cli import sheets as commands
from spm.intake.queries import imports
from spm.store.opening import open_store
from tests.stores import DEALS


@pytest.mark.parametrize("at", ["Reading", "Checking", "Comparing", "rows prepared", "Merging", "Bringing the totals"])
def test_an_import_that_is_stopped_leaves_nothing(
    at: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    url = f"sqlite:///{tmp_path}/spm.db"
    file = tmp_path / "deals.csv"
    file.write_bytes(DEALS)
    told: list[str] = []

    def stop(share: float, doing: str) -> None:
        told.append(doing)
        if at in doing:
            raise KeyboardInterrupt

    monkeypatch.setattr(commands, "progress", stop)
    monkeypatch.setattr(commands, "beside", lambda job, progress: job(progress))  # every word is heard, however quick
    assert main(["import", str(file), "--database", url]) == 130
    assert at in told[-1]
    assert capsys.readouterr().err == "Stopped. Nothing of it is kept.\n"
    store = open_store(url)
    assert imports(store).empty
    assert store.revision("facts", "people") == (0, 0)
    store.close()
    monkeypatch.undo()
    assert main(["import", str(file), "--database", url]) == 0


def test_ctrl_c_while_a_command_is_only_loading_ends_so_too(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stop() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(commands_of_spm, "parser", stop)
    assert main(["imports"]) == 130
    assert capsys.readouterr().err == "Stopped. Nothing of it is kept.\n"
