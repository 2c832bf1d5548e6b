"""Totals by day lie by month and person: those of a few people are next to each other."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # All other totals are counted anew from the facts.
    op.execute(
        "CREATE TEMPORARY TABLE quota_by_day AS SELECT day, person_id, value_e4 FROM total_by_day WHERE measure = 'quota'"
    )
    op.drop_table("total_by_day")
    op.create_table(
        "total_by_day",
        sa.Column("measure", sa.String(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("value_e4", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("measure", "month", "person_id", "day"),
        sqlite_with_rowid=False,
    )
    is_zero = sa.text("value_e4 = 0")
    op.create_index(
        "total_by_day_of_zero", "total_by_day", ["value_e4", "measure"], sqlite_where=is_zero, postgresql_where=is_zero
    )
    op.execute(
        f"INSERT INTO total_by_day SELECT 'quota', {first_of_month('day')}, person_id, day, value_e4 FROM quota_by_day"
    )
    op.execute("DROP TABLE quota_by_day")


def first_of_month(day: str) -> str:
    if op.get_bind().dialect.name == "sqlite":
        return f"substr({day}, 1, 8) || '01'"
    return f"CAST(date_trunc('month', {day}) AS DATE)"
