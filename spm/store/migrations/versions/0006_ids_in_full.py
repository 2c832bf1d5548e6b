"""Ids of Salesforce in all their 18 characters, as sheets are read since."""

from alembic import op

from spm.store.full_ids import write_in_full

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    write_in_full(op.get_bind())
