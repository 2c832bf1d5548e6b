"""Loading the sample company through the same intake as anybody's sheets."""

from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd

from spm.intake.actions import Committed, commit
from spm.intake.checking.check import check
from spm.intake.layouts import LAYOUTS
from spm.intake.model import FoundTable, Recognition
from spm.intake.queries import preview_of
from spm.intake.upload import Upload, UploadedSheet
from spm.sample.company import company
from spm.store.change_sets import Author
from spm.store.opening import Store

FILE_NAME = "sample company"


def load_sample(
    store: Store,
    author: Author,
    today: date,
    reps_count: int = 40,
    months_count: int = 36,
    deals_count: int | None = None,
    seed: int = 1,
) -> Committed:
    """Makes the sample company whose last day is `today`, and commits its sheets as one batch.

    The same arguments again change nothing. Raises ValueError for a count below 1 or more people than there are names.
    """
    sheets = company(
        last_day=today, reps_count=reps_count, months_count=months_count, deals_count=deals_count, seed=seed
    )
    upload = Upload(tuple(uploaded(layout, frame) for layout, frame in sheets.items()), ())
    return commit(store, preview_of(store, upload, today), author, today)


def _cell(value: Any) -> Any:
    """A value as a spreadsheet's cell holds it: the sample's amounts are whole dollars."""
    return int(value) if isinstance(value, Decimal) else value


def uploaded(layout: str, frame: pd.DataFrame) -> UploadedSheet:
    """A generated sheet as if it had been read from a file: its columns are the layout's fields, or the company's own."""
    keys = {field.key for field in LAYOUTS[layout].fields}
    columns = ([_cell(value) for value in frame[name].tolist()] for name in frame)
    cells = [list(row) for row in zip(*columns, strict=True)]
    table = FoundTable(layout, tuple(frame.columns), cells, list(range(2, len(frame) + 2)))
    recognition = Recognition(layout, 1.0, {name: name for name in frame if name in keys}, reason="made here")
    checked = check(table, recognition, FILE_NAME)
    return UploadedSheet(FILE_NAME, "", layout, table, recognition, checked, checked.issues)
