"""What was cancelled or given back is no order: no column changes, and every upgrade counts the totals anew."""

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing: see `upgrading.upgrade`."""
