"""The files of the folder data/: a small edition of the sample company, and the blank workbooks."""

from datetime import date, datetime

import pandas as pd

from spm.intake.layouts import LAYOUTS
from spm.intake.templates.blank import template
from spm.intake.templates.columns import TEMPLATE_COLUMNS
from spm.reports.workbook import Format, workbook
from spm.sample.company import company

LAST_DAY = date(2025, 11, 28)
REPS_COUNT, MONTHS_COUNT = 12, 18
FORMATS = {
    "Amount": Format.MONEY,
    "Quota": Format.COUNT,
    "List price": Format.MONEY,
    "Probability": Format.PERCENT,
}


def sample_files() -> dict[str, bytes]:
    """Path below data/ → content; the same every time."""
    sheets = company(last_day=LAST_DAY, reps_count=REPS_COUNT, months_count=MONTHS_COUNT)
    edition = {LAYOUTS[key].label: _labelled(key, frame) for key, frame in sheets.items()}
    made_at = datetime(LAST_DAY.year, LAST_DAY.month, LAST_DAY.day)
    templates = {f"templates/{key}.xlsx": template(key) for key in TEMPLATE_COLUMNS}
    return {"sample_company.xlsx": workbook(edition, FORMATS, made_at)} | templates


def _labelled(layout_key: str, frame: pd.DataFrame) -> pd.DataFrame:
    """The frame under the labels of the layout; the company's own columns begin with a capital."""
    labels = {field.key: field.label for field in LAYOUTS[layout_key].fields}
    return frame.rename(columns=lambda name: labels.get(name, name.title()))
