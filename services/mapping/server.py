"""The shell: requests to the stage, and its answers to responses."""

from collections.abc import Callable, Iterator

import grpc

from libs.contracts.mapping.v1 import mapping_pb2, mapping_pb2_grpc
from services.mapping import messages, stage
from services.mapping.settings import Settings

SERVICES = (mapping_pb2.DESCRIPTOR.services_by_name["MappingService"].full_name,)


class MappingServicer(mapping_pb2_grpc.MappingServiceServicer):
    """Every call stands alone; errors leave as the kinds of libs.errors."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def Suggest(  # noqa: N802, the contract's name
        self, request: mapping_pb2.SuggestRequest, context: grpc.ServicerContext
    ) -> mapping_pb2.SuggestResponse:
        options = messages.read_options(request, self._settings)
        suggestion = stage.suggest(messages.read_profile(request.profile), messages.read_sample(request), options)
        return messages.suggest_response(suggestion)

    def Apply(  # noqa: N802, the contract's name
        self, request_iterator: Iterator[mapping_pb2.ApplyRequest], context: grpc.ServicerContext
    ) -> Iterator[mapping_pb2.ApplyResponse]:
        application = stage.apply(*messages.read_apply_options(request_iterator))
        yield messages.schema_response(application.schema)
        yield from messages.batch_responses(application.converted(messages.read_batches(request_iterator)))
        yield messages.summary_response(application.report())


def registering(settings: Settings) -> Callable[[grpc.Server], None]:
    """What adds the servicer to a server."""

    def register(server: grpc.Server) -> None:
        mapping_pb2_grpc.add_MappingServiceServicer_to_server(MappingServicer(settings), server)

    return register
