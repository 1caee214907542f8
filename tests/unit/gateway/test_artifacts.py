"""Tests of services.gateway.artifacts."""

import errno
import hashlib
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from libs.errors import Unavailable
from libs.objects.local import LocalStore
from services.gateway import artifacts
from services.gateway.artifacts import Artifacts
from services.gateway.domain import Job

SCHEMA = pa.schema([("n", pa.int64())])


def _batch(start: int, rows: int) -> pa.RecordBatch:
    return pa.RecordBatch.from_pydict({"n": list(range(start, start + rows))}, SCHEMA)


@pytest.fixture
def store(tmp_path: Path) -> LocalStore:
    """An empty store."""
    return LocalStore(tmp_path / "store")


@pytest.fixture
def kept(store: LocalStore, job: Job, tmp_path: Path) -> Artifacts:
    """The artifacts of the job's third attempt."""
    (scratch := tmp_path / "scratch").mkdir()
    return Artifacts(store, job, 3, scratch)


def test_a_table_goes_out_and_comes_back(kept: Artifacts) -> None:
    """What is written batch by batch is read back in fixed batches, in order."""
    with kept.sink("t.parquet", SCHEMA) as sink:
        for start in range(0, 20_000, 500):
            sink.write(_batch(start, 500))
    path = kept.local(kept.keep("t.parquet"))
    assert [8192, 8192, 3616] == [batch.num_rows for batch in artifacts.read_batches(path)]
    assert list(range(20_000)) == pq.read_table(path)["n"].to_pylist()
    assert [0, 1, 2] == artifacts.head(path, 3)["n"].to_pylist()


def test_what_goes_wrong_behind_the_rows_is_raised(kept: Artifacts, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows are written while others come; a full disk is told by the next row group, or by the end."""
    monkeypatch.setattr(artifacts, "ROW_GROUP_ROWS", 10)

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "no room")

    monkeypatch.setattr(pq.ParquetWriter, "write_table", full)
    for batches in (1, 2):
        with pytest.raises(OSError, match="no room"), kept.sink(f"{batches}.parquet", SCHEMA) as sink:
            for start in range(batches):
                sink.write(_batch(start, 10))


def test_a_table_without_rows_keeps_its_columns(kept: Artifacts) -> None:
    """Nothing set aside is a table too."""
    with kept.sink("t.parquet", SCHEMA):
        pass
    path = kept.local(kept.keep("t.parquet"))
    assert [] == list(artifacts.read_batches(path))
    assert (SCHEMA, 0) == (artifacts.read_schema(path), artifacts.head(path, 5).num_rows)


def test_what_is_searched_has_its_extremes(kept: Artifacts) -> None:
    """A customer is found without reading every row group; of other text the least and greatest help nobody."""
    schema = pa.schema([("customer_id", pa.string()), ("label", pa.string()), ("p", pa.float64())])
    with kept.sink("t.parquet", schema) as sink:
        sink.write(pa.record_batch({"customer_id": ["a", "b"], "label": ["x", "y"], "p": [0.1, 0.2]}))
    group = pq.read_metadata(kept.local(kept.keep("t.parquet"))).row_group(0)
    assert [True, False, True] == [group.column(place).is_stats_set for place in range(3)]


def test_the_same_batches_give_the_same_bytes(kept: Artifacts) -> None:
    """Written twice, a table has one digest."""
    digests = []
    for name in ("a.parquet", "b.parquet"):
        with kept.sink(name, SCHEMA) as sink:
            for start in range(0, 100_000, 10_000):
                sink.write(_batch(start, 10_000))
        digests.append(kept.keep(name).sha256)
    assert digests[0] == digests[1]


def test_an_artifact_lies_under_its_attempt(kept: Artifacts, store: LocalStore, job: Job) -> None:
    """Key, size and digest are those of the stored object."""
    artifact = kept.keep_document("d.json", {"å": 1})
    stored = store.get(artifact.key)
    assert f"tenants/{job.tenant_id}/jobs/{job.id}/attempts/3/d.json" == artifact.key
    assert (len(stored), hashlib.sha256(stored).hexdigest()) == (artifact.size, artifact.sha256)
    assert {"å": 1} == kept.document(artifact)


def test_a_later_attempt_fetches_what_an_earlier_made(
    kept: Artifacts, store: LocalStore, job: Job, tmp_path: Path
) -> None:
    """An artifact is read from the store where the scratch folder has it not."""
    artifact = kept.keep_document("d.json", {"a": 1})
    (other := tmp_path / "other").mkdir()
    assert {"a": 1} == Artifacts(store, job, 4, other).document(artifact)


def test_bytes_that_changed_in_the_store_are_refused(
    kept: Artifacts, store: LocalStore, job: Job, tmp_path: Path
) -> None:
    """A stored object that is not what was written is not read as if it were."""
    artifact = kept.keep_document("d.json", {"a": 1})
    store.put(artifact.key, b'{"a": 2}')
    (other := tmp_path / "other").mkdir()
    with pytest.raises(Unavailable, match=r"d\.json differs"):
        Artifacts(store, job, 4, other).document(artifact)


def test_only_what_the_job_names_stays(kept: Artifacts, store: LocalStore, job: Job) -> None:
    """Objects of attempts that came to nothing are removed; those of other jobs are not."""
    mine = kept.keep_document("d.json", {})
    store.put(mine.key.replace("attempts/3", "attempts/2"), b"left behind")
    neighbour = f"tenants/{job.tenant_id}/jobs/{job.id}0/attempts/1/d.json"
    store.put(neighbour, b"not ours")
    artifacts.remove_unnamed(store, replace(job, artifacts={"document": mine}))
    assert [mine.key, neighbour] == sorted(info.key for info in store.list("tenants/"))


def test_two_jobs_never_share_a_prefix() -> None:
    """A job's prefix ends with a slash, so that no id is the beginning of another."""
    assert artifacts.job_prefix("t", "1") == "tenants/t/jobs/1/"
    assert not artifacts.job_prefix("t", "10").startswith(artifacts.job_prefix("t", "1"))
