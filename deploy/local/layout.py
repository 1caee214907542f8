"""Which processes make the product on one machine, on which ports, with which settings."""

import random
import socket
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from deploy.local.supervisor import Command
from libs.errors import InvalidInput

HOST = "127.0.0.1"

STAGES: Mapping[str, tuple[str, int]] = {
    "ingest": ("retainwise.ingest.v1.IngestService", 50051),
    "mapping": ("retainwise.mapping.v1.MappingService", 50052),
    "validation": ("retainwise.validation.v1.ValidationService", 50053),
    "scoring": ("retainwise.scoring.v1.ScoringService", 50054),
}
"""Each stage's gRPC service and usual port."""

MEMORY: Mapping[str, str] = {
    "ARROW_DEFAULT_MEMORY_POOL": "system",
    "MALLOC_TRIM_THRESHOLD_": str(64 << 20),
    "MALLOC_TOP_PAD_": str(16 << 20),
    "MALLOC_MMAP_THRESHOLD_": str(32 << 20),
}
"""How every process allocates (mallopt(3); another C library than glibc takes no notice).

Memory that is freed stays with its process for the next message: given back each time, 150 messages of a table, each
copied several times, cost 100,000 page faults instead of 26,000. Arrow shares that memory: a pool of its own held up to
90 MiB more in a process."""

FREE_PORTS = range(20000, 32000)
"""Where free ports are looked for: below the range from which the kernel takes outgoing connections' ports,
so that a process which is started again finds its port still free."""


class PortTaken(InvalidInput):
    """The port that was asked for is in use."""


@dataclass(frozen=True)
class Places:
    """Where the product keeps things, all below one folder unless told otherwise."""

    data: Path
    database_url: str
    store_url: str
    queue_url: str

    def scratch(self, name: str) -> Path:
        """Of one of the gateway's processes."""
        return self.data / "scratch" / name

    def ready_file(self, name: str) -> Path:
        """What a worker touches as long as it is well."""
        return self.scratch(name) / "ready"

    @property
    def models(self) -> Path:
        return self.data / "models"

    @property
    def token(self) -> Path:
        """The first tenant's token, readable by its owner only."""
        return self.data / "token"

    @property
    def session_key(self) -> Path:
        """What signs people's sessions, readable by its owner only."""
        return self.data / "session.key"

    @property
    def first_link(self) -> Path:
        """Secret of the one-time link that makes the first account; not there once it was made."""
        return self.data / "first-link"

    @property
    def url(self) -> Path:
        """The gateway's address, while it serves."""
        return self.data / "url"


def choose_ports(gateway_port: int) -> dict[str, int]:
    """A port for each listening process.

    gateway_port: 0 takes free ones for all. Otherwise the stages get their usual ports where those are
        free, so that a gRPC caller finds them where the manual says. Raises PortTaken.
    """
    if gateway_port and not _is_free(gateway_port):
        raise PortTaken(f"port {gateway_port} of {HOST} is in use; name another with --port, or 0 for a free one")
    ports = {"gateway": gateway_port} if gateway_port else {}
    for stage, (_, usual) in STAGES.items():
        if gateway_port and usual != gateway_port and _is_free(usual):
            ports[stage] = usual
    for name in ("gateway", *STAGES):
        if name not in ports:
            ports[name] = _free_port(set(ports.values()))
    return ports


def stage_commands(places: Places, ports: Mapping[str, int]) -> list[Command]:
    """The four stages; scoring alone is told where the models are."""
    commands = []
    for stage in STAGES:
        prefix = f"RETAINWISE_{stage.upper()}_"
        environment = {**MEMORY, prefix + "HOST": HOST, prefix + "PORT": str(ports[stage])}
        if stage == "scoring":
            environment[prefix + "MODELS_URL"] = str(places.models)
        commands.append(Command(stage, f"services.{stage}", environment))
    return commands


def gateway_settings(places: Places, ports: Mapping[str, int], name: str) -> dict[str, str]:
    """The environment of one of the gateway's processes."""
    values = {
        "HOST": HOST,
        "PORT": str(ports["gateway"]),
        "DATABASE_URL": places.database_url,
        "STORE_URL": places.store_url,
        "QUEUE_URL": places.queue_url,
        "SCRATCH_DIR": str(places.scratch(name)),
        "READY_FILE": str(places.ready_file(name)),
        "SESSION_KEY_FILE": str(places.session_key),
        "FIRST_LINK_FILE": str(places.first_link),
    } | {f"{stage.upper()}_ADDRESS": f"{HOST}:{ports[stage]}" for stage in STAGES}
    return {f"RETAINWISE_GATEWAY_{key}": value for key, value in values.items()}


def gateway_commands(places: Places, ports: Mapping[str, int], workers: int) -> list[Command]:
    """The HTTP process and the workers."""
    names = {"gateway": "services.gateway"} | {f"worker-{n}": "services.gateway.worker" for n in range(1, workers + 1)}
    return [
        Command(name, module, {**MEMORY, **gateway_settings(places, ports, name)}) for name, module in names.items()
    ]


def _free_port(taken: set[int]) -> int:
    for port in random.sample(FREE_PORTS, k=200):
        if port not in taken and _is_free(port):
            return port
    raise PortTaken(f"200 ports between {FREE_PORTS.start} and {FREE_PORTS.stop} were tried and all are in use")


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
        return True
