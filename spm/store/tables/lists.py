"""What other sheets mean by an id: accounts, campaigns, territories and the like."""

from sqlalchemy import JSON
from sqlmodel import Field

from spm.store.tables.base import Recorded


class Listed(Recorded, table=True):
    """One row of a list that facts refer to. `codes` are its ids, as the list has them; `attributes` its other columns."""

    __tablename__ = "listed"
    key: str = Field(unique=True)  # kind and first id
    kind: str = Field(index=True)
    name: str
    codes: list[str] = Field(sa_type=JSON)
    attributes: dict[str, str] | None = Field(default=None, sa_type=JSON)
