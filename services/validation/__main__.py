"""Serves validation: `python -m services.validation`."""

import pyarrow as pa

from libs import telemetry
from libs.rpc import server as rpc
from services.validation.server import SERVICES, register
from services.validation.settings import Settings


def main() -> None:
    """Reads the settings, starts telemetry and serves until told to stop."""
    settings = Settings()
    telemetry.start("validation", otlp_endpoint=settings.otlp_endpoint, log_level=settings.log_level)
    pa.set_cpu_count(settings.threads)
    rpc.serve(register, SERVICES, settings)
    telemetry.shutdown()


if __name__ == "__main__":
    main()
