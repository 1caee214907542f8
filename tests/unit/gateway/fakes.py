"""Stages made of a few rows, for tests of what the gateway does around them."""

from collections.abc import Iterable, Iterator
from typing import Any

import pyarrow as pa

from libs.errors import Conflict, NotFound, RetainWiseError
from services.gateway.domain import Decision, Pins
from services.gateway.pipeline.ports import ScoreOrder, TrainingOrder
from services.gateway.ports import Delivery


class Answer:
    """A table that a stage sends."""

    def __init__(self, batches: list[pa.RecordBatch], schema: pa.Schema, trailer: dict[str, Any]) -> None:
        self.schema = schema
        self.trailer = trailer
        self._batches = batches

    def __iter__(self) -> Iterator[pa.RecordBatch]:
        return iter(self._batches)


class Checked:
    """Rows that validation sends: all of them clean."""

    def __init__(self, batches: list[pa.RecordBatch], schema: pa.Schema, trailer: dict[str, Any]) -> None:
        self.clean_schema = schema
        self.quarantined_schema = schema.append(pa.field("reason", pa.string()))
        self.trailer = trailer
        self._batches = batches

    def __iter__(self) -> Iterator[tuple[bool, pa.RecordBatch]]:
        return ((True, batch) for batch in self._batches)


class Training:
    """A training that is done in one step. trailer: its result."""

    def __init__(self, trailer: dict[str, Any]) -> None:
        self.trailer = trailer

    def __iter__(self) -> Iterator[tuple[float, str]]:
        yield 0.5, "learning"


class FakeStages:
    """Fills `pipeline.ports.Stages`: every line of the upload is a customer.

    promoted: version by family. trained: how each training ends. labels: whether mapping finds who left.
    checks: what validation found. probabilities: by version, of each customer; 0.5 where none are said.
    faults: by method, errors to raise on the next calls, first to last.
    calls: methods as they were called.
    """

    def __init__(self) -> None:
        self.faults: dict[str, list[Exception]] = {}
        self.calls: list[str] = []
        self.seen_pins: list[Pins] = []
        self.seen_decisions: list[tuple[Decision, ...]] = []
        self.seen_encoding: str | None = None
        self.asks = False
        self.promoted: dict[str, str] = {}
        self.orders: list[TrainingOrder] = []
        self.trained: dict[str, Any] = {"version": "t1", "digest": "ef" * 32, "declined": "", "better": True}
        self.labels = True
        self.checks: list[dict[str, Any]] = []
        self.probabilities: dict[str, list[float]] = {}
        self.score_orders: list[ScoreOrder] = []

    def _called(self, name: str) -> None:
        self.calls.append(name)
        if self.faults.get(name):
            raise self.faults[name].pop(0)

    def parse(
        self,
        chunks: Iterable[bytes],
        size: int,
        head_only: bool = False,
        encoding: str | None = None,
        rows_max: int | None = None,
    ) -> Answer:
        self._called("parse")
        self.seen_encoding = encoding
        ids = b"".join(chunks).decode().split()
        batch = pa.RecordBatch.from_pydict({"id": ids, "source_row": list(range(1, len(ids) + 1))})
        profile = {"row_count": str(len(ids)), "columns": [{"name": "id"}], "text_format": {}, "repairs": []}
        return Answer([batch.slice(0, rows_max)], batch.schema, profile)

    def suggest(
        self,
        profile: dict[str, Any],
        sample: pa.RecordBatch,
        industry: str | None,
        snapshot_date: str,
        decisions: tuple[Decision, ...],
    ) -> dict[str, Any]:
        self._called("suggest")
        self.seen_decisions.append(decisions)
        mapping = {"column": "id", "canonical": "customer_id", "confidence": 100.0, "strategy": "alias", "evidence": ""}
        labelled = self.labels or any(d.canonical == "churned" and d.column for d in decisions)
        mappings = [mapping, mapping | {"canonical": "churned"}] if labelled else [mapping]
        plan = {
            "industry": "saas",
            "snapshot_date": snapshot_date,
            "mappings": mappings,
            "derivations": [],
            "missing_required": [d.canonical for d in decisions],
            "missing_optional": [],
        }
        question = {
            "canonical": "mrr",
            "message": "Which column is the price?",
            "candidates": [],
            "may_be_absent": True,
        }
        return {"plan": plan, "questions": [question] if self.asks and not decisions else []}

    def apply(
        self, batches: Iterable[pa.RecordBatch], schema: pa.Schema, plan: dict[str, Any], row_count: int
    ) -> Answer:
        self._called("apply")
        return Answer(list(batches), schema, {})

    def validate(
        self, batches: Iterable[pa.RecordBatch], schema: pa.Schema, plan: dict[str, Any], row_count: int
    ) -> Checked:
        self._called("validate")
        rows = list(batches)
        count = str(sum(batch.num_rows for batch in rows))
        fatal = {"severity": "SEVERITY_FATAL", "passed": False, "message": "Three rows are odd."}
        findings = {
            "row_count": count,
            "clean_count": count,
            "quarantined_count": "0",
            "checks": [fatal] if count == "0" else self.checks,
            "score": 1.0,
        }
        return Checked(rows, schema, findings)

    def score(
        self,
        batches: Iterable[pa.RecordBatch],
        schema: pa.Schema,
        order: ScoreOrder,
        row_count: int,
    ) -> Answer:
        self._called("score")
        pins = order.pins
        self.seen_pins.append(pins)
        self.score_orders.append(order)
        rows = list(batches)
        summary = {
            "row_count": str(sum(batch.num_rows for batch in rows)),
            "family": pins.model_family,
            "version": pins.model_version,
            "digest": pins.model_digest,
            "horizon_days": pins.horizon_days,
            "high_count": "1",
            "medium_count": "0",
            "low_count": "0",
            "probability_mean": 0.5,
            "missing_features": [],
            "reasons_exact": True,
        }
        table = pa.Table.from_batches(rows, schema)
        said = self.probabilities.get(pins.model_version or "", [0.5] * table.num_rows)
        table = table.append_column("churn_probability", pa.array(said, pa.float64()))
        levels = ["high" if each > 0.7 else "medium" if each > 0.4 else "low" for each in said]
        table = table.append_column("risk_level", pa.array(levels, pa.string()))
        table = table.append_column("monthly_revenue", pa.array([10.0] * table.num_rows, pa.float64()))
        return Answer(table.to_batches(), table.schema, summary)

    def current_model(self, family: str) -> tuple[str, str, int]:
        self._called("current_model")
        if family.startswith("baseline-"):
            return "v1", "ab" * 32, 30
        if family not in self.promoted:
            raise NotFound("the family has no version in use")
        return self.promoted[family], "cd" * 32, 60

    def train(
        self, batches: Iterable[pa.RecordBatch], schema: pa.Schema, order: TrainingOrder, row_count: int
    ) -> "Training":
        self._called("train")
        self.orders.append(order)
        ids = [customer for batch in batches for customer in batch.column("id").to_pylist()]
        return Training(self.trained | {"report": {"customers": len(ids), "sentence": "It ranks well."}})

    def promote(self, family: str, version: str, expected: str, actor: str, at: str) -> dict[str, Any]:
        self._called("promote")
        previous = self.promoted.get(family, "")
        if expected and expected != previous:
            raise Conflict("another version is current")
        self.promoted[family] = version
        return {"current": version, "previous": previous}


def failing(error: RetainWiseError, times: int) -> list[Exception]:
    """The error, `times` times."""
    return [error] * times


class RecordingQueue:
    """Fills `domain.Queue` in memory and remembers what was done with each hint."""

    def __init__(self) -> None:
        self.waiting: list[str] = []
        self.done: list[tuple[str, str]] = []
        """Pairs of (what was done, job id), without renewals."""

    def announce(self, job_id: str) -> None:
        self.waiting.append(job_id)

    def receive(self, wait_s: float) -> Delivery | None:
        return Delivery(self.waiting.pop(0), "receipt") if self.waiting else None

    def extend(self, delivery: Delivery, seconds: float) -> None:
        self.done.append(("extended", delivery.job_id))

    def acknowledge(self, delivery: Delivery) -> None:
        self.done.append(("acknowledged", delivery.job_id))

    def bury(self, delivery: Delivery) -> None:
        self.done.append(("buried", delivery.job_id))

    def depth(self) -> int:
        return len(self.waiting)
