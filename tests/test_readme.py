"""What the README promises of `spm`: its lines work as they stand, one after the other."""

import shlex
from pathlib import Path

import pytest

from spm.cli import main
from tests.house_rules import CHECKOUT

README = (CHECKOUT / "README.md").read_text(encoding="utf-8")
PROGRAM = ".venv/bin/spm"


def _lines() -> list[list[str]]:
    """The arguments of each call of the program, in their order."""
    calls = [
        call.strip()
        for line in README.splitlines()
        if line.startswith(PROGRAM)
        for call in line.partition("  #")[0].split(";")
    ]
    return [shlex.split(call.removeprefix(PROGRAM)) for call in calls]


def test_each_line_works_as_it_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SPM_DATABASE_URL", f"sqlite:///{tmp_path / 'spm.db'}")
    (tmp_path / "data").symlink_to(CHECKOUT / "data")
    monkeypatch.chdir(tmp_path)
    lines = _lines()
    assert len(lines) > 10
    for arguments in lines:
        assert main(arguments) == 0, arguments
        assert capsys.readouterr().out.strip(), arguments
    assert (tmp_path / "everything.xlsx").is_file()
