"""The shell: a stream of requests to the stage, and its answer to a stream of responses."""

from collections.abc import Callable, Iterator

import grpc

from libs.contracts.ingest.v1 import ingest_pb2, ingest_pb2_grpc
from services.ingest import messages
from services.ingest.settings import Settings
from services.ingest.stage import parse

SERVICES = (ingest_pb2.DESCRIPTOR.services_by_name["IngestService"].full_name,)


class IngestServicer(ingest_pb2_grpc.IngestServiceServicer):
    """Every call stands alone; errors leave as the kinds of libs.errors."""

    def __init__(self, settings: Settings) -> None:
        self._limits = messages.limits(settings)

    def Parse(  # noqa: N802, the contract's name
        self, request_iterator: Iterator[ingest_pb2.ParseRequest], context: grpc.ServicerContext
    ) -> Iterator[ingest_pb2.ParseResponse]:
        options = messages.options(request_iterator)
        yield from messages.responses(parse(messages.chunks(request_iterator), options, self._limits))


def registering(settings: Settings) -> Callable[[grpc.Server], None]:
    """What adds the servicer to a server."""

    def register(server: grpc.Server) -> None:
        ingest_pb2_grpc.add_IngestServiceServicer_to_server(IngestServicer(settings), server)

    return register
