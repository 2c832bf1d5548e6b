"""The sample company: there before the reader who clicked for it looks elsewhere."""

import subprocess
from pathlib import Path

from tests.bench.conftest import Stopwatch
from tests.command_line import SPM
from tests.house_rules import CHECKOUT


def test_sample_company_is_loaded_in_five_seconds(tmp_path: Path, stopwatch: Stopwatch) -> None:
    database_url = f"sqlite:///{tmp_path / 'sample.db'}"
    command = [*SPM, "sample", "--reps", "40", "--months", "36"]
    with stopwatch("spm sample: 40 reps, 36 months, from an empty database", 5):
        subprocess.run([*command, "--database", database_url], cwd=CHECKOUT, check=True)
