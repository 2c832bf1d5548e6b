"""What is expected to close in a period is found by an index."""

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    columns = [
        "expected_close_on",
        "created_on",
        "closed_on",
        "status",
        "person_id",
        "amount_cents",
        "probability",
        "slice_id",
    ]
    op.create_index("deal_by_expected_close", "deal", columns)
