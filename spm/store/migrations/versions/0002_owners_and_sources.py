"""A quota has exactly one owner, an order a header or lines; a rep's order lines are found by an index."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("quota") as quota:
        quota.create_check_constraint("quota_has_one_owner", "(person_id IS NULL) <> (team_id IS NULL)")
    with op.batch_alter_table("order") as order:
        order.create_check_constraint("order_has_a_source", "has_header OR has_lines")
    op.create_index("order_line_by_owner", "order_line", ["person_id", "ordered_on"])
