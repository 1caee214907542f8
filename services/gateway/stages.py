"""The four stages over gRPC, as the pipeline asks for them: JSON documents outside, messages inside."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeVar

import pyarrow as pa
from google.protobuf import json_format
from google.protobuf.message import Message

from libs.client.stages import (
    IngestClient,
    MappingClient,
    Patience,
    ScoringClient,
    TableStream,
    ValidatedStream,
    ValidationClient,
)
from libs.contracts.ingest.v1 import ingest_pb2
from libs.contracts.mapping.v1 import mapping_pb2
from libs.contracts.scoring.v1 import scoring_pb2
from libs.contracts.table.v1 import table_pb2
from libs.errors import NotReady, Unavailable
from libs.rpc.client import open_channel
from libs.tables import wire
from services.gateway.domain import Decision, Pins
from services.gateway.pipeline.ports import ScoreOrder, TrainingOrder
from services.gateway.settings import Settings

Document = dict[str, Any]
M = TypeVar("M", bound=Message)

DEADLINE_BASE_S = 120.0
DEADLINE_S_PER_MIB = 10.0
DEADLINE_S_PER_THOUSAND_ROWS = 2.0
"""A stream may take this long for what it starts from: several times what 2 busy cores need."""

TRAINING_S = 4 * 3600.0
"""A training may take this long at least; that it is not stuck is seen from its progress."""


class NoModel(NotReady):
    """The family has no version in use."""


class StageClients:
    """Fills `pipeline.ports.Stages` and `parts.Models` with the services at the configured addresses."""

    def __init__(self, settings: Settings) -> None:
        self._idle_s = settings.stage_idle_s
        self._channels = {
            name: open_channel(
                getattr(settings, f"{name}_address"),
                token=settings.service_token,
                tls_ca=settings.stage_tls_ca,
                tls_certificate=settings.stage_tls_certificate,
                tls_key=settings.stage_tls_key,
            )
            for name in ("ingest", "mapping", "validation", "scoring")
        }

    def _patience(self, size: int = 0, row_count: int = 0) -> Patience:
        work_s = DEADLINE_S_PER_MIB * size / (1 << 20) + DEADLINE_S_PER_THOUSAND_ROWS * row_count / 1000
        return Patience(self._idle_s, DEADLINE_BASE_S + work_s)

    def parse(
        self,
        chunks: Iterable[bytes],
        size: int,
        head_only: bool = False,
        encoding: str | None = None,
        rows_max: int | None = None,
    ) -> "DocumentedTable":
        options = ingest_pb2.ParseOptions(head_only=head_only, encoding=encoding, rows_max=rows_max)
        return DocumentedTable(IngestClient(self._channels["ingest"], self._patience(size)).parse(chunks, options))

    def suggest(
        self,
        profile: Document,
        sample: pa.RecordBatch,
        industry: str | None,
        snapshot_date: str,
        decisions: tuple[Decision, ...],
    ) -> Document:
        packed = next(iter(wire.pack_batches([sample])), table_pb2.Batch())
        request = mapping_pb2.SuggestRequest(
            profile=_message(profile, table_pb2.Profile()),
            sample=packed,
            industry=industry or "",
            snapshot_date=snapshot_date,
            decisions=[
                mapping_pb2.Decision(canonical=d.canonical, column=d.column, answer=d.answer, told_on=d.told_on)
                for d in decisions
            ],
        )
        return _document(MappingClient(self._channels["mapping"], self._patience()).suggest(request))

    def apply(
        self, batches: Iterable[pa.RecordBatch], schema: pa.Schema, plan: Document, row_count: int
    ) -> "DocumentedTable":
        client = MappingClient(self._channels["mapping"], self._patience(row_count=row_count))
        return DocumentedTable(client.apply(batches, _message(plan, mapping_pb2.Plan()), schema))

    def validate(
        self, batches: Iterable[pa.RecordBatch], schema: pa.Schema, plan: Document, row_count: int
    ) -> "DocumentedRows":
        client = ValidationClient(self._channels["validation"], self._patience(row_count=row_count))
        return DocumentedRows(
            client.validate(batches, plan["industry"], schema, plan["missing_required"], plan["snapshot_date"])
        )

    def score(
        self,
        batches: Iterable[pa.RecordBatch],
        schema: pa.Schema,
        order: ScoreOrder,
        row_count: int,
    ) -> "DocumentedTable":
        client = ScoringClient(self._channels["scoring"], self._patience(row_count=row_count))
        return DocumentedTable(client.score(batches, _score_options(order), schema))

    def simulate(
        self,
        customer: pa.RecordBatch,
        changes: Mapping[str, float | bool | str],
        pins: Pins,
        spans: Document,
        level_shift: float,
    ) -> Document:
        """One customer under changes, as the prediction with these pins was scored; what can be changed is said too."""
        options = _score_options(ScoreOrder(pins, spans=spans, level_shift=level_shift))
        answer = self._scoring().simulate(customer, options, [changes], levers=True)
        return _document(answer.customers[0])

    def current_model(self, family: str) -> tuple[str, str, int]:
        """Version, digest and horizon (days) of the family's version in use. Raises NoModel, or NotFound."""
        answer = self._scoring().models(family, current_only=True)
        for model in answer.models:
            if model.version == answer.current:
                return model.version, model.digest, model.horizon_days
        raise NoModel(f"the model family {family} has no version in use; run `make models`, or promote one")

    def train(
        self, batches: Iterable[pa.RecordBatch], schema: pa.Schema, order: TrainingOrder, row_count: int
    ) -> "DocumentedTraining":
        options = scoring_pb2.TrainOptions(
            family=order.family,
            baseline_family=order.baseline[0],
            baseline_version=order.baseline[1],
            current_family=order.in_use[0],
            current_version=order.in_use[1],
            horizon_days=order.horizon_days or 0,
            excluded_columns=dict(order.excluded),
        )
        patience = Patience(self._idle_s, TRAINING_S + DEADLINE_S_PER_THOUSAND_ROWS * row_count / 1000)
        client = ScoringClient(self._channels["scoring"], patience)
        return DocumentedTraining(client.train(batches, options, schema))

    def models(self, family: str) -> Document:
        """The family's versions, which serves, and how it came to be. Raises NotFound if none is in use."""
        return _document(self._scoring().models(family))

    def promote(self, family: str, version: str, expected: str, actor: str, at: str) -> Document:
        request = scoring_pb2.PromoteModelRequest(
            family=family, version=version, expected_current=expected, actor=actor, at=at
        )
        return _document(self._scoring().promote(request))

    def roll_back(self, family: str, expected: str, actor: str, at: str) -> Document:
        request = scoring_pb2.RollbackModelRequest(family=family, expected_current=expected, actor=actor, at=at)
        return _document(self._scoring().roll_back(request))

    def _scoring(self) -> ScoringClient:
        return ScoringClient(self._channels["scoring"], self._patience())

    def close(self) -> None:
        for channel in self._channels.values():
            channel.close()


class DocumentedTable:
    """A stage's table whose trailer reads as a JSON document."""

    def __init__(self, stream: TableStream[Any]) -> None:
        self._stream = stream
        self.schema = stream.schema

    def __iter__(self) -> Iterator[pa.RecordBatch]:
        return iter(self._stream)

    @property
    def trailer(self) -> Document:
        return _document(self._stream.trailer)


class DocumentedTraining:
    """A training under way; its result reads as a JSON document, the report in it too."""

    def __init__(self, responses: Iterator[scoring_pb2.TrainResponse]) -> None:
        self._responses = responses
        self._result: scoring_pb2.TrainResult | None = None

    def __iter__(self) -> Iterator[tuple[float, str]]:
        for response in self._responses:
            if response.WhichOneof("part") == "result":
                self._result = response.result
            else:
                yield response.progress.share, response.progress.message

    @property
    def trailer(self) -> Document:
        if self._result is None:
            raise Unavailable("scoring ended a training without a result; the same training may work again")
        return {**_document(self._result), "report": json.loads(self._result.report)}


class DocumentedRows:
    """Validation's rows; its findings read as a JSON document."""

    def __init__(self, stream: ValidatedStream) -> None:
        self._stream = stream
        self.clean_schema = stream.clean_schema
        self.quarantined_schema = stream.quarantined_schema

    def __iter__(self) -> Iterator[tuple[bool, pa.RecordBatch]]:
        return iter(self._stream)

    @property
    def trailer(self) -> Document:
        return _document(self._stream.findings)


def _score_options(order: ScoreOrder) -> scoring_pb2.ScoreOptions:
    pins = order.pins
    return scoring_pb2.ScoreOptions(
        family=pins.model_family or "",
        version=pins.model_version or "",
        digest=pins.model_digest or "",
        scored_at=pins.scored_at or "",
        churn_rate=order.churn_rate,
        level_shift=order.level_shift,
        high_above=pins.high_above,
        medium_above=pins.medium_above,
        spans={column: scoring_pb2.Span(**span) for column, span in order.spans.items()},
        perturbations=[_message(each, scoring_pb2.Perturbation()) for each in order.perturbations],
    )


def _document(message: Message) -> Document:
    return json_format.MessageToDict(
        message, preserving_proto_field_name=True, always_print_fields_with_no_presence=True
    )


def _message(document: Document, empty: M) -> M:
    return json_format.ParseDict(document, empty)
