"""Who changed what, and what there was before."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, DateTime, LargeBinary, Text
from sqlmodel import Field

from spm.store.tables.base import Table


class ChangeSet(Table, table=True):
    """One write: an import, an edit, an undo. It is never deleted."""

    __tablename__ = "change_set"
    id: int = Field(primary_key=True)
    kind: str
    author: str
    is_verified: bool = False
    made_at: datetime = Field(sa_type=DateTime)
    note: str = Field(default="", sa_type=Text)
    undone_in: int | None = Field(default=None, foreign_key="change_set.id")


class BeforeImage(Table, table=True):
    """A row as it was before a change set changed or deleted it."""

    __tablename__ = "before_image"
    id: int = Field(primary_key=True)
    change_set_id: int = Field(foreign_key="change_set.id", index=True)
    table_name: str
    row_id: int
    row_before: dict[str, Any] = Field(sa_type=JSON)


class UndoneRows(Table, table=True):
    """Rows of one table as they were before an undo took them away or replaced them; see `spm.store.undone`."""

    __tablename__ = "undone_rows"
    id: int | None = Field(default=None, primary_key=True)
    change_set_id: int = Field(foreign_key="change_set.id", index=True)  # the undo
    table_name: str
    columns: bytes = Field(sa_type=LargeBinary)  # name of a column → its values, as compressed JSON


class Source(Table, table=True):
    """One sheet of one file, as it was imported by one change set."""

    __tablename__ = "source"
    id: int = Field(primary_key=True)
    change_set_id: int = Field(foreign_key="change_set.id", index=True)
    file_name: str
    sha256: str
    sheet: str
    layout: str
    header: list[str] = Field(sa_type=JSON)
    fields: dict[str, str] = Field(sa_type=JSON)
    new_count: int = 0
    changed_count: int = 0
    same_count: int = 0
    refused_count: int = 0


class SheetIssue(Table, table=True):
    """One issue of an imported sheet, kept so that a refused row can still be explained."""

    __tablename__ = "sheet_issue"
    id: int = Field(primary_key=True)
    source_id: int = Field(foreign_key="source.id", index=True)
    severity: str
    message: str = Field(sa_type=Text)
    row: int | None = None
    column: str | None = None
    found: str | None = Field(default=None, sa_type=Text)
    expected: str | None = Field(default=None, sa_type=Text)


class Revision(Table, table=True):
    """How often an area (facts, people, definitions, plans, notes, settings) has been written: the key of every cache."""

    __tablename__ = "revision"
    area: str = Field(primary_key=True)
    number: int = 0
