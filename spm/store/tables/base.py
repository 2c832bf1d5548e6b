"""What every table stands on: a registry of its own, and who wrote a row from which sheet."""

from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel

NOBODY = 0  # the person of totals whose facts name no owner


class Table(SQLModel, registry=registry()):
    """Base of all tables, with a registry of its own: Streamlit's reload imports modules again."""


class Recorded(Table):
    """Columns of every row that a change set writes."""

    id: int = Field(primary_key=True)
    created_in: int = Field(foreign_key="change_set.id", index=True)
    changed_in: int = Field(foreign_key="change_set.id")
    source_id: int | None = Field(default=None, foreign_key="source.id")
    source_row: int | None = None
