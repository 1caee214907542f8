"""The shell: a stream of requests to the stage, and its answer to a stream of responses."""

from collections.abc import Callable, Iterator
from pathlib import Path

import grpc

from libs.contracts.scoring.v1 import scoring_pb2, scoring_pb2_grpc
from libs.objects.opening import local_folder, open_store
from services.scoring import messages, results, stage
from services.scoring.registry import Registry, StoreRing
from services.scoring.settings import Settings
from services.scoring.signing import FolderRing
from services.scoring.simulation import simulated
from services.scoring.training.session import Trainer
from services.scoring.versions import KEYS

SERVICES = (scoring_pb2.DESCRIPTOR.services_by_name["ScoringService"].full_name,)


class ScoringServicer(scoring_pb2_grpc.ScoringServiceServicer):
    """Every call stands alone; errors leave as the kinds of libs.errors."""

    def __init__(self, registry: Registry, trainer: Trainer) -> None:
        self._registry = registry
        self._trainer = trainer

    def Score(  # noqa: N802, the contract's name
        self, request_iterator: Iterator[scoring_pb2.ScoreRequest], context: grpc.ServicerContext
    ) -> Iterator[scoring_pb2.ScoreResponse]:
        options, schema = messages.options(request_iterator)
        model = self._registry.load(options.family, options.version, options.digest)
        answers = stage.run(model, schema, messages.batches(request_iterator), options)
        yield from messages.responses(results.schema(model.metadata), answers)

    def Simulate(  # noqa: N802, the contract's name
        self, request: scoring_pb2.SimulateRequest, context: grpc.ServicerContext
    ) -> scoring_pb2.SimulateResponse:
        options, table, changes = messages.simulation_asked(request)
        model = self._registry.load(options.family, options.version, options.digest)
        simulation = simulated(model, table, changes, options, levers=request.levers)
        return messages.simulation_response(model, simulation)

    def Train(  # noqa: N802, the contract's name
        self, request_iterator: Iterator[scoring_pb2.TrainRequest], context: grpc.ServicerContext
    ) -> Iterator[scoring_pb2.TrainResponse]:
        options, schema = messages.train_options(request_iterator)
        batches = messages.batches(request_iterator)
        for answer in self._trainer.train(options, schema, batches, context.add_callback):
            yield messages.train_response(answer)

    def ListModels(  # noqa: N802, the contract's name
        self, request: scoring_pb2.ListModelsRequest, context: grpc.ServicerContext
    ) -> scoring_pb2.ListModelsResponse:
        return messages.listing(self._registry.listing(request.family, current_only=request.current_only))

    def PromoteModel(  # noqa: N802, the contract's name
        self, request: scoring_pb2.PromoteModelRequest, context: grpc.ServicerContext
    ) -> scoring_pb2.PromoteModelResponse:
        moved = self._registry.promote(
            request.family, request.version, expected=request.expected_current, actor=request.actor, at=request.at
        )
        return scoring_pb2.PromoteModelResponse(current=moved.current, previous=moved.previous)

    def RollbackModel(  # noqa: N802, the contract's name
        self, request: scoring_pb2.RollbackModelRequest, context: grpc.ServicerContext
    ) -> scoring_pb2.RollbackModelResponse:
        moved = self._registry.roll_back(
            request.family, expected=request.expected_current, actor=request.actor, at=request.at
        )
        return scoring_pb2.RollbackModelResponse(current=moved.current, previous=moved.previous)


def open_registry(settings: Settings) -> Registry:
    """The registry of the settings, with the ring of keys they trust."""
    store = open_store(settings.models_url)
    return Registry(
        store,
        FolderRing(settings.trusted_keys) if settings.trusted_keys else StoreRing(store),
        models_max=settings.models_max,
        threads=settings.threads,
        refresh_s=settings.refresh_s,
        deployment_key=settings.deployment_key or _beside_the_models(settings.models_url),
    )


def _beside_the_models(models_url: str) -> Path | None:
    """Where the deployment key lies if nobody says: in a registry that is a folder, where the release key lies too."""
    folder = local_folder(models_url)
    return folder / KEYS / "deployment.key" if folder else None


def registering(
    registry: Registry, train_rows_max: int = Settings.model_fields["train_rows_max"].default
) -> Callable[[grpc.Server], None]:
    """What adds the servicer to a server."""
    servicer = ScoringServicer(registry, Trainer(registry, train_rows_max))

    def register(server: grpc.Server) -> None:
        scoring_pb2_grpc.add_ScoringServiceServicer_to_server(servicer, server)

    return register
