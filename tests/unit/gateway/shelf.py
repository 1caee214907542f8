"""Results over a store of its own, for tests of queries."""

import hashlib
from pathlib import Path

import pyarrow as pa

from libs.objects.local import LocalStore
from services.gateway.caching import FileCache
from services.gateway.domain import Artifact
from services.gateway.results import Results
from tests.http_gateway import parquet


class Shelf:
    """Results over a store, and a way to put tables in it."""

    def __init__(self, folder: Path, queries_max: int = 2, wait_s: float = 20) -> None:
        self.store = LocalStore(folder / "objects")
        cache = FileCache(self.store, folder / "copies", 1 << 30)
        self.results = Results(
            cache,
            folder / "work",
            queries_max=queries_max,
            wait_s=wait_s,
            memory_mib=256,
            threads=2,
            spill_bytes_max=1 << 30,
            downloads_bytes_max=1 << 30,
        )

    def put(self, table: pa.Table, name: str = "results.parquet") -> Artifact:
        return self.put_bytes(parquet(table), name)

    def put_bytes(self, data: bytes, name: str) -> Artifact:
        self.store.put(name, data)
        return Artifact(name, len(data), hashlib.sha256(data).hexdigest())
