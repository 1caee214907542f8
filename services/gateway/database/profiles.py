"""The mapping profiles: what each tenant has said of files with one header row."""

import uuid
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, and_, delete, insert, select, update

from libs.errors import NotFound
from services.gateway.database import rows
from services.gateway.database.engine import Database
from services.gateway.database.faults import Clash
from services.gateway.database.tables import mapping_profiles as profiles
from services.gateway.decisions import dated, merged
from services.gateway.domain import Decision, MappingProfile


class ProfileTable:
    """The port `MappingProfiles` of services.gateway.domain over one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def remember(
        self,
        tenant_id: str,
        signature: str,
        *,
        filename: str,
        columns: tuple[str, ...],
        decisions: tuple[Decision, ...],
    ) -> None:
        taught = {"filename": filename, "columns": list(columns)}
        try:
            self._remember(tenant_id, signature, taught, decisions)
        except Clash:
            # On Postgres two workers may both find the header row new; the second then adds to the first's profile.
            self._remember(tenant_id, signature, taught, decisions)

    def recalled(self, tenant_id: str, signature: str) -> MappingProfile | None:
        with self._database.read() as connection:
            mine = select(profiles).where(profiles.c.tenant_id == tenant_id, profiles.c.signature == signature)
            row = connection.execute(mine).mappings().one_or_none()
        return _profile(row) if row else None

    def of_tenant(self, tenant_id: str) -> list[MappingProfile]:
        mine = select(profiles).where(profiles.c.tenant_id == tenant_id)
        newest = mine.order_by(profiles.c.updated_at.desc(), profiles.c.id)
        with self._database.read() as connection:
            return [_profile(row) for row in connection.execute(newest).mappings()]

    def get(self, tenant_id: str, profile_id: str) -> MappingProfile:
        with self._database.read() as connection:
            return _profile(_one(connection, tenant_id, profile_id))

    def replace(self, tenant_id: str, profile_id: str, decisions: tuple[Decision, ...]) -> MappingProfile:
        with self._database.write() as connection:
            row = _one(connection, tenant_id, profile_id)
            return self._change(connection, row, dated(rows.decisions_of(row["decisions"]), decisions), {})

    def delete(self, tenant_id: str, profile_id: str) -> None:
        with self._database.write() as connection:
            removed = connection.execute(delete(profiles).where(_is(tenant_id, profile_id)))
        if removed.rowcount == 0:
            raise _missing()

    def _remember(
        self, tenant_id: str, signature: str, taught: dict[str, Any], decisions: tuple[Decision, ...]
    ) -> None:
        mine = select(profiles).where(profiles.c.tenant_id == tenant_id, profiles.c.signature == signature)
        with self._database.write() as connection:
            row = connection.execute(mine.with_for_update()).mappings().one_or_none()
            if row is not None:
                known = rows.decisions_of(row["decisions"])
                self._change(connection, row, merged(known, dated(known, decisions)), taught)
                return
            now = self._database.now(connection)
            new = {"id": uuid.uuid4().hex, "tenant_id": tenant_id, "signature": signature, **taught}
            stamped = {"decisions": rows.decisions_json(decisions), "created_at": now, "updated_at": now}
            connection.execute(insert(profiles).values(new | stamped))

    def _change(
        self, connection: Connection, row: RowMapping, decisions: tuple[Decision, ...], taught: dict[str, Any]
    ) -> MappingProfile:
        values = {"decisions": rows.decisions_json(decisions), "updated_at": self._database.now(connection), **taught}
        change = update(profiles).where(profiles.c.id == row["id"]).values(values).returning(profiles)
        return _profile(connection.execute(change).mappings().one())


def _is(tenant_id: str, profile_id: str) -> ColumnElement[bool]:
    return and_(profiles.c.tenant_id == tenant_id, profiles.c.id == profile_id)


def _one(connection: Connection, tenant_id: str, profile_id: str) -> RowMapping:
    """The row, locked where the database can, until the transaction ends. Raises NotFound."""
    found = select(profiles).where(_is(tenant_id, profile_id)).with_for_update()
    row = connection.execute(found).mappings().one_or_none()
    if row is None:
        raise _missing()
    return row


def _missing() -> NotFound:
    return NotFound("there is no mapping profile with this id")


def _profile(row: RowMapping) -> MappingProfile:
    return MappingProfile(
        id=row["id"],
        tenant_id=row["tenant_id"],
        signature=row["signature"],
        filename=row["filename"],
        columns=tuple(row["columns"]),
        decisions=rows.decisions_of(row["decisions"]),
        created_at=row["created_at"],
        updated_at=row["updated_at"],
    )
