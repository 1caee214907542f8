"""The shadow: pinned before anything is scored, scored like the model in use, and never in a prediction's way."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from libs.errors import Conflict, Forbidden, NotFound, OutOfTime, Unavailable
from services.gateway.database.engine import Database
from services.gateway.domain import Artifact, Job, JobOptions, JobStatus
from services.gateway.pipeline.ports import ScoreOrder
from services.gateway.report.document import Report
from services.gateway.report.shadow import Shadow
from tests.unit.gateway.desk import Desk
from tests.unit.gateway.fakes import Answer

DIGEST = "cd" * 32


@pytest.fixture
def desk(database: Database, tmp_path: Path) -> Desk:
    """A runner over stages whose two versions disagree on three customers."""
    made = Desk(database, tmp_path)
    made.stages.probabilities = {"v1": [0.8, 0.5, 0.1], "v2": [0.5, 0.6, 0.1]}
    return made


def named(desk: Desk, job: Job, version: str = "v2") -> None:
    """The job is submitted, after its tenant named a shadow."""
    desk.families.shadow(job.tenant_id, "saas", "baseline-saas", version, DIGEST)
    desk.submit(job)


def told(desk: Desk, job: Job) -> Shadow | None:
    """What the completed job's report says of a shadow."""
    done = desk.jobs.get(job.id)
    assert JobStatus.COMPLETED == done.status, done.error
    return Report.model_validate_json(desk.store.get(done.artifacts["report"].key)).predictions.shadow


def test_a_shadow_is_scored_and_reported(desk: Desk, job: Job) -> None:
    """Its version and digest are pinned on the row, and the figures are those of the two versions."""
    named(desk, job)
    desk.run()
    pins = desk.jobs.get(job.id).pins
    assert ("baseline-saas", "v2", DIGEST) == (pins.shadow_family, pins.shadow_version, pins.shadow_digest)
    shadow = told(desk, job)
    assert shadow is not None and shadow.figures is not None
    figures = shadow.figures
    # |.3| and |.1| of three; ranks 3 2 1 and 2 3 1; 10 a month each
    assert (0.4 / 3, 0.5) == pytest.approx((figures.mean_absolute_difference, figures.rank_correlation))
    assert (3, 1, 0.0) == (figures.rows, figures.levels_differ, figures.top_tenth_shared)
    assert (14.0, 12.0, "v1") == pytest.approx(
        (figures.revenue_at_risk, figures.shadow_revenue_at_risk, figures.more_revenue_at_risk)
    )


def test_it_is_scored_under_the_same_options(desk: Desk, job: Job) -> None:
    """The same time, rate and spans; only the model is another, and no repairs are tried again."""
    named(desk, replace(job, options=JobOptions(churn_rate=0.2)))
    desk.run()
    first, second = desk.stages.score_orders
    model = {name: getattr(first.pins, name) for name in ("model_family", "model_version", "model_digest")}
    assert {"model_family": "baseline-saas", "model_version": "v1", "model_digest": "ab" * 32} == model
    assert ("v2", DIGEST, 0.2) == (second.pins.model_version, second.pins.model_digest, second.churn_rate)
    assert first == replace(second, pins=replace(second.pins, **model), perturbations=first.perturbations)


def test_without_a_shadow_nothing_is_scored_twice(desk: Desk, job: Job) -> None:
    """No artifact, no word in the report; and another industry's shadow is none of this file's."""
    desk.families.shadow(job.tenant_id, "telecom", "baseline-telecom", "v2", DIGEST)
    desk.submit(job)
    desk.run()
    assert (None, 1) == (told(desk, job), desk.stages.calls.count("score"))
    assert "shadow" not in desk.jobs.get(job.id).artifacts


def test_nothing_sold_changes(desk: Desk, job: Job) -> None:
    """The results are the same bytes with a shadow as without one."""
    desk.submit(job)
    desk.run()
    other = replace(job, id="0" * 32, artifacts={"upload": Artifact(f"{job.artifacts['upload'].key}-2", 5, "ab" * 32)})
    named(desk, other)
    desk.run()
    first, second = (desk.jobs.get(each.id) for each in (job, other))
    assert first.artifacts["results"].sha256 == second.artifacts["results"].sha256
    assert first.message == second.message


@pytest.mark.parametrize(
    "error",
    [
        NotFound("gone"),
        Forbidden("foreign signature"),
        Conflict("other digest"),
        Unavailable("down"),
        OutOfTime("slow"),
        OSError(28, "No space left"),
        ValueError("secret detail"),
    ],
)
def test_a_shadow_that_fails_fails_nothing(desk: Desk, job: Job, error: Exception) -> None:
    """The prediction is completed in its one attempt, and the report has the kind alone."""
    score = desk.stages.score

    def scored(batches: Any, schema: Any, order: ScoreOrder, row_count: int) -> Answer:
        if order.pins.model_version == "v2":
            raise error
        return score(batches, schema, order, row_count)

    desk.stages.score = scored  # type: ignore[method-assign]
    named(desk, job)
    desk.run()
    shadow = told(desk, job)
    kind = {OSError: "Unavailable", ValueError: "Internal"}.get(type(error), type(error).__name__)
    assert shadow is not None and (kind, None) == (shadow.not_scored, shadow.figures)
    assert 1 == desk.jobs.get(job.id).attempts
    assert "secret" not in shadow.model_dump_json()


def test_a_shadow_that_breaks_off_fails_nothing(desk: Desk, job: Job) -> None:
    """Also in the middle of its answer."""
    score = desk.stages.score

    class BrokenOff(Answer):
        def __iter__(self) -> Any:
            yield self._batches[0].slice(0, 2)
            raise Unavailable("gone in the middle")

    def scored(batches: Any, schema: Any, order: ScoreOrder, row_count: int) -> Answer:
        made = score(batches, schema, order, row_count)
        return BrokenOff(made._batches, made.schema, made.trailer) if order.pins.model_version == "v2" else made

    desk.stages.score = scored  # type: ignore[method-assign]
    named(desk, job)
    desk.run()
    shadow = told(desk, job)
    assert shadow is not None and "Unavailable" == shadow.not_scored


def test_the_version_in_use_is_not_its_own_shadow(desk: Desk, job: Job) -> None:
    """It says so, and scores nothing twice."""
    named(desk, job, "v1")
    desk.run()
    shadow = told(desk, job)
    assert shadow is not None and "InUse" == shadow.not_scored
    assert 1 == desk.stages.calls.count("score")


def test_the_shadow_stays_that_of_the_first_try(desk: Desk, job: Job, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that is named, or taken back, while a prediction is under way concerns the next one only."""
    named(desk, job)
    keep, seen = desk.jobs.keep, []

    def renamed(claim: Any, artifacts: dict[str, Artifact]) -> None:
        if "results" in artifacts:
            desk.families.unshadow(job.tenant_id, "saas")
        seen.extend(artifacts)
        keep(claim, artifacts)

    monkeypatch.setattr(desk.jobs, "keep", renamed)
    desk.run()
    shadow = told(desk, job)
    assert shadow is not None and "v2" == shadow.model_version
    assert seen.index("results") < seen.index("shadow") < seen.index("report")


def test_a_worker_that_is_stopped_in_it_gives_the_job_back(desk: Desk, job: Job) -> None:
    """The stop is none of the shadow's faults; the next attempt goes on from the results, which stay as they are."""
    named(desk, job)
    score = desk.stages.score

    def scored(batches: Any, schema: Any, order: ScoreOrder, row_count: int) -> Answer:
        if order.pins.model_version == "v2":
            desk.stopping.set()
        return score(batches, schema, order, row_count)

    desk.stages.score = scored  # type: ignore[method-assign]
    desk.run()
    waiting = desk.jobs.get(job.id)
    assert (JobStatus.QUEUED, True, False) == (
        waiting.status,
        "results" in waiting.artifacts,
        "shadow" in waiting.artifacts,
    )
    desk.stages.score = score  # type: ignore[method-assign]
    desk.stopping.clear()
    desk.run()
    shadow = told(desk, job)
    assert shadow is not None and shadow.figures is not None and 3 == shadow.figures.rows
    made = desk.jobs.get(job.id)
    assert f"/attempts/{made.fence}/" in made.artifacts["shadow"].key
    assert f"/attempts/{waiting.fence}/" in made.artifacts["results"].key


def test_a_worker_that_lost_the_job_writes_nothing(desk: Desk, job: Job) -> None:
    """The job was deleted while the shadow was scored: what was made of it goes, and nobody is told of a failure."""
    named(desk, job)
    score = desk.stages.score

    def scored(batches: Any, schema: Any, order: ScoreOrder, row_count: int) -> Answer:
        if order.pins.model_version == "v2":
            desk.jobs.delete(job.tenant_id, job.id)
        return score(batches, schema, order, row_count)

    desk.stages.score = scored  # type: ignore[method-assign]
    desk.run()
    assert [] == list(desk.store.list("tenants/"))


def test_the_kept_document_names_no_customer(desk: Desk, job: Job) -> None:
    """Versions and figures are all that is kept of the second pass."""
    named(desk, job)
    desk.run()
    kept = json.loads(desk.store.get(desk.jobs.get(job.id).artifacts["shadow"].key))
    assert {"family", "version", "digest", "horizon_days", "rows", "levels"} <= set(kept)
    assert not any(name in json.dumps(kept) for name in ("ann", "bob", "cyd"))
