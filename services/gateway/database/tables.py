"""The tables. Every row that belongs to a tenant says which."""

from datetime import UTC, datetime

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
)
from sqlalchemy.dialects.postgresql import JSONB


class Utc(TypeDecorator[datetime]):
    """An instant: goes in with its offset, comes out in UTC. SQLite, which has no offsets, stores it as UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


Json = JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")

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
    Column("id", String, primary_key=True),
    Column("name", String, nullable=False),
    Column("created_at", Utc, nullable=False),
)

tokens = Table(
    "tokens",
    metadata,
    Column("sha256", String(64), primary_key=True),  # hex digest; the token itself is kept nowhere
    Column("tenant_id", ForeignKey("tenants.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("created_at", Utc, nullable=False),
)

jobs = Table(
    "jobs",
    metadata,
    Column("id", String, primary_key=True),
    Column("tenant_id", ForeignKey("tenants.id", ondelete="CASCADE"), nullable=False),
    Column("kind", String, nullable=False),
    Column("status", String, nullable=False),
    Column("filename", String, nullable=False),
    Column("options", Json, nullable=False),
    Column("pins", Json, nullable=False),
    Column("created_at", Utc, nullable=False),
    Column("updated_at", Utc, nullable=False),
    Column("current_pass", String, nullable=False),
    Column("rows_done", BigInteger, nullable=False),
    Column("rows_total", BigInteger),
    Column("message", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("fence", Integer, nullable=False),
    Column("lease_until", Utc),
    Column("worker", String),  # who holds the lease
    Column("artifacts", Json, nullable=False),
    Column("questions", Json, nullable=False),
    Column("error", Json),
    Column("dead_letter", Boolean, nullable=False),
    Column("completed_at", Utc),
    Column("request_id", String, nullable=False),
    Column("trace", Json, nullable=False),
    Column("announced_at", Utc),  # the outbox: null until the queue was told
    Column("visible_at", Utc),  # the table queue: from when the hint may be taken; null without a hint
    Column("receipt", String),  # the table queue: what the hint's taker shows
    Column("buried_at", Utc),  # the table queue: when the hint became a dead letter
    Index(None, "tenant_id", "created_at", "id"),  # a tenant's page of jobs
    Index(None, "status", "lease_until"),  # the sweeper
    Index(None, "visible_at"),  # the table queue
)

idempotency = Table(
    "idempotency",
    metadata,
    Column("tenant_id", ForeignKey("tenants.id", ondelete="CASCADE"), primary_key=True),
    Column("key", String, primary_key=True),
    Column("digest", String, nullable=False),  # of the request that came with the key first
    Column("job_id", ForeignKey("jobs.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("created_at", Utc, nullable=False),
)
