"""Exports as jobs: their ids, their bounds, what they hold, and when they go."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from libs.errors import NotFound, RateLimited
from libs.objects.local import LocalStore
from services.gateway import exports
from services.gateway.artifacts import job_prefix
from services.gateway.choosing import Filter, Sort, filter_of
from services.gateway.database.engine import Database
from services.gateway.database.jobs import JobTable
from services.gateway.domain import Artifact, ExportFormat, Job, JobError, NotCompleted, Scored
from services.gateway.exporting.workbook import TooManyForExcel
from services.gateway.exports import begun, export_of, export_of_all, holding, remove_old_exports

RESULTS = Artifact("results.parquet", 1, "ab" * 32)
NOW = datetime.now(UTC)


@pytest.fixture
def jobs(database: Database) -> JobTable:
    """The rows of an empty database."""
    return JobTable(database)


def of(job: Job, rows: int = 1, file: ExportFormat = ExportFormat.CSV, chosen: Filter = Filter()) -> Job:  # noqa: B008
    """An export of the prediction."""
    return export_of(job, RESULTS, chosen, Sort.CUSTOMER_ID, file, rows)


def scored(name: str, days: int = 0) -> Scored:
    """An upload that was scored."""
    return Scored(name, "a.csv", NOW.date(), NOW + timedelta(days=days), RESULTS, None)


def test_a_filter_survives_its_row(jobs: JobTable, job: Job) -> None:
    """Every field of it, through JSON and the database."""
    chosen = Filter(("high",), "a'b", ("pro",), (0, 9), NOW.date(), NOW.date() + timedelta(days=1))
    export = jobs.create(of(job, chosen=chosen), idempotency_key=None, request_digest="")
    stored = jobs.get(export.id).options.export
    assert stored is not None
    assert (chosen, ExportFormat.CSV) == (filter_of(stored.filters), stored.format)
    assert Filter() == filter_of(Filter().document())


def test_the_uploads_of_an_export_survive_its_row(jobs: JobTable, job: Job) -> None:
    """The first one first, as they came to be."""
    export = export_of_all(job.tenant_id, [scored("b", 1), scored("a")], Filter(), Sort.PLAN, ExportFormat.CSV, 2)
    jobs.create(export, idempotency_key=None, request_digest="")
    assert export.options == jobs.get(export.id).options
    assert ["a", "b"] == [upload.prediction_id for upload in export.options.export.uploads]  # type: ignore[union-attr]


def test_asking_twice_makes_one(jobs: JobTable, job: Job) -> None:
    """The same customers in the same order and format; one that failed is made anew, anything else is another."""
    first, new = begun(jobs, of(job))
    again, newer = begun(jobs, of(job))
    assert (first.id, True, False) == (again.id, new, newer)
    claim = jobs.claim(first.id, "w", 30, 3)
    assert claim is not None
    jobs.fail(claim, JobError("Internal", "x", "x"))
    assert begun(jobs, of(job))[1]
    others = [of(job, file=ExportFormat.XLSX), of(job, chosen=Filter(("low",))), of(replace(job, tenant_id="other"))]
    assert 4 == len({first.id, *(other.id for other in others)})


def test_a_tenants_exports_are_bounded(jobs: JobTable, job: Job, monkeypatch: pytest.MonkeyPatch) -> None:
    """With a time to come again; one that is under way is still found, and one that is over makes room."""
    monkeypatch.setattr(exports, "WAITING_MAX", 2)
    made = [begun(jobs, of(job, chosen=Filter(search=word)))[0] for word in "ab"]
    with pytest.raises(RateLimited) as refused:
        begun(jobs, of(job, chosen=Filter(search="c")))
    assert refused.value.retry_after_s is not None
    assert made[0].id == begun(jobs, of(job, chosen=Filter(search="a")))[0].id
    claim = jobs.claim(made[0].id, "w", 30, 3)
    assert claim is not None
    jobs.complete(claim, {}, "done")
    assert begun(jobs, of(job, chosen=Filter(search="c")))[1]


def test_what_cannot_be_a_workbook_is_refused_at_once(job: Job) -> None:
    """With what would work; as CSV it is taken."""
    with pytest.raises(TooManyForExcel, match="CSV"):
        of(job, rows=4 * 1_048_575 + 1, file=ExportFormat.XLSX)
    of(job, rows=4 * 1_048_575, file=ExportFormat.XLSX)
    of(job, rows=10**9)


def test_without_uploads_there_is_nothing_to_export() -> None:
    """And the sentence says so."""
    with pytest.raises(NotCompleted, match="no upload"):
        export_of_all("acme", [], Filter(), Sort.PLAN, ExportFormat.CSV, 0)


def test_exports_that_hold_a_predictions_customers(jobs: JobTable, job: Job) -> None:
    """Its own, and those of all uploads that it was among."""
    mine, other = begun(jobs, of(job))[0], begun(jobs, of(replace(job, id="other")))[0]
    whole = begun(jobs, export_of_all(job.tenant_id, [scored(job.id)], Filter(), Sort.PLAN, ExportFormat.CSV, 1))[0]
    assert {mine.id, whole.id} == {each.id for each in holding(jobs, job.tenant_id, job.id)}
    assert {other.id} == {each.id for each in holding(jobs, job.tenant_id, "other")}


def test_old_exports_go(jobs: JobTable, job: Job, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Row and file, however many; younger ones and predictions stay."""
    monkeypatch.setattr(exports, "REMOVED_AT_ONCE", 2)
    store = LocalStore(tmp_path / "objects")
    jobs.create(job, idempotency_key=None, request_digest="")

    def made(word: str, days: int) -> Job:
        export = replace(of(job, chosen=Filter(search=word)), created_at=NOW - timedelta(days=days))
        store.put(job_prefix(export.tenant_id, export.id) + "export.csv", b"a")
        return jobs.create(export, idempotency_key=None, request_digest="")

    old, kept = [made(word, 8) for word in "abc"], made("d", 6)
    assert 3 == remove_old_exports(store, jobs, 7 * 86_400)
    assert 0 == remove_old_exports(store, jobs, 7 * 86_400)
    for export in old:
        with pytest.raises(NotFound):
            jobs.get(export.id)
    assert [job_prefix(kept.tenant_id, kept.id) + "export.csv"] == [info.key for info in store.list("")]
    assert (job.id, kept.id) == (jobs.get(job.id).id, jobs.get(kept.id).id)
