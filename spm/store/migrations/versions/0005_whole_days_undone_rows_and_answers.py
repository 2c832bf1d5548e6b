"""Totals by day of all slices together, and an index of the days that facts count on; what undos took away; what was
answered about a sheet by its header."""

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
    op.create_table(
        "undone_rows",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("change_set_id", sa.Integer(), nullable=False),
        sa.Column("table_name", sa.String(), nullable=False),
        sa.Column("columns", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["change_set_id"], ["change_set.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_undone_rows_change_set_id", "undone_rows", ["change_set_id"])
    op.create_table(
        "remembered_answers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_in", sa.Integer(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.Column("source_row", sa.Integer(), nullable=True),
        sa.Column("header", sa.Text(), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["changed_in"], ["change_set.id"]),
        sa.ForeignKeyConstraint(["created_in"], ["change_set.id"]),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("header"),
    )
    op.create_index("ix_remembered_answers_created_in", "remembered_answers", ["created_in"])
