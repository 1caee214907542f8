"""Plans: which one a tenant has, and what its jobs use of it."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Whoever was here before there were plans runs the service, or was let in by who does: without limits.
    op.add_column("tenants", sa.Column("plan", sa.Text(), nullable=False, server_default="enterprise"))
    op.add_column("tenants", sa.Column("trial_ends_at", sa.DateTime(timezone=True)))
    op.create_table(
        "usage",
        sa.Column("job_id", sa.Text(), nullable=False),
        sa.Column("tenant_id", sa.Text(), nullable=False),
        sa.Column("month", sa.String(7), nullable=False),
        sa.Column("customers", sa.BigInteger(), nullable=False),
        sa.Column("counted", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name="fk_usage_tenant_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("job_id", name="pk_usage"),
    )
    op.create_index("ix_usage_tenant_id_month", "usage", ["tenant_id", "month"])


def downgrade() -> None:
    op.drop_table("usage")
    op.drop_column("tenants", "trial_ends_at")
    op.drop_column("tenants", "plan")
