"""The shell: a stream of requests to the stage, and its answer to a stream of responses."""

from collections.abc import Iterator

import grpc

from libs.contracts.validation.v1 import validation_pb2, validation_pb2_grpc
from services.validation import messages
from services.validation.stage import validate

SERVICES = (validation_pb2.DESCRIPTOR.services_by_name["ValidationService"].full_name,)


class ValidationServicer(validation_pb2_grpc.ValidationServiceServicer):
    """Every call stands alone; errors leave as the kinds of libs.errors."""

    def Validate(  # noqa: N802, the contract's name
        self, request_iterator: Iterator[validation_pb2.ValidateRequest], context: grpc.ServicerContext
    ) -> Iterator[validation_pb2.ValidateResponse]:
        options = messages.options(request_iterator)
        yield from messages.responses(validate(messages.batches(request_iterator), options))


def register(server: grpc.Server) -> None:
    """Adds the servicer to `server`."""
    validation_pb2_grpc.add_ValidationServiceServicer_to_server(ValidationServicer(), server)
