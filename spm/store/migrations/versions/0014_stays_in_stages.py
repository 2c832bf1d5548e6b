"""How long deals stayed in each stage is kept beside their histories, and counted by month for all of them."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Both are read from the histories of deals, as all totals are counted anew: see `upgrading.upgrade`.
    op.create_table(
        "stage_stay",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=False),
        sa.Column("deal_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("slice_id", sa.Integer(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("went_on", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("person_id", "ended_on", "deal_id", "place"),
        sqlite_with_rowid=False,
    )
    op.create_index("stage_stay_by_deal", "stage_stay", ["deal_id"])
    op.create_index("stage_stay_by_day", "stage_stay", ["ended_on", "slice_id", "stage", "days", "went_on", "place"])
    op.create_table(
        "company_stays",
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("went_on", sa.Boolean(), nullable=False),
        sa.Column("stays_count", sa.Integer(), nullable=False),
        sa.Column("places_sum", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("month", "stage", "days", "went_on"),
        sqlite_with_rowid=False,
    )
