"""People, their sessions, one-time links; tokens become API keys with a name and a scope."""

import uuid

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

UTC = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "accounts",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("tenant_id", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("email_vouched", sa.Boolean(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("password_hash", sa.Text()),
        sa.Column("created_at", UTC, nullable=False),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name="fk_accounts_tenant_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_accounts"),
        sa.UniqueConstraint("email", name="uq_accounts_email"),
    )
    op.create_index("ix_accounts_tenant_id", "accounts", ["tenant_id"])
    op.create_table(
        "subjects",
        sa.Column("issuer", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_subjects_account_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("issuer", "subject", name="pk_subjects"),
    )
    op.create_index("ix_subjects_account_id", "subjects", ["account_id"])
    op.create_table(
        "sessions",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Text(), nullable=False),
        sa.Column("created_at", UTC, nullable=False),
        sa.Column("expires_at", UTC, nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_sessions_account_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_sessions"),
    )
    op.create_index("ix_sessions_account_id", "sessions", ["account_id"])
    op.create_index("ix_sessions_expires_at", "sessions", ["expires_at"])
    op.create_table(
        "links",
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("tenant_id", sa.Text(), nullable=False),
        sa.Column("email", sa.Text()),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Text()),
        sa.Column("made_by", sa.Text()),
        sa.Column("created_at", UTC, nullable=False),
        sa.Column("expires_at", UTC, nullable=False),
        sa.Column("spent_at", UTC),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name="fk_links_tenant_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_links_account_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["made_by"], ["accounts.id"], name="fk_links_made_by", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("sha256", name="pk_links"),
    )
    op.create_index("ix_links_tenant_id", "links", ["tenant_id"])
    keys = op.create_table(
        "api_keys",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("tenant_id", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("shown", sa.Text(), nullable=False),
        sa.Column("created_at", UTC, nullable=False),
        sa.Column("last_used_at", UTC),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name="fk_api_keys_tenant_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_api_keys"),
        sa.UniqueConstraint("sha256", name="uq_api_keys_sha256"),
    )
    op.create_index("ix_api_keys_tenant_id", "api_keys", ["tenant_id"])
    # Tokens that were given out go on working, as keys that may do everything a key may.
    given = sa.table("tokens", sa.column("sha256"), sa.column("tenant_id"), sa.column("created_at", UTC))
    for row in op.get_bind().execute(sa.select(given)).mappings().all():
        named = {"id": uuid.uuid4().hex, "name": "token", "scope": "write", "shown": "rw_"}
        op.get_bind().execute(sa.insert(keys).values({**row, **named}))
    op.drop_table("tokens")


def downgrade() -> None:
    op.create_table(
        "tokens",
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("tenant_id", sa.Text(), nullable=False),
        sa.Column("created_at", UTC, nullable=False),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name="fk_tokens_tenant_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("sha256", name="pk_tokens"),
    )
    op.create_index("ix_tokens_tenant_id", "tokens", ["tenant_id"])
    # A key that may only read would come back as a token that may do everything.
    op.execute(
        "INSERT INTO tokens (sha256, tenant_id, created_at) "
        "SELECT sha256, tenant_id, created_at FROM api_keys WHERE scope = 'write'"
    )
    for table in ("api_keys", "links", "sessions", "subjects", "accounts"):
        op.drop_table(table)
