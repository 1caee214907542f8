"""Reading bytes with the whole stage, as most tests of ingest do."""

from collections.abc import Callable
from dataclasses import dataclass

import pyarrow as pa
import pytest

from services.ingest.domain import ColumnProfile, Limits, Options, Profile
from services.ingest.stage import parse


@dataclass(frozen=True)
class Read:
    """A table and its profile, with the sizes of its batches."""

    table: pa.Table
    profile: Profile
    sizes: list[int]

    @property
    def names(self) -> list[str]:
        return self.table.column_names[:-1]

    @property
    def rows(self) -> list[list[str]]:
        columns = [column.to_pylist() for column in self.table.columns[:-1]]
        return [list(row) for row in zip(*columns, strict=True)]

    @property
    def repairs(self) -> dict[str, tuple[int, tuple[int, ...]]]:
        return {repair.code: (repair.count, repair.lines) for repair in self.profile.repairs}

    def column(self, name: str) -> ColumnProfile:
        return next(column for column in self.profile.columns if column.name == name)


@pytest.fixture(scope="session")
def read() -> Callable[..., Read]:
    """Reads the bytes (a str is UTF-8) sent in chunks of `chunk` bytes; other words are options."""

    def reading(data: bytes | str, *, chunk: int = 1 << 20, limits: Limits | None = None, **options: object) -> Read:
        sent = data.encode() if isinstance(data, str) else data
        chunks = (sent[start : start + chunk] for start in range(0, len(sent), chunk))
        parsed = parse(chunks, Options(**options), limits or Limits())
        batches = list(parsed)
        return Read(pa.Table.from_batches(batches, parsed.schema), parsed.profile, [one.num_rows for one in batches])

    return reading
