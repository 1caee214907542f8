"""Model shadows: which version a tenant's predictions are compared with, beside the one in use."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "model_shadows",
        sa.Column("tenant_id", sa.Text(), nullable=False),
        sa.Column("industry", sa.Text(), nullable=False),
        sa.Column("family", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("named_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name="fk_model_shadows_tenant_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("tenant_id", "industry", name="pk_model_shadows"),
    )


def downgrade() -> None:
    op.drop_table("model_shadows")
