"""Totals by slice are kept apart from those of the whole, and those of a few people in all slices next to each other."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

MEASURE, MONTH, PERSON, SLICE = (
    ("measure", sa.String()),
    ("month", sa.Date()),
    ("person_id", sa.Integer()),
    ("slice_id", sa.Integer()),
)


def upgrade() -> None:
    for whole, by_slice, of_whole, of_slice in (
        ("total_by_month", "total_by_slice", (MEASURE, MONTH, PERSON), (MEASURE, MONTH, PERSON, SLICE)),
        ("company_by_month", "company_by_slice", (MEASURE, MONTH), (MEASURE, MONTH, SLICE)),
    ):
        # All other totals are counted anew from the facts.
        named = ", ".join([*(name for name, _ in of_whole), "value_e4"])
        op.execute(
            f"CREATE TEMPORARY TABLE quota_{whole} AS SELECT {named} FROM {whole} WHERE measure = 'quota' AND slice_id = 0"
        )
        op.drop_table(whole)
        for name, keys in ((whole, of_whole), (by_slice, of_slice)):
            op.create_table(
                name,
                *(sa.Column(key, kind, nullable=False) for key, kind in keys),
                sa.Column("value_e4", sa.BigInteger(), nullable=False),
                sa.PrimaryKeyConstraint(*(key for key, _ in keys)),
                sqlite_with_rowid=False,
            )
            zero = sa.text("value_e4 = 0")
            op.create_index(f"{name}_of_zero", name, ["value_e4", "measure"], sqlite_where=zero, postgresql_where=zero)
        op.execute(f"INSERT INTO {whole} ({named}) SELECT {named} FROM quota_{whole}")
        op.execute(f"DROP TABLE quota_{whole}")
