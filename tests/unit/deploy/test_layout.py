"""Ports and settings fit together, whatever is free on the machine."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from deploy.local import layout
from services.gateway.settings import Settings as GatewaySettings
from services.ingest.settings import Settings as IngestSettings
from services.mapping.settings import Settings as MappingSettings
from services.scoring.settings import Settings as ScoringSettings
from services.validation.settings import Settings as ValidationSettings

KNOBS = {
    str(settings.model_config["env_prefix"]) + name.upper()
    for settings in (GatewaySettings, IngestSettings, MappingSettings, ScoringSettings, ValidationSettings)
    for name in settings.model_fields
}
ROUNDS = """
import resource
import numpy, pyarrow
for turn in range(21):
    blocks = [numpy.ones(1 << 17) for _ in range(4)] + [pyarrow.array(numpy.ones(1 << 17)).cast("f4") for _ in range(8)]
    del blocks
    faults = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    first = faults if turn == 0 else first
print(faults - first)
"""
"""Eight messages at a time, of numpy and of Arrow, freed before the next eight."""

PLACES = layout.Places(Path("/data"), "sqlite:////data/retainwise.db", "file:///data/objects", "table")


def test_every_process_gets_a_port_of_its_own() -> None:
    """Five free ports, outside the range from which outgoing connections take theirs."""
    ports = layout.choose_ports(0)
    assert {"gateway", "ingest", "mapping", "validation", "scoring"} == set(ports)
    assert 5 == len(set(ports.values()))
    assert all(port in layout.FREE_PORTS for port in ports.values())


def test_a_taken_gateway_port_is_refused() -> None:
    """The person hears which port is in use and what to say instead."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        with pytest.raises(layout.PortTaken, match=f"port {port} of 127.0.0.1 is in use; name another with --port"):
            layout.choose_ports(port)


def test_a_taken_stage_port_is_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stages stand at their usual ports where those are free, and elsewhere otherwise."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        taken = server.getsockname()[1]
        monkeypatch.setitem(layout.STAGES, "scoring", ("retainwise.scoring.v1.ScoringService", taken))
        gateway = layout.choose_ports(0)["gateway"]
        assert layout.choose_ports(gateway)["scoring"] in layout.FREE_PORTS


def test_the_gateway_is_told_where_the_stages_are() -> None:
    """Every stage's own port is the one in the gateway's and the workers' settings."""
    ports = layout.choose_ports(0)
    own = {command.name: command.environment for command in layout.stage_commands(PLACES, ports)}
    for command in layout.gateway_commands(PLACES, ports, workers=2):
        for stage in layout.STAGES:
            port = own[stage][f"RETAINWISE_{stage.upper()}_PORT"]
            assert f"127.0.0.1:{port}" == command.environment[f"RETAINWISE_GATEWAY_{stage.upper()}_ADDRESS"]


def test_no_process_is_told_what_it_does_not_read() -> None:
    """A variable that no setting has would leave the setting that was meant at its default, in silence."""
    ports = layout.choose_ports(0)
    commands = [*layout.stage_commands(PLACES, ports), *layout.gateway_commands(PLACES, ports, workers=1)]
    assert set() == {name for command in commands for name in command.environment} - KNOBS - set(layout.MEMORY)


@pytest.mark.skipif(sys.platform != "linux", reason="only glibc is told")
def test_freed_memory_is_used_again() -> None:
    """A page is faulted in once, not for every message, and Arrow has no memory apart."""
    kept, usual = (_faults({**os.environ, **more}) for more in (layout.MEMORY, {}))
    assert kept < usual / 10


def _faults(environment: dict[str, str]) -> int:
    """Page faults of all rounds but the first."""
    told = subprocess.run([sys.executable, "-c", ROUNDS], env=environment, check=True, capture_output=True, text=True)
    return int(told.stdout)


def test_workers_share_no_scratch() -> None:
    """Each of the gateway's processes works in a folder of its own."""
    commands = layout.gateway_commands(PLACES, layout.choose_ports(0), workers=2)
    assert ["gateway", "worker-1", "worker-2"] == [command.name for command in commands]
    assert 3 == len({command.environment["RETAINWISE_GATEWAY_SCRATCH_DIR"] for command in commands})
