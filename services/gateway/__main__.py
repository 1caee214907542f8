"""Starts the HTTP process: settings, telemetry, the real parts, and a server that stops gracefully."""

import signal
import socket
from collections.abc import Callable
from functools import partial
from types import FrameType

import uvicorn

from libs import telemetry
from libs.errors import RetainWiseError, kind_of
from libs.objects.opening import open_store
from libs.objects.store import ObjectStore
from services.gateway.database.engine import Database, open_database
from services.gateway.database.families import FamilyTable
from services.gateway.database.jobs import JobTable
from services.gateway.database.profiles import ProfileTable
from services.gateway.database.subscriptions import SubscriptionTable
from services.gateway.database.tenants import TenantTable
from services.gateway.database.thresholds import ThresholdTable
from services.gateway.identity.opening import offer_first_link, open_identity
from services.gateway.listeners import Listeners
from services.gateway.parts import Parts
from services.gateway.pipeline.understanding import preview
from services.gateway.plans.plans import Plans
from services.gateway.queue.opening import open_queue
from services.gateway.server import build_app
from services.gateway.settings import Settings
from services.gateway.stages import StageClients

log = telemetry.logger(__name__)


class Server(uvicorn.Server):
    """Says when it listens, and where: port 0 is known only then; and ends the streams when it is to stop."""

    def __init__(self, config: uvicorn.Config, listeners: Listeners) -> None:
        super().__init__(config)
        self._listeners = listeners

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        self._listeners.closing.set()
        super().handle_exit(sig, frame)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets=sockets)
        if not self.should_exit:
            host, port = self.servers[0].sockets[0].getsockname()[:2]
            log.info("gateway ready", extra={"host": host, "port": port})


def build_parts(settings: Settings) -> Parts:
    """The real parts, at the configured addresses."""
    database = open_database(settings.database_url)
    store = open_store(settings.store_url)
    stages = StageClients(settings)
    telemetry.gauge("retainwise.database.pool.in_use", "1", "database connections in use", database.pool_in_use)
    return Parts(
        settings=settings,
        jobs=JobTable(database),
        queue=open_queue(settings.queue_url, database),
        store=store,
        tenants=TenantTable(database),
        identity=open_identity(settings, database),
        plans=Plans(SubscriptionTable(database)),
        profiles=ProfileTable(database),
        families=FamilyTable(database),
        thresholds=ThresholdTable(database),
        models=stages,
        preview=partial(preview, stages),
        simulate=stages.simulate,
        ready=partial(_ready, database, store),
    )


def _ready(database: Database, store: ObjectStore) -> dict[str, bool]:
    # Not the stages: predictions made before are served without them, and jobs wait in the queue.
    return {"database": _answers(database.ping), "store": _answers(lambda: next(iter(store.list("tenants")), None))}


def _answers(ask: Callable[[], object]) -> bool:
    try:
        ask()
    except RetainWiseError as error:
        log.warning("a dependency does not answer", extra={"kind": kind_of(error).__name__})
        return False
    return True


def main() -> None:
    settings = Settings()
    telemetry.start("gateway", otlp_endpoint=settings.otlp_endpoint, log_level=settings.log_level)
    parts = build_parts(settings)
    if settings.first_link_file:
        offer_first_link(parts.identity, parts.tenants.all(), settings.first_link_file)
    app = build_app(parts)
    config = uvicorn.Config(
        app,
        host=settings.host,
        port=settings.port,
        log_config=None,
        access_log=False,  # paths hold customer ids; the envelope logs the route instead
        server_header=False,
        proxy_headers=bool(settings.trusted_proxies),
        forwarded_allow_ips=settings.trusted_proxies,
        timeout_graceful_shutdown=int(settings.grace_s),
    )
    for stop in (signal.SIGTERM, signal.SIGINT):
        # Once it has stopped gracefully the server raises the signal again, for the handler that stood before;
        # the usual one would end the process before telemetry has sent its last.
        signal.signal(stop, lambda number, frame: None)
    Server(config, app.state.listeners).run()
    telemetry.shutdown()


if __name__ == "__main__":
    main()
