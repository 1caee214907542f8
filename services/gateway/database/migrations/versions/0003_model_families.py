"""Model families: which opaque family of the registry is whose."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "model_families",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("tenant_id", sa.Text(), nullable=False),
        sa.Column("industry", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name="fk_model_families_tenant_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("name", name="pk_model_families"),
        sa.UniqueConstraint("tenant_id", "industry", name="uq_model_families_tenant_id_industry"),
    )


def downgrade() -> None:
    op.drop_table("model_families")
