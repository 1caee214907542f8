"""The shell: a stream of requests to the stage, and its answer to a stream of responses."""

from collections.abc import Callable, Iterator

import grpc

from libs.contracts.scoring.v1 import scoring_pb2, scoring_pb2_grpc
from libs.objects.opening import open_store
from services.scoring import messages, results, stage
from services.scoring.registry import Registry, StoreRing
from services.scoring.settings import Settings
from services.scoring.signing import FolderRing

SERVICES = (scoring_pb2.DESCRIPTOR.services_by_name["ScoringService"].full_name,)


class ScoringServicer(scoring_pb2_grpc.ScoringServiceServicer):
    """Every call stands alone; errors leave as the kinds of libs.errors."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry

    def Score(  # noqa: N802, the contract's name
        self, request_iterator: Iterator[scoring_pb2.ScoreRequest], context: grpc.ServicerContext
    ) -> Iterator[scoring_pb2.ScoreResponse]:
        options, schema = messages.options(request_iterator)
        model = self._registry.load(options.family, options.version, options.digest)
        answers = stage.run(model, schema, messages.batches(request_iterator), options)
        yield from messages.responses(results.schema(model.metadata), answers)

    def ListModels(  # noqa: N802, the contract's name
        self, request: scoring_pb2.ListModelsRequest, context: grpc.ServicerContext
    ) -> scoring_pb2.ListModelsResponse:
        current = self._registry.current(request.family)
        return messages.listing(self._registry.versions(request.family), current)


def open_registry(settings: Settings) -> Registry:
    """The registry of the settings, with the ring of keys they trust."""
    store = open_store(settings.models_url)
    ring = FolderRing(settings.trusted_keys) if settings.trusted_keys else StoreRing(store)
    return Registry(store, ring, models_max=settings.models_max, threads=settings.threads)


def registering(registry: Registry) -> Callable[[grpc.Server], None]:
    """What adds the servicer to a server."""

    def register(server: grpc.Server) -> None:
        scoring_pb2_grpc.add_ScoringServiceServicer_to_server(ScoringServicer(registry), server)  # type: ignore[abstract]

    return register
