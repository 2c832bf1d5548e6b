"""Totals by day hold all slices together; what facts count on single days is found by an index of these days."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
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
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("value_e4", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("measure", "day", "person_id"),
        sqlite_with_rowid=False,
    )
    op.drop_index("total_by_month_of_zero", "total_by_month")
    is_zero = sa.text("value_e4 = 0")
    for table in ("total_by_day", "total_by_month"):
        of_zero = f"{table}_of_zero"
        op.create_index(of_zero, table, ["value_e4", "measure"], sqlite_where=is_zero, postgresql_where=is_zero)
    op.execute("INSERT INTO total_by_day SELECT 'quota', day, person_id, value_e4 FROM quota_by_day")
    op.execute("DROP TABLE quota_by_day")
    op.create_index("activity_by_kind", "activity", ["kind", "happened_on"])
    for table, day in (
        ("order", "ordered_on"),
        ("lead", "created_on"),
        ("lead", "qualified_on"),
        ("survey", "answered_on"),
        ("cost", "spent_on"),
    ):
        op.create_index(f"ix_{table}_{day}", table, [day])
