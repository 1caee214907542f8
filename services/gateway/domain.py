"""What the gateway is about: jobs, what they made, and who owns them; imports no framework."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from libs.errors import Conflict, NotReady


class LeaseLost(Conflict):
    """Another worker holds the job now; what this one still does must not count."""


class NotWaiting(NotReady):
    """The job does not wait for what would let it go on."""


class NotCompleted(NotReady):
    """The job has no results yet."""


class JobKind(StrEnum):
    PREDICT = "predict"
    TRAIN = "train"
    CHANGES = "changes"
    EXPORT = "export"


class Promotion(StrEnum):
    """Whether a trained model is put to use by itself. AUTO: when it beats the one in use beyond chance."""

    AUTO = "auto"
    NEVER = "never"


class JobStatus(StrEnum):
    QUEUED = "QUEUED"
    PROCESSING = "PROCESSING"
    NEEDS_MAPPING = "NEEDS_MAPPING"
    NEEDS_PLAN = "NEEDS_PLAN"
    COMPLETED = "COMPLETED"
    FAILED = "FAILED"


CLAIMABLE = (JobStatus.QUEUED, JobStatus.PROCESSING)
"""A job in one of these may be claimed, once no lease on it runs."""


class Pass(StrEnum):
    """The passes of the pipeline, each with one artifact at its end; the last is to score or what another kind does."""

    UNDERSTAND = "understand"
    PREPARE = "prepare"
    SCORE = "score"
    TRAIN = "train"
    COMPARE = "compare"
    EXPORT = "export"


@dataclass(frozen=True)
class Artifact:
    """One finished object of a job. sha256: hex digest of its bytes."""

    key: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Pins:
    """What must not differ between attempts, fixed the first time it is known.

    scored_at: ISO 8601 UTC. model_digest: SHA-256 of the version's manifest, hex. high_above, medium_above: the
        tenant's thresholds of the risk levels when the file was sent; None for scoring's own.
    Of a training, the model is the one in use that it is compared with; baseline_version, what it leans on;
        trained_version and trained_digest, what it made.
    shadow_family, shadow_version, shadow_digest: the version that a prediction is compared with, if it has one.
    """

    snapshot_date: date
    scored_at: str | None = None
    model_family: str | None = None
    model_version: str | None = None
    model_digest: str | None = None
    horizon_days: int | None = None
    baseline_version: str | None = None
    trained_version: str | None = None
    trained_digest: str | None = None
    shadow_family: str | None = None
    shadow_version: str | None = None
    shadow_digest: str | None = None
    high_above: float | None = None
    medium_above: float | None = None


@dataclass(frozen=True)
class Decision:
    """A person's word on one canonical column: which column of the file it is, or how it is to be read.

    column: the file's; None for "not in this file", unless there is an answer.
    answer: the option chosen for a question on how to read the column ("day_first").
    told_on: the day it was first given, ISO 8601, where it is remembered from an earlier file; empty for this file's.
    """

    canonical: str
    column: str | None
    answer: str | None = None
    told_on: str = ""


class ExportFormat(StrEnum):
    CSV = "csv"
    XLSX = "xlsx"


@dataclass(frozen=True)
class ExportedUpload:
    """One of the uploads that an export of every customer's latest score is made from. uploaded_at: ISO 8601."""

    prediction_id: str
    uploaded_at: str


@dataclass(frozen=True)
class Export:
    """What an export is to hold. filters: a `choosing.Filter` as JSON. sort: a `choosing.Sort`. rows: as counted when
    it was asked for. name: of the file, without what tells its format. uploads: the first one first; none for the
    customers of one prediction."""

    format: ExportFormat
    sort: str
    filters: dict[str, Any]
    rows: int
    name: str
    uploads: tuple[ExportedUpload, ...] = ()


@dataclass(frozen=True)
class JobOptions:
    """What the uploader said of the file, and what is wanted of it.

    industry, encoding: None to detect it. Of a prediction: churn_rate, 0-1 over the horizon. Of a training:
        horizon_days, ahead that its label speaks of, None for the usual; promote. Of a comparison: the later
        prediction, the earlier one and the day that describes, ISO 8601. Of an export: the prediction, empty for the
        latest scores of all, and export.
    """

    industry: str | None = None
    churn_rate: float | None = None
    decisions: tuple[Decision, ...] = ()
    encoding: str | None = None
    horizon_days: int | None = None
    promote: Promotion = Promotion.AUTO
    prediction_id: str = ""
    against_id: str = ""
    against_date: str = ""
    export: Export | None = None


@dataclass(frozen=True)
class MappingProfile:
    """What a tenant has said of files with one header row, to be used again for the next of them.

    signature: digest of the header row (services.gateway.profiles). filename: of the last file that taught it.
    columns: the header row as that file had it. decisions: each with the day it was first given.
    """

    id: str
    tenant_id: str
    signature: str
    filename: str
    columns: tuple[str, ...]
    decisions: tuple[Decision, ...]
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True)
class JobError:
    """Why a job failed: kind and code as in libs.errors, message a sentence for the person."""

    kind: str
    code: str
    message: str


@dataclass(frozen=True)
class Job:
    """One row of the truth.

    rows_done: rows through the current pass. rows_total: None until the file was read once.
    attempts: claims so far; a pass retried by the same worker is not an attempt.
    fence: grows with every claim; a write with an older fence is refused.
    artifacts: by name, those of finished passes only ("upload", "table", "profile", "plan",
        "proposal", "canonical", "quarantine", "findings", "applied", "results", "summary", "spans", "report", and
        "shadow" if one is pinned; of a training "trained" and "promotion" instead of results, summary and spans; of a
        comparison what it takes from its two predictions, and "rescored", "changes", "comparison", "outcomes"; of an
        export "results" or those of each upload, and "export"). A plan that waits is a proposal.
    questions: what a person must decide, as JSON objects of mapping's Question.
    trace: W3C trace context of the request that made the job.
    """

    id: str
    tenant_id: str
    kind: JobKind
    status: JobStatus
    filename: str
    options: JobOptions
    pins: Pins
    created_at: datetime
    updated_at: datetime
    current_pass: Pass = Pass.UNDERSTAND
    rows_done: int = 0
    rows_total: int | None = None
    message: str = ""
    attempts: int = 0
    fence: int = 0
    lease_until: datetime | None = None
    artifacts: dict[str, Artifact] = field(default_factory=dict)
    questions: tuple[dict[str, Any], ...] = ()
    error: JobError | None = None
    dead_letter: bool = False
    completed_at: datetime | None = None
    request_id: str = ""
    trace: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Scored:
    """What a completed prediction left of its customers. plan: how the file was read, which names its industry."""

    prediction_id: str
    filename: str
    snapshot_date: date
    uploaded_at: datetime
    results: Artifact
    plan: Artifact | None


@dataclass(frozen=True)
class Claim:
    """A worker's right to write to a job, until another claim raises the fence."""

    job: Job
    fence: int
    worker: str


@dataclass(frozen=True)
class Tenant:
    id: str
    name: str


@dataclass(frozen=True)
class Place:
    """A place in a tenant's list of jobs. It stays where it is when the job that stood there is deleted."""

    created_at: datetime
    job_id: str


@dataclass(frozen=True)
class Shadow:
    """A version that a tenant's predictions are compared with, beside the one in use. digest: as when it was named."""

    family: str
    version: str
    digest: str
    named_at: datetime
