"""Risk thresholds: from which probabilities a tenant calls a risk high or medium."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "risk_thresholds",
        sa.Column("tenant_id", sa.Text(), nullable=False),
        sa.Column("high_above", sa.Float(), nullable=False),
        sa.Column("medium_above", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name="fk_risk_thresholds_tenant_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("tenant_id", name="pk_risk_thresholds"),
    )


def downgrade() -> None:
    op.drop_table("risk_thresholds")
