"""Column types that hold the same on SQLite and Postgres: instants, text and JSON documents."""

import re
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, DateTime, Dialect, Text, TypeDecorator
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import TypeEngine

UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
UNREADABLE = "\N{REPLACEMENT CHARACTER}"


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


class Words(TypeDecorator[str]):
    """Text. What Postgres cannot hold (NUL, lone surrogates) becomes the sign for an unreadable character, on both.

    A file's name or header with such a character must not fail its job, nor an id with one be more than not found.
    """

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else _storable(value)


class Json(TypeDecorator[Any]):
    """A JSON document, its text held as in `Words`; None is SQL's null."""

    impl = JSON(none_as_null=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        kind = JSONB if dialect.name == "postgresql" else JSON
        return dialect.type_descriptor(kind(none_as_null=True))

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        return _storable_document(value)


def _storable(text: str) -> str:
    return UNSTORABLE.sub(UNREADABLE, text)


def _storable_document(value: Any) -> Any:
    if isinstance(value, str):
        return _storable(value)
    if isinstance(value, dict):
        return {_storable(key): _storable_document(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_storable_document(item) for item in value]
    return value
