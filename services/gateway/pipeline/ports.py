"""What the pipeline asks of the stages."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

import pyarrow as pa

from services.gateway.domain import Decision, Pins

Document = dict[str, Any]
"""A protobuf message as JSON, with the names of the proto."""


class TableAnswer(Protocol):
    """A table that a stage sends: schema at once, batches as iterated, `trailer` after the last."""

    schema: pa.Schema

    def __iter__(self) -> Iterator[pa.RecordBatch]: ...

    @property
    def trailer(self) -> Document: ...


class ValidationAnswer(Protocol):
    """Rows that validation sends, with whether they are clean; `trailer` holds the findings."""

    clean_schema: pa.Schema
    quarantined_schema: pa.Schema

    def __iter__(self) -> Iterator[tuple[bool, pa.RecordBatch]]: ...

    @property
    def trailer(self) -> Document: ...


@dataclass(frozen=True)
class TrainingOrder:
    """What a training is to learn.

    family: where the version goes. baseline: family and version to lean on; in_use: those to compare with.
    horizon_days: ahead that the label speaks of; None for the usual. excluded: reasons by column not to learn from.
    """

    family: str
    baseline: tuple[str, str]
    in_use: tuple[str, str]
    horizon_days: int | None
    excluded: Mapping[str, str]


@dataclass(frozen=True)
class ScoreOrder:
    """How a table is to be scored.

    pins: the model and the time. churn_rate: 0-1 over the horizon; None for the model's level. level_shift: what is
    added to every log-odds instead, as a summary gave it. spans: where the file's own customers lie, by column; see
    services.gateway.spans. perturbations: changes to try, as JSON of scoring's Perturbation.
    """

    pins: Pins
    churn_rate: float | None = None
    spans: Document = field(default_factory=dict)
    perturbations: Sequence[Document] = ()
    level_shift: float | None = None


class TrainingAnswer(Protocol):
    """A training under way: as iterated, (share done 0-1, a sentence); `trailer` after the last.

    trailer: {"version", "digest", "declined", "better", "report"}, the report as a document.
    """

    def __iter__(self) -> Iterator[tuple[float, str]]: ...

    @property
    def trailer(self) -> Document: ...


class Stages(Protocol):
    """What the pipeline asks of the four stages. Every call raises the kinds of libs.errors."""

    def parse(
        self,
        chunks: Iterable[bytes],
        size: int,
        head_only: bool = False,
        encoding: str | None = None,
        rows_max: int | None = None,
    ) -> TableAnswer:
        """head_only: whether the bytes may be only the beginning of a file. encoding: None to find it.

        rows_max: rows that are sent back, None for all; the profile covers every row.
        """
        ...

    def suggest(
        self,
        profile: Document,
        sample: pa.RecordBatch,
        industry: str | None,
        snapshot_date: str,
        decisions: tuple[Decision, ...],
    ) -> Document:
        """{"plan": …, "questions": […]}"""
        ...

    def apply(
        self, batches: Iterable[pa.RecordBatch], schema: pa.Schema, plan: Document, row_count: int
    ) -> TableAnswer: ...

    def validate(
        self, batches: Iterable[pa.RecordBatch], schema: pa.Schema, plan: Document, row_count: int
    ) -> ValidationAnswer: ...

    def score(
        self,
        batches: Iterable[pa.RecordBatch],
        schema: pa.Schema,
        order: ScoreOrder,
        row_count: int,
    ) -> TableAnswer: ...

    def current_model(self, family: str) -> tuple[str, str, int]:
        """Version, digest and horizon (days) of the version in use. Raises NotFound if the family has none."""
        ...

    def train(
        self, batches: Iterable[pa.RecordBatch], schema: pa.Schema, order: TrainingOrder, row_count: int
    ) -> TrainingAnswer:
        """Learns a version of order.family; it is published and not promoted."""
        ...

    def promote(self, family: str, version: str, expected: str, actor: str, at: str) -> Document:
        """{"current": …, "previous": …}. expected: the version thought to be current, empty for not checked.
        Raises Conflict if another is."""
        ...
