"""Imports run one way. The declarations are in house_rules.py; here every file is held to them."""

from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

from tests.house_rules import CHECKOUT, MAY_IMPORT, broken_import_rules, needed_at_import, sources


@pytest.mark.parametrize("file", sources(CHECKOUT))
def test_file_keeps_the_import_rules(file: str) -> None:
    broken = broken_import_rules(file, (CHECKOUT / file).read_text(encoding="utf-8"))
    assert not broken, "\n".join(broken)


def test_layers_have_no_circle() -> None:
    TopologicalSorter(MAY_IMPORT).prepare()


def test_any_module_can_be_imported_first() -> None:
    TopologicalSorter(needed_at_import(CHECKOUT)).prepare()


def test_modules_that_wait_for_each_other_are_told(tmp_path: Path) -> None:
    package = tmp_path / "spm" / "people"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("from spm.people.roles import ROLES\n")
    (package / "roles.py").write_text("from spm.people.names import NAMES\n")
    (package / "names.py").write_text("def later():\n    from spm.people.roles import ROLES\n")
    TopologicalSorter(needed_at_import(tmp_path)).prepare()
    (package / "names.py").write_text("from spm.people.roles import ROLES\n")
    with pytest.raises(CycleError):
        TopologicalSorter(needed_at_import(tmp_path)).prepare()


@pytest.mark.parametrize(
    ("file", "line", "reason"),
    [
        ("spm/money.py", "import streamlit as st", "streamlit is imported only in app, pages, spm.ui"),
        ("spm/ui/tiles.py", "import altair", "altair is imported only in spm.charts"),
        ("spm/ui/tiles.py", "from spm.store import engine", "the store is known only to"),
        (
            "spm/metrics/queries.py",
            "from sqlalchemy import select",
            "sqlalchemy is imported only in spm.store",
        ),
        ("spm/metrics/totals.py", "from spm.store.tables import Deal", "the store is known only to"),
        ("spm/metrics/totals.py", "from spm.metrics.queries import totals", "a pure file imports no queries"),
        ("spm/metrics/totals.py", "from spm.people import queries", "a pure file imports no queries"),
        ("spm/scorecards/__init__.py", "from spm.scorecards.actions import close", "a pure file imports no"),
        (
            "spm/people/ramp.py",
            "from spm.metrics.model import Metric",
            "spm.people does not import spm.metrics",
        ),
        (
            "spm/metrics/measures.py",
            "import spm.people.model",
            "spm.metrics.measures does not import spm.people",
        ),
        ("spm/store/schema.py", "from spm.people import model", "spm.store does not import spm.people"),
        ("spm/store/schema.py", "from spm.metrics import model", "spm.store does not import spm.metrics"),
        (
            "spm/charts/trend.py",
            "from spm.scorecards import bands",
            "spm.charts does not import spm.scorecards",
        ),
        ("spm/charts/trend.py", "import spm", "spm.charts does not import spm"),
        ("pages/home.py", "from spm.metrics.queries import value", "pages does not import spm.metrics"),
        ("pages/home.py", "import pandas as pd", "a page needs no pandas"),
        ("spm/ui/frame.py", "import pages.home", "nothing imports pages"),
        ("spm/ui/frame.py", "from .tiles import tile", "imports are by full name"),
        ("spm/ui/frame.py", "def f():\n    import requests", "requests has no home"),
        ("spm/ui/frame.py", "from spm.helpers import x", "spm.helpers.x is in no layer"),
        ("spm/helpers.py", "", "is in no layer"),
        ("setup.py", "", "is in no layer"),
    ],
)
def test_a_wrong_import_is_named_with_file_line_and_rule(file: str, line: str, reason: str) -> None:
    (broken,) = broken_import_rules(file, line)
    assert broken.startswith(f"{file}:{line.count(chr(10)) + 1}: ")
    assert reason in broken


@pytest.mark.parametrize(
    ("file", "line"),
    [
        ("app.py", "import streamlit as st\nfrom spm.ui.gate import Gate"),
        ("pages/home.py", "import streamlit as st\nfrom spm import charts, ui"),
        ("spm/ui/opening.py", "from spm.store import opened"),
        ("spm/ui/frame.py", "from spm.metrics.queries import values"),
        ("spm/metrics/queries.py", "from spm.store import totals\nfrom spm.metrics.model import Metric"),
        ("spm/store/totals.py", "from spm.metrics.measures import MEASURES\nimport sqlite3"),
        ("spm/scorecards/score.py", "import pandas as pd\nfrom spm.metrics.registry import METRICS"),
        ("spm/cli/sheets.py", "import argparse\nfrom spm.intake.actions import import_files"),
    ],
)
def test_a_right_import_passes(file: str, line: str) -> None:
    assert broken_import_rules(file, line) == []
