"""The whole company's totals are kept beside everybody's."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name, of, keys in (
        ("company_by_day", "total_by_day", {"measure": sa.String(), "day": sa.Date()}),
        ("company_by_month", "total_by_month", {"measure": sa.String(), "slice_id": sa.Integer(), "month": sa.Date()}),
    ):
        op.create_table(
            name,
            *(sa.Column(key, kind, nullable=False) for key, kind in keys.items()),
            sa.Column("value_e4", sa.BigInteger(), nullable=False),
            sa.PrimaryKeyConstraint(*keys),
            sqlite_with_rowid=False,
        )
        meant = sa.text("value_e4 = 0")
        op.create_index(f"{name}_of_zero", name, ["value_e4", "measure"], sqlite_where=meant, postgresql_where=meant)
        named = ", ".join(keys)
        op.execute(
            f"INSERT INTO {name} SELECT {named}, CAST(SUM(value_e4) AS BIGINT) FROM {of} "
            f"GROUP BY {named} HAVING SUM(value_e4) <> 0"
        )
