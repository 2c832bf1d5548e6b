"""What holds for one person from a day on: leave and skill levels. Pure."""

import pandas as pd

from spm.calendar import ONE_DAY
from spm.intake.model import CheckedSheet, Issue, Severity, Wanted
from spm.intake.staffing.directory import Directory


def wanted_leave(sheet: CheckedSheet, people: Directory) -> Wanted:
    """The rows of a sheet of leave for the table `leave`, told by their person and first day."""
    rows = sheet.rows
    ends = [day + ONE_DAY for day in rows["ends_on"]]
    reasons = rows["reason"].where(rows["reason"].notna(), "")
    return _told(sheet, people, "leave", ends_before=ends, away_share=rows["share"], reason=reasons)


def wanted_skill_levels(sheet: CheckedSheet, people: Directory) -> Wanted:
    """The rows of a sheet of skill levels for the table `skill_level`; one without a day has always held."""
    return _told(sheet, people, "skill_level", level=sheet.rows["level"])


def _told(sheet: CheckedSheet, people: Directory, table: str, **columns: object) -> Wanted:
    """Of several rows of one person and day the last one holds. Rows that name nobody are refused."""
    where = f"{sheet.file_name} › {sheet.sheet}"
    pairs = zip(sheet.rows["owner_key"], sheet.rows["owner"], strict=True)
    told = {"person_key": [people.resolve(*pair, where) for pair in pairs], "starts_on": sheet.rows["starts_on"]}
    rows = pd.DataFrame({**told, **columns, "source_row": sheet.rows["row"]}, dtype=object).reset_index(drop=True)
    nobody = rows["person_key"].isna()
    issues = [
        Issue(Severity.REFUSED, "nobody is named", sheet.sheet, int(row), expected="a person")
        for row in rows.loc[nobody, "source_row"]
    ]
    rows = rows[~nobody]
    rows.insert(0, "key", [f"{row.person_key} | {row.starts_on}" for row in rows.itertuples()])
    rows = rows.drop_duplicates("key", keep="last").reset_index(drop=True)
    return Wanted(table, rows, tuple(columns), issues)
