"""Who bought when is read from indexes of deals and orders; only the first purchase of each account is kept."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_table("purchase")
    # Read anew from deals and orders, as all totals are: see `upgrading.upgrade`.
    op.create_table(
        "first_purchase",
        sa.Column("fact", sa.String(), nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("bought_on", sa.Date(), nullable=False),
        sa.Column("fact_id", sa.Integer(), nullable=False),
        sa.Column("share_e4", sa.Integer(), nullable=False),
        sa.Column("slice_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("fact", "account", "person_id"),
        sqlite_with_rowid=False,
    )
    op.create_index("first_purchase_by_day", "first_purchase", ["fact", "bought_on"])
    for table, is_bought, columns in (
        ("deal", "status = 'won'", ["status", "account", "closed_on", "id", "person_id", "slice_id"]),
        ("order", "amount_cents > 0", ["account", "ordered_on", "id", "person_id", "slice_id", "amount_cents"]),
    ):
        meant = sa.text(f"{is_bought} AND account IS NOT NULL")
        op.create_index(f"{table}_purchases", table, columns, sqlite_where=meant, postgresql_where=meant)
