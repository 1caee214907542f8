"""The tables. Every row that belongs to a tenant says which."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    UniqueConstraint,
)

from services.gateway.database.types import Json, Utc, Words

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

tenants = Table(
    "tenants",
    metadata,
    Column("id", Words, primary_key=True),
    Column("name", Words, nullable=False),
    Column("created_at", Utc, nullable=False),
    Column("plan", Words, nullable=False),
    Column("trial_ends_at", Utc),  # of a plan that is only tried
)

usage = Table(
    "usage",
    metadata,
    Column("job_id", Words, primary_key=True),  # no foreign key: what was scored counts, though its job is deleted
    Column("tenant_id", ForeignKey("tenants.id", ondelete="CASCADE"), nullable=False),
    Column("month", String(7), nullable=False),  # "2026-11", UTC
    Column("customers", BigInteger, nullable=False),
    Column("counted", Boolean, nullable=False),  # or only reserved
    Index(None, "tenant_id", "month"),
)

accounts = Table(
    "accounts",
    metadata,
    Column("id", Words, primary_key=True),
    Column("tenant_id", ForeignKey("tenants.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("email", Words, nullable=False, unique=True),  # in lower case
    Column("email_vouched", Boolean, nullable=False),  # by an owner, the operator or an outer issuer
    Column("name", Words, nullable=False),
    Column("role", Words, nullable=False),
    Column("password_hash", Words),  # null for who signs in at an outer issuer only
    Column("created_at", Utc, nullable=False),
)

subjects = Table(
    "subjects",
    metadata,
    Column("issuer", Words, primary_key=True),  # an outer one, as its tokens name it
    Column("subject", Words, primary_key=True),
    Column("account_id", ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False, index=True),
)

sessions = Table(
    "sessions",
    metadata,
    Column("id", Words, primary_key=True),
    Column("account_id", ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("created_at", Utc, nullable=False),
    Column("expires_at", Utc, nullable=False, index=True),
)

links = Table(
    "links",
    metadata,
    Column("sha256", String(64), primary_key=True),  # of the secret, hex
    Column("tenant_id", ForeignKey("tenants.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("email", Words),  # null: for whoever has the link
    Column("role", Words, nullable=False),
    Column("account_id", ForeignKey("accounts.id", ondelete="CASCADE")),  # whose password it sets anew
    Column("made_by", ForeignKey("accounts.id", ondelete="SET NULL")),
    Column("created_at", Utc, nullable=False),
    Column("expires_at", Utc, nullable=False),
    Column("spent_at", Utc),  # used, withdrawn or replaced
)

api_keys = Table(
    "api_keys",
    metadata,
    Column("id", Words, primary_key=True),
    Column("tenant_id", ForeignKey("tenants.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("sha256", String(64), nullable=False, unique=True),  # hex digest; the secret itself is kept nowhere
    Column("name", Words, nullable=False),
    Column("scope", Words, nullable=False),
    Column("shown", Words, nullable=False),  # how the secret begins
    Column("created_at", Utc, nullable=False),
    Column("last_used_at", Utc),
)

jobs = Table(
    "jobs",
    metadata,
    Column("id", Words, primary_key=True),
    Column("tenant_id", ForeignKey("tenants.id", ondelete="CASCADE"), nullable=False),
    Column("kind", Words, nullable=False),
    Column("status", Words, nullable=False),
    Column("filename", Words, nullable=False),
    Column("options", Json, nullable=False),
    Column("pins", Json, nullable=False),
    Column("created_at", Utc, nullable=False),
    Column("updated_at", Utc, nullable=False),
    Column("current_pass", Words, nullable=False),
    Column("rows_done", BigInteger, nullable=False),
    Column("rows_total", BigInteger),
    Column("message", Words, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("fence", Integer, nullable=False),
    Column("lease_until", Utc),
    Column("worker", Words),  # who holds the lease
    Column("artifacts", Json, nullable=False),
    Column("questions", Json, nullable=False),
    Column("error", Json),
    Column("dead_letter", Boolean, nullable=False),
    Column("completed_at", Utc),
    Column("request_id", Words, nullable=False),
    Column("trace", Json, nullable=False),
    Column("announced_at", Utc),  # the outbox: null until the queue was told
    Column("visible_at", Utc),  # the table queue: from when the hint may be taken; null without a hint
    Column("receipt", Words),  # the table queue: what the hint's taker shows
    Column("buried_at", Utc),  # the table queue: when the hint became a dead letter
    Index(None, "tenant_id", "created_at", "id"),  # a tenant's page of jobs
    Index(None, "status", "lease_until"),  # the sweeper
    Index(None, "visible_at"),  # the table queue
)

mapping_profiles = Table(
    "mapping_profiles",
    metadata,
    Column("id", Words, primary_key=True),
    Column("tenant_id", ForeignKey("tenants.id", ondelete="CASCADE"), nullable=False),
    Column("signature", String(64), nullable=False),  # of the header row, hex
    Column("filename", Words, nullable=False),
    Column("columns", Json, nullable=False),
    Column("decisions", Json, nullable=False),
    Column("created_at", Utc, nullable=False),
    Column("updated_at", Utc, nullable=False),
    UniqueConstraint("tenant_id", "signature"),
)

model_families = Table(
    "model_families",
    metadata,
    Column("name", Words, primary_key=True),  # opaque, random
    Column("tenant_id", ForeignKey("tenants.id", ondelete="CASCADE"), nullable=False),
    Column("industry", Words, nullable=False),
    Column("created_at", Utc, nullable=False),
    UniqueConstraint("tenant_id", "industry"),
)

model_shadows = Table(
    "model_shadows",
    metadata,
    Column("tenant_id", ForeignKey("tenants.id", ondelete="CASCADE"), primary_key=True),
    Column("industry", Words, primary_key=True),
    Column("family", Words, nullable=False),  # the tenant's own, or a baseline: no foreign key
    Column("version", Words, nullable=False),
    Column("digest", String(64), nullable=False),  # of its manifest when it was named, hex
    Column("named_at", Utc, nullable=False),
)

risk_thresholds = Table(
    "risk_thresholds",
    metadata,
    Column("tenant_id", ForeignKey("tenants.id", ondelete="CASCADE"), primary_key=True),
    Column("high_above", Float, nullable=False),
    Column("medium_above", Float, nullable=False),
)

idempotency = Table(
    "idempotency",
    metadata,
    Column("tenant_id", ForeignKey("tenants.id", ondelete="CASCADE"), primary_key=True),
    Column("key", Words, primary_key=True),
    Column("digest", Words, nullable=False),  # of the request that came with the key first
    Column("job_id", ForeignKey("jobs.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("created_at", Utc, nullable=False),
)
