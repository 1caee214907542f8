"""A job's artifacts: written in scratch, kept in the store under keys that no other attempt uses."""

import hashlib
import json
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from types import TracebackType
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from libs.errors import Unavailable
from libs.objects.store import ObjectStore
from services.gateway.domain import Artifact, Job

ROW_GROUP_ROWS = 32_768
ROW_GROUP_BYTES = 16 << 20
"""A row group is closed at whichever comes first; both bound what a writer holds."""

DICTIONARY_BYTES_MAX = 128 << 10
"""A column whose dictionary grows beyond this hardly repeats, and is written plainly from there on."""

READ_ROWS = 8_192
"""Rows of a batch as it is read back: fixed, so that a pass done twice gives the same bytes."""

_READ_BYTES = 1 << 20


def job_prefix(tenant_id: str, job_id: str) -> str:
    """The key under which everything of a job lies."""
    return f"tenants/{tenant_id}/jobs/{job_id}/"


class TableSink:
    """A Parquet file in the making, two row groups in memory: one is written while the next one comes.

    queried: whether pages are read from it again and again; it is packed less then, and read in half the time.
    """

    def __init__(self, path: Path, schema: pa.Schema, *, queried: bool = False) -> None:
        self.path = path
        self.row_count = 0
        self._writer = pq.ParquetWriter(
            path,
            schema,
            compression="snappy" if queried else "zstd",
            compression_level=None if queried else 1,
            use_dictionary=_repeating(schema),  # type: ignore[arg-type] # the stubs know only all or none
            dictionary_pagesize_limit=DICTIONARY_BYTES_MAX,
            write_statistics=_sought(schema),
        )
        self._writing = ThreadPoolExecutor(1, thread_name_prefix="sink")
        self._written: Future[None] | None = None
        self._pending: list[pa.RecordBatch] = []
        self._pending_rows = 0
        self._pending_bytes = 0

    def write(self, batch: pa.RecordBatch) -> None:
        self.row_count += batch.num_rows
        self._pending.append(batch)
        self._pending_rows += batch.num_rows
        self._pending_bytes += batch.nbytes
        if self._pending_rows >= ROW_GROUP_ROWS or self._pending_bytes >= ROW_GROUP_BYTES:
            self._flush()

    def _flush(self) -> None:
        """Has the rows so far written, once those before them are. Raises what went wrong with those."""
        self._wait()
        if self._pending:
            self._written = self._writing.submit(self._writer.write_table, pa.Table.from_batches(self._pending))
        self._pending, self._pending_rows, self._pending_bytes = [], 0, 0

    def __enter__(self) -> "TableSink":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self._flush()
                self._wait()
        finally:
            self._writing.shutdown()
            self._writer.close()

    def _wait(self) -> None:
        if self._written:
            self._written.result()


def _repeating(schema: pa.Schema) -> list[str]:
    """Columns worth a dictionary: of amounts it is made in vain, which takes half of the writing's time."""
    return [field.name for field in schema if not pa.types.is_floating(field.type)]


def _sought(schema: pa.Schema) -> list[str]:
    """Columns whose least and greatest value help a query: of other text they cost a tenth of the writing, in vain."""
    return [field.name for field in schema if not pa.types.is_string(field.type) or field.name == "customer_id"]


class Artifacts:
    """The artifacts of one attempt at a job.

    scratch: an empty directory of this attempt alone; what is fetched or written stays there until
        the attempt ends, so a later pass need not fetch it again.
    """

    def __init__(self, store: ObjectStore, job: Job, fence: int, scratch: Path) -> None:
        self._store = store
        self._job = job_prefix(job.tenant_id, job.id)
        self._prefix = f"{self._job}attempts/{fence}/"
        self._scratch = scratch

    def sink(self, filename: str, schema: pa.Schema, *, queried: bool = False) -> TableSink:
        """A table to write; keep it with `keep(filename)` once it is closed."""
        return TableSink(self._scratch / filename, schema, queried=queried)

    def path(self, filename: str) -> Path:
        """Where a step writes a file that is no table; keep it with `keep(filename)`."""
        return self._scratch / filename

    def keep(self, filename: str) -> Artifact:
        """Stores the scratch file under this attempt's key."""
        path = self._scratch / filename
        key = self._prefix + filename
        info = self._store.put_file(key, path)
        return Artifact(key, info.size, _digest(path))

    def keep_document(self, filename: str, document: dict[str, Any]) -> Artifact:
        """Stores a JSON document under this attempt's key."""
        (self._scratch / filename).write_text(json.dumps(document, ensure_ascii=False))
        return self.keep(filename)

    def chunks(self, artifact: Artifact) -> Iterator[bytes]:
        """The artifact's bytes, straight from the store."""
        return self._store.chunks(artifact.key, _READ_BYTES)

    def local(self, artifact: Artifact) -> Path:
        """A local file with the artifact's bytes. Raises Unavailable when the store's copy is not what was written."""
        name = artifact.key.rsplit("/", 1)[-1]
        # Of two other jobs' artifacts both may be called results.parquet.
        path = self._scratch / (name if artifact.key.startswith(self._job) else f"{artifact.sha256[:16]}-{name}")
        if not path.exists():
            fetched = path.with_suffix(".fetching")
            self._store.fetch(artifact.key, fetched)
            if _digest(fetched) != artifact.sha256:
                raise Unavailable(f"the stored {path.name} differs from what was written; reading it again may help")
            fetched.rename(path)
        return path

    def document(self, artifact: Artifact) -> dict[str, Any]:
        """The JSON document that `keep_document` stored."""
        document: dict[str, Any] = json.loads(self.local(artifact).read_text())
        return document


def remove_unnamed(store: ObjectStore, job: Job) -> None:
    """Removes what earlier attempts at an ended job left behind and its row does not name."""
    named = {artifact.key for artifact in job.artifacts.values()}
    for info in list(store.list(job_prefix(job.tenant_id, job.id))):
        if info.key not in named:
            store.delete(info.key)


def read_batches(path: Path) -> Iterator[pa.RecordBatch]:
    """The file's rows in batches of READ_ROWS; memory stays flat, since nothing is read ahead."""
    with pq.ParquetFile(path, pre_buffer=False) as file:
        yield from file.iter_batches(batch_size=READ_ROWS)


def read_schema(path: Path) -> pa.Schema:
    return pq.read_schema(path)


def head(path: Path, rows: int) -> pa.RecordBatch:
    """The first rows of the file, at most `rows`."""
    schema = read_schema(path)
    with pq.ParquetFile(path, pre_buffer=False) as file:
        first = next(file.iter_batches(batch_size=rows), None)
    return first if first is not None else pa.RecordBatch.from_pylist([], schema)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
