"""gRPC clients of the four stages: Arrow batches in, Arrow batches out, the stage's last word at the end.

scoring = ScoringClient(open_channel("127.0.0.1:50054"))
answer = scoring.score(table.to_batches(), scoring_pb2.ScoreOptions(family="baseline-telecom"), table.schema)
results = answer.read_all()
print(answer.trailer.probability_mean)
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import grpc
import pyarrow as pa

from libs.contracts.ingest.v1 import ingest_pb2, ingest_pb2_grpc
from libs.contracts.mapping.v1 import mapping_pb2, mapping_pb2_grpc
from libs.contracts.scoring.v1 import scoring_pb2, scoring_pb2_grpc
from libs.contracts.table.v1 import table_pb2
from libs.contracts.validation.v1 import validation_pb2, validation_pb2_grpc
from libs.errors import Unavailable
from libs.rpc import client
from libs.tables import wire

Trailer = TypeVar("Trailer")

CHUNK_BYTES_MAX = 1 << 20
"""Bytes of a file sent in one message."""


@dataclass(frozen=True)
class Patience:
    """How long a stage may take. idle_s: seconds without a message either way. deadline_s: for the whole stream."""

    idle_s: float = 60.0
    deadline_s: float = 3600.0


class TableStream(Generic[Trailer]):
    """A table on its way from a stage: `schema` at once, batches as they are iterated, `trailer` after the last."""

    def __init__(self, responses: Iterator[Any], trailer: str) -> None:
        """trailer: the name of the answer's last part. Raises what the stage raised before its first answer."""
        self._responses = responses
        self._trailer_name = trailer
        self._trailer: Trailer | None = None
        self.schema: pa.Schema = wire.unpack_schema(_first(responses).schema)

    def __iter__(self) -> Iterator[pa.RecordBatch]:
        for response in self._responses:
            if response.WhichOneof("part") == "batch":
                yield wire.unpack_batch(response.batch)
            else:
                self._trailer = getattr(response, self._trailer_name)
        if self._trailer is None:
            raise _cut_short()

    @property
    def trailer(self) -> Trailer:
        """The stage's last word. Raises Unavailable while batches are still to come."""
        if self._trailer is None:
            raise _cut_short()
        return self._trailer

    def read_all(self) -> pa.Table:
        """All batches as one table."""
        return pa.Table.from_batches(list(self), self.schema)


class ValidatedStream:
    """Rows on their way from validation: two schemas at once, rows of both kinds as they come, findings last."""

    def __init__(self, responses: Iterator[validation_pb2.ValidateResponse]) -> None:
        self._responses = responses
        self._findings: validation_pb2.Findings | None = None
        schemas = _first(responses).schemas
        self.clean_schema = wire.unpack_schema(schemas.clean)
        self.quarantined_schema = wire.unpack_schema(schemas.quarantined)

    def __iter__(self) -> Iterator[tuple[bool, pa.RecordBatch]]:
        """Pairs of (whether the rows are clean, the rows)."""
        for response in self._responses:
            match response.WhichOneof("part"):
                case "clean":
                    yield True, wire.unpack_batch(response.clean)
                case "quarantined":
                    yield False, wire.unpack_batch(response.quarantined)
                case _:
                    self._findings = response.findings
        if self._findings is None:
            raise _cut_short()

    @property
    def findings(self) -> validation_pb2.Findings:
        """The outcome of every check. Raises Unavailable while rows are still to come."""
        if self._findings is None:
            raise _cut_short()
        return self._findings


class IngestClient:
    """Reads files. Raises the kinds of libs.errors, as do all clients here."""

    def __init__(self, channel: grpc.Channel, patience: Patience = Patience()) -> None:
        self._stub = ingest_pb2_grpc.IngestServiceStub(channel)
        self._patience = patience

    def parse(
        self, chunks: Iterable[bytes], options: ingest_pb2.ParseOptions | None = None
    ) -> TableStream[table_pb2.Profile]:
        """The table in the file whose bytes are `chunks`, every column text, and last its profile."""

        def requests() -> Iterator[ingest_pb2.ParseRequest]:
            yield ingest_pb2.ParseRequest(options=options or ingest_pb2.ParseOptions())
            for chunk in chunks:
                for start in range(0, len(chunk), CHUNK_BYTES_MAX):
                    yield ingest_pb2.ParseRequest(chunk=chunk[start : start + CHUNK_BYTES_MAX])

        return TableStream(_stream(self._stub.Parse, requests(), self._patience), "profile")


class MappingClient:
    """Maps columns."""

    def __init__(self, channel: grpc.Channel, patience: Patience = Patience()) -> None:
        self._stub = mapping_pb2_grpc.MappingServiceStub(channel)
        self._patience = patience

    def suggest(self, request: mapping_pb2.SuggestRequest) -> mapping_pb2.SuggestResponse:
        """A plan for the table that was profiled, or questions."""
        response: mapping_pb2.SuggestResponse = client.call(
            self._stub.Suggest, request, timeout_s=self._patience.idle_s
        )
        return response

    def apply(
        self, batches: Iterable[pa.RecordBatch], plan: mapping_pb2.Plan, schema: pa.Schema
    ) -> TableStream[mapping_pb2.ApplySummary]:
        """The table in canonical columns, and last a summary of what could not be converted."""
        options = mapping_pb2.ApplyRequest(options=mapping_pb2.ApplyOptions(plan=plan, schema=wire.pack_schema(schema)))
        requests = _requests(options, batches, lambda batch: mapping_pb2.ApplyRequest(batch=batch))
        return TableStream(_stream(self._stub.Apply, requests, self._patience), "summary")


class ValidationClient:
    """Checks canonical tables."""

    def __init__(self, channel: grpc.Channel, patience: Patience = Patience()) -> None:
        self._stub = validation_pb2_grpc.ValidationServiceStub(channel)
        self._patience = patience

    def validate(
        self,
        batches: Iterable[pa.RecordBatch],
        industry: str,
        schema: pa.Schema,
        waived: Iterable[str] = (),
        snapshot_date: str = "",
    ) -> ValidatedStream:
        """Clean rows and rows set aside, and last the findings. Without a snapshot date nothing lies in the future."""
        options = validation_pb2.ValidateRequest(
            options=validation_pb2.ValidateOptions(
                industry=industry,
                schema=wire.pack_schema(schema),
                waived=list(waived),
                snapshot_date=snapshot_date,
            )
        )
        requests = _requests(options, batches, lambda batch: validation_pb2.ValidateRequest(batch=batch))
        return ValidatedStream(_stream(self._stub.Validate, requests, self._patience))


class ScoringClient:
    """Scores clean tables, learns models, and says which is in use."""

    def __init__(self, channel: grpc.Channel, patience: Patience = Patience()) -> None:
        self._stub = scoring_pb2_grpc.ScoringServiceStub(channel)
        self._patience = patience

    def score(
        self, batches: Iterable[pa.RecordBatch], options: scoring_pb2.ScoreOptions, schema: pa.Schema
    ) -> TableStream[scoring_pb2.ScoreSummary]:
        """One result for each row, in their order, and last a summary. The options' schema is filled in here."""
        filled = scoring_pb2.ScoreOptions()
        filled.CopyFrom(options)
        filled.schema.CopyFrom(wire.pack_schema(schema))
        first = scoring_pb2.ScoreRequest(options=filled)
        requests = _requests(first, batches, lambda batch: scoring_pb2.ScoreRequest(batch=batch))
        return TableStream(_stream(self._stub.Score, requests, self._patience), "summary")

    def simulate(
        self,
        customers: pa.RecordBatch,
        options: scoring_pb2.ScoreOptions,
        changes: Iterable[Mapping[str, float | bool | str]] = (),
        levers: bool = False,
    ) -> scoring_pb2.SimulateResponse:
        """Each customer as it stands and as changed. changes: one for each row, by column; none explains.

        levers: whether to say what can be changed.
        """
        asked = [scoring_pb2.Changes(columns={name: _value(each[name]) for name in each}) for each in changes]
        request = scoring_pb2.SimulateRequest(
            options=options, customers=wire.pack_batch(customers), changes=asked, levers=levers
        )
        response: scoring_pb2.SimulateResponse = client.call(
            self._stub.Simulate, request, timeout_s=self._patience.idle_s
        )
        return response

    def train(
        self, batches: Iterable[pa.RecordBatch], options: scoring_pb2.TrainOptions, schema: pa.Schema
    ) -> Iterator[scoring_pb2.TrainResponse]:
        """Progress as it comes, and last the result. The options' schema is filled in here."""
        filled = scoring_pb2.TrainOptions()
        filled.CopyFrom(options)
        filled.schema.CopyFrom(wire.pack_schema(schema))
        first = scoring_pb2.TrainRequest(options=filled)
        requests = _requests(first, batches, lambda batch: scoring_pb2.TrainRequest(batch=batch))
        return _stream(self._stub.Train, requests, self._patience)

    def models(self, family: str, current_only: bool = False) -> scoring_pb2.ListModelsResponse:
        """The family's versions, which one is in use, and how it came to be; or the one in use alone."""
        request = scoring_pb2.ListModelsRequest(family=family, current_only=current_only)
        response: scoring_pb2.ListModelsResponse = client.call(
            self._stub.ListModels, request, timeout_s=self._patience.idle_s
        )
        return response

    def promote(self, request: scoring_pb2.PromoteModelRequest) -> scoring_pb2.PromoteModelResponse:
        """Makes a version the current one."""
        response: scoring_pb2.PromoteModelResponse = client.call(
            self._stub.PromoteModel, request, timeout_s=self._patience.idle_s
        )
        return response

    def roll_back(self, request: scoring_pb2.RollbackModelRequest) -> scoring_pb2.RollbackModelResponse:
        """Makes the version before the current one current again."""
        response: scoring_pb2.RollbackModelResponse = client.call(
            self._stub.RollbackModel, request, timeout_s=self._patience.idle_s
        )
        return response


def _value(value: float | bool | str) -> scoring_pb2.Value:
    if isinstance(value, bool):
        return scoring_pb2.Value(flag=value)
    return scoring_pb2.Value(text=value) if isinstance(value, str) else scoring_pb2.Value(number=value)


def _requests(first: Any, batches: Iterable[pa.RecordBatch], wrap: Callable[[table_pb2.Batch], Any]) -> Iterator[Any]:
    yield first
    for message in wire.pack_batches(batches):
        yield wrap(message)


def _stream(method: Any, requests: Iterator[Any], patience: Patience) -> Iterator[Any]:
    return client.stream(method, requests, idle_s=patience.idle_s, deadline_s=patience.deadline_s)


def _first(responses: Iterator[Any]) -> Any:
    try:
        return next(responses)
    except StopIteration:
        raise _cut_short() from None


def _cut_short() -> Unavailable:
    return Unavailable("a stage ended its answer before its last part; the same call may work again")
