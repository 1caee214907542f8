"""Arrows point down: who may import whom, read from the source by ast."""

import ast
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
STAGES = ("ingest", "mapping", "validation", "scoring")
SHELF = ("libs.objects", "libs.rpc", "libs.telemetry", "libs.contracts")

RANKS = {"domain": 0, "stage": 2, "messages": 3, "server": 4, "__main__": 5}
"""Height of a stage's rooms; those not named are the nouns (1). An arrow points to an equal or lower room."""

SHELF_USERS = ("__main__", "server", "messages")
"""The rooms of a stage that may use the shelf beyond libs.tables and libs.errors."""

COMMANDS = {"scoring": ("baselines",)}
"""Rooms of a stage that are started as `python -m` besides `__main__`, and put things together as it does."""

DOORS = {
    "grpc": (
        "libs.rpc",
        "libs.contracts",
        "libs.client.stages",  # takes a channel, and says so in its signatures
        *(f"services.{stage}.server" for stage in STAGES),
    ),
    "boto3": ("libs.objects.s3", "services.gateway.queue.sqs"),
    "botocore": ("libs.objects.s3", "services.gateway.queue.sqs"),
    "sqlalchemy": ("services.gateway.database", "services.gateway.queue.table"),
    "alembic": ("services.gateway.database",),
    "fastapi": (
        "services.gateway.server",
        "services.gateway.problems",
        "services.gateway.tenants",
        "services.gateway.routes",
    ),
    "starlette": (
        "services.gateway.server",
        "services.gateway.problems",
        "services.gateway.tenants",
        "services.gateway.routes",
    ),
    "opentelemetry": ("libs.telemetry",),
    "jwt": ("services.gateway.identity",),
    "argon2": ("services.gateway.identity",),
}
"""The only rooms through which each package of the weather comes in."""

FAMILIES = {"grpc_health": "grpc", "grpc_reflection": "grpc", "grpc_status": "grpc"}

LIBS = {
    "libs.errors": (),
    "libs.telemetry": ("libs.errors",),
    "libs.contracts": (),
    "libs.tables": ("libs.errors", "libs.contracts"),
    "libs.objects": ("libs.errors",),
    "libs.rpc": ("libs.errors", "libs.contracts", "libs.telemetry"),
    "libs.client": ("libs.errors", "libs.contracts", "libs.tables", "libs.rpc"),
}
"""What each part of the shelf may import besides itself."""


SHELF_OF_SERVICES = (*(lib for lib in LIBS if lib != "libs.client"), "libs.client.stages")


def module_of(path: Path) -> str:
    """The dotted name of the file at `path`; a package's face bears the package's name."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {
    module_of(path): path for folder in ("libs", "services", "deploy") for path in sorted((ROOT / folder).rglob("*.py"))
}


def imported(name: str, path: Path) -> Iterator[str]:
    """Dotted names that the module imports anywhere in its text; its own modules are named in full."""
    package = name if path.name == "__init__.py" else name.rpartition(".")[0]
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = ".".join(package.split(".")[: len(package.split(".")) + 1 - node.level]) if node.level else ""
            source = ".".join(part for part in (above, node.module) if part)
            for alias in node.names:
                whole = f"{source}.{alias.name}"
                yield whole if whole in MODULES else source


ARROWS = {name: sorted(set(imported(name, path))) for name, path in MODULES.items()}


def within(name: str, *rooms: str) -> bool:
    """Whether the module is one of the rooms or stands inside one."""
    return any(name == room or name.startswith(room + ".") for room in rooms)


def stage_arrow_allowed(stage: str, source: str, target: str) -> bool:
    """Whether a stage's room may import `target`, a module of this repository."""
    home = f"services.{stage}"
    room = source.removeprefix(home).strip(".").partition(".")[0]
    top = room == "__main__" or room in COMMANDS.get(stage, ())
    if within(target, home):
        aim = target.removeprefix(home).strip(".").partition(".")[0]
        if aim == "settings":
            return top or room in SHELF_USERS
        return top or RANKS.get(aim, 1) <= RANKS.get(room, 1)
    if within(target, *SHELF):
        return top or room in SHELF_USERS
    return within(target, "libs.tables", "libs.errors")


def of_ours(names: list[str]) -> list[str]:
    """Those of the names that stand in this repository."""
    return [name for name in names if within(name, "libs", "services", "deploy", "tests", "bench")]


@pytest.mark.parametrize("stage", STAGES)
def test_a_stage_points_down(stage: str) -> None:
    """__main__ -> server -> messages, stage -> nouns -> domain; only the upper three reach the whole shelf."""
    wrong = [
        f"{name} -> {target}"
        for name, targets in ARROWS.items()
        if within(name, f"services.{stage}")
        for target in of_ours(targets)
        if not stage_arrow_allowed(stage, name, target)
    ]
    assert [] == wrong


def test_services_do_not_know_each_other() -> None:
    """A service imports itself and the shelf, never a sibling or the runner; of the client, its gRPC half alone."""
    wrong = [
        f"{name} -> {target}"
        for name, targets in ARROWS.items()
        if within(name, "services")
        for target in of_ours(targets)
        if not within(target, ".".join(name.split(".")[:2]), *SHELF_OF_SERVICES)
    ]
    assert [] == wrong


def test_the_gateways_core_knows_no_transport() -> None:
    """domain imports nothing of the gateway, and pipeline neither adapters, routes nor the network."""
    wrong = [
        f"{name} -> {target}"
        for name, targets in ARROWS.items()
        for target in of_ours(targets)
        if (name == "services.gateway.domain" and within(target, "services.gateway"))
        or (
            within(name, "services.gateway.pipeline")
            and within(
                target,
                "libs.rpc",
                "services.gateway.stages",
                "services.gateway.database",
                "services.gateway.queue",
                "services.gateway.routes",
                "services.gateway.server",
                "services.gateway.worker",
            )
        )
    ]
    assert [] == wrong


@pytest.mark.parametrize("lib", LIBS)
def test_the_shelf_is_low(lib: str) -> None:
    """A lib imports itself and the few libs below it; no service, no runner."""
    wrong = [
        f"{name} -> {target}"
        for name, targets in ARROWS.items()
        if within(name, lib)
        for target in of_ours(targets)
        if not within(target, lib, *LIBS[lib])
    ]
    assert [] == wrong


def test_every_lib_is_known_here() -> None:
    """A new lib says in this file what it may import."""
    assert set() == {".".join(name.split(".")[:2]) for name in MODULES if within(name, "libs")} - {"libs", *LIBS}


def test_the_runner_starts_services_and_imports_none() -> None:
    """deploy knows services by name only, so it runs what an operator would run."""
    wrong = [
        f"{name} -> {target}"
        for name, targets in ARROWS.items()
        if within(name, "deploy")
        for target in of_ours(targets)
        if not within(target, "deploy", "libs")
    ]
    assert [] == wrong


@pytest.mark.parametrize("package", DOORS)
def test_the_weather_comes_in_by_its_door(package: str) -> None:
    """grpc, boto3, sqlalchemy, fastapi and opentelemetry are each imported behind one door."""
    wrong = [
        f"{name} -> {target}"
        for name, targets in ARROWS.items()
        for target in targets
        if FAMILIES.get(target.split(".")[0], target.split(".")[0]) == package and not within(name, *DOORS[package])
    ]
    assert [] == wrong


def test_there_are_no_cycles() -> None:
    """No module imports itself by way of others; generated stubs are left out."""
    graph = {
        name: {target for target in targets if target in MODULES}
        for name, targets in ARROWS.items()
        if not within(name, "libs.contracts")
    }
    cycle: list[str] = []
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        cycle = error.args[1]
    assert [] == cycle


def test_package_faces_hold_a_docstring_only() -> None:
    """`__init__.py` re-exports nothing: the address in an import is the address on disk."""
    wrong = [
        name
        for name, path in MODULES.items()
        if path.name == "__init__.py" and len(ast.parse(path.read_text()).body) > 1
    ]
    assert [] == wrong
