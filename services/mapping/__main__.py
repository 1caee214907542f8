"""Serves mapping: `python -m services.mapping`."""

import pyarrow as pa

from libs import telemetry
from libs.rpc import server as rpc
from services.mapping.server import SERVICES, registering
from services.mapping.settings import Settings


def main() -> None:
    """Reads the settings, starts telemetry and serves until told to stop."""
    settings = Settings()
    telemetry.start("mapping", otlp_endpoint=settings.otlp_endpoint, log_level=settings.log_level)
    pa.set_cpu_count(settings.threads)
    rpc.serve(registering(settings), SERVICES, settings)
    telemetry.shutdown()


if __name__ == "__main__":
    main()
