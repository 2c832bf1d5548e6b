"""Amounts as told in another currency; whom a forecast is of, by id; ranges as past landings were off; shared new customers."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("deal_version", sa.Column("stated_cents", sa.BigInteger(), nullable=True))
    op.add_column("deal_version", sa.Column("currency", sa.String(), nullable=True))
    op.add_column("order", sa.Column("stated_cost_cents", sa.BigInteger(), nullable=True))
    op.add_column("order_line", sa.Column("foreign_e4", sa.BigInteger(), nullable=True))
    op.add_column("exchange_rate", sa.Column("origin", sa.String(), nullable=True))
    for table in ("projected_totals", "backtest_score", "forecast_call"):
        op.add_column(table, sa.Column("member_id", sa.Integer(), nullable=True))
    with op.batch_alter_table("forecast_run") as run:
        run.drop_column("sum_widths")
        run.add_column(sa.Column("stretches", sa.JSON(), nullable=True))
    op.drop_table("purchase")  # read anew from deals and orders, as all totals are
    op.create_table(
        "purchase",
        sa.Column("fact", sa.String(), nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("bought_on", sa.Date(), nullable=False),
        sa.Column("fact_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("share_e4", sa.Integer(), nullable=False),
        sa.Column("slice_id", sa.Integer(), nullable=False),
        sa.Column("is_first", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("fact", "account", "bought_on", "fact_id", "person_id"),
        sqlite_with_rowid=False,
    )
    op.create_index("purchase_by_day", "purchase", ["fact", "bought_on"])
    is_zero = sa.text("value_e4 = 0")
    for table in ("total_by_day", "total_by_month"):
        op.create_index(f"{table}_of_zero", table, ["measure"], sqlite_where=is_zero, postgresql_where=is_zero)
