"""Serves scoring: `python -m services.scoring`."""

import pyarrow as pa

from libs import telemetry
from libs.rpc import server as rpc
from services.scoring.server import SERVICES, open_registry, registering
from services.scoring.settings import Settings
from services.scoring.warming import warm


def main() -> None:
    """Reads the settings, starts telemetry and serves until told to stop."""
    settings = Settings()
    telemetry.start("scoring", otlp_endpoint=settings.otlp_endpoint, log_level=settings.log_level)
    pa.set_cpu_count(settings.threads)
    registry = open_registry(settings)
    warm(registry, settings.warm_families)
    rpc.serve(registering(registry, settings.train_rows_max), SERVICES, settings)
    telemetry.shutdown()


if __name__ == "__main__":
    main()
