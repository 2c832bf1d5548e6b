"""What is counted of a person's deals is read from the index by which they are found."""

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    columns = ["person_id", "closed_on", "created_on", "status", "amount_cents", "cycle_days", "kind", "slice_id"]
    op.drop_index("deal_by_owner", "deal")
    op.create_index("deal_by_owner", "deal", columns)
