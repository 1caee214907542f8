"""The whole product on one machine: the real services as processes on loopback, one folder of data."""

import fcntl
import json
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import IO, Self, TextIO

from deploy.local import layout
from deploy.local.logs import FileLogs, Logs, StreamLogs
from deploy.local.models import provide_models
from deploy.local.supervisor import Command, StartFailed, Supervisor
from libs.errors import Conflict
from libs.rpc import client

TENANT = "local"
"""Name of the tenant made at first run."""


class DataInUse(Conflict):
    """Another product runs on the same folder."""


class Product:
    """The product, started and stopped as one; also a context manager.

    data: folder for database, objects, models, scratch, logs, `token` (the first tenant's, mode 0600), `session.key`,
        `first-link` (until somebody has an account), `addresses.json` (of the stages) and, while it serves, `url`.
        Made for this user alone.
    port: of the HTTP gateway; 0 takes free ports for everything.
    workers: number of worker processes.
    database_url, store_url, queue_url: other places than the folder; as in the gateway's settings.
    environment: more variables by process ("scoring", "gateway", "worker-2") or for every worker ("worker").
    log: a stream for all output, each line behind its process's name; None writes data/logs/NAME.log.
    start_s: seconds all processes together have to become healthy.
    grace_s: seconds each process has to stop when asked; after it, it is killed.
    """

    def __init__(
        self,
        data: Path,
        *,
        port: int = 0,
        workers: int = 1,
        database_url: str | None = None,
        store_url: str | None = None,
        queue_url: str = "table",
        environment: Mapping[str, Mapping[str, str]] | None = None,
        log: TextIO | None = None,
        start_s: float = 120,
        grace_s: float = 15,
    ) -> None:
        data = data.resolve()
        data.mkdir(mode=0o700, parents=True, exist_ok=True)  # customers lie here: others on the machine stay out
        self._places = layout.Places(
            data,
            database_url or f"sqlite:///{data / 'retainwise.db'}",
            store_url or (data / "objects").as_uri(),
            queue_url,
        )
        self._ports = layout.choose_ports(port)
        self._workers = workers
        self._environment = environment or {}
        self._logs: Logs = StreamLogs(log) if log else FileLogs(data / "logs")
        self._start_s, self._grace_s = start_s, grace_s
        self._supervisor: Supervisor | None = None
        self._lock: IO[str] | None = None

    @property
    def data(self) -> Path:
        """The folder of everything it keeps."""
        return self._places.data

    @property
    def url(self) -> str:
        """Address of the HTTP gateway."""
        return f"http://{layout.HOST}:{self._ports['gateway']}"

    @property
    def token(self) -> str:
        """The first tenant's token."""
        return self._places.token.read_text().strip()

    @property
    def welcome_url(self) -> str | None:
        """The one-time link that makes the first account; None where there was one at the start."""
        try:
            return f"{self.url}/welcome#{self._places.first_link.read_text().strip()}"
        except FileNotFoundError:
            return None

    @property
    def addresses(self) -> dict[str, str]:
        """host:port of each stage; known before the product starts."""
        return {stage: f"{layout.HOST}:{self._ports[stage]}" for stage in layout.STAGES}

    @property
    def processes(self) -> dict[str, int]:
        """Process ids by name: the four stages, "gateway", "worker-1" and so on. A restart changes them."""
        return self._supervisor.pids if self._supervisor else {}

    def gateway_settings(self, name: str) -> dict[str, str]:
        """The environment that one more process of the gateway would need, say another worker."""
        return layout.gateway_settings(self._places, self._ports, name)

    def start(self) -> None:
        """Starts everything and returns once it is healthy. Raises StartFailed, DataInUse."""
        self._lock = _locked(self._places.data)
        self._places.url.unlink(missing_ok=True)  # of a product that was killed
        self._supervisor = Supervisor(self._logs, self._grace_s)
        try:
            self._start(self._supervisor)
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """Stops everything: first the gateway and the workers, then the stages they use."""
        self._places.url.unlink(missing_ok=True)
        if self._supervisor:
            waiting_on_stages = [name for name in self._supervisor.pids if name not in layout.STAGES]
            self._supervisor.stop([waiting_on_stages, list(layout.STAGES)])
            self._supervisor = None
        if self._lock:
            self._lock.close()
            self._lock = None

    def healthy(self, name: str) -> bool:
        """Whether a stage or the gateway says of itself that it serves. Of a worker: whether it runs, does not die over
        and over, and has looked for jobs since it started."""
        if name in layout.STAGES:
            with client.open_channel(self.addresses[name]) as channel:
                return client.healthy(channel, layout.STAGES[name][0], 1.0)
        if name == "gateway":
            return _is_ready(self.url)
        age_s = self._supervisor.age_s(name) if self._supervisor else None
        return age_s is not None and _touched_since(self._places.ready_file(name), time.time() - age_s)

    def wait_healthy(self, timeout_s: float) -> None:
        """Returns once every process is healthy. Raises StartFailed."""
        deadline = time.monotonic() + timeout_s
        for name in self.processes:
            while not self.healthy(name):
                if self._supervisor and not self._supervisor.watching:
                    self._supervisor.check()
                if time.monotonic() > deadline:
                    tail = self._logs.tail(name)
                    raise StartFailed(f"{name} was not healthy within {timeout_s:g} s; its last words:\n{tail}")
                time.sleep(0.05)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _start(self, supervisor: Supervisor) -> None:
        provide_models(self._places.models, supervisor, self._logs)
        for command in layout.stage_commands(self._places, self._ports):
            supervisor.start(self._with_environment(command))
        # The stages load while the database is made ready; the gateway wants both.
        self._prepare_database(supervisor)
        for command in layout.gateway_commands(self._places, self._ports, self._workers):
            supervisor.start(self._with_environment(command))
        self.wait_healthy(self._start_s)
        supervisor.watch()
        (self._places.data / "addresses.json").write_text(json.dumps(self.addresses, indent=2) + "\n")
        _write_whole(self._places.url, self.url + "\n")

    def _prepare_database(self, supervisor: Supervisor) -> None:
        """Brings the schema up to date, and makes the first tenant where no token lies in the folder."""
        settings = layout.gateway_settings(self._places, self._ports, "gateway")
        settings |= self._environment.get("gateway", {})
        supervisor.run(Command("database upgrade", "services.gateway.database", settings, ("upgrade",)))
        token = self._places.token
        if not token.exists() or not token.read_text().strip():
            token.unlink(missing_ok=True)  # a creation that broke off leaves it empty
            create = ("create", TENANT, "--token-file", str(token))
            supervisor.run(Command("tenants create", "services.gateway.tenants", settings, create))

    def _with_environment(self, command: Command) -> Command:
        own = {**self._environment.get(command.name.partition("-")[0], {}), **self._environment.get(command.name, {})}
        return replace(command, environment={**command.environment, **own})


def _locked(data: Path) -> IO[str]:
    """Holds the folder for this process; the kernel lets go when it ends. Raises DataInUse."""
    file = (data / "lock").open("w")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        file.close()
        raise DataInUse(f"another RetainWise runs on the folder {data}; stop it, or name another folder") from error
    return file


def _is_ready(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/readyz", timeout=2) as response:
            return bool(response.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def _touched_since(path: Path, moment: float) -> bool:
    """moment: seconds since 1970."""
    try:
        return path.stat().st_mtime >= moment
    except FileNotFoundError:
        return False


def _write_whole(path: Path, text: str) -> None:
    """Writes a file so that a reader sees all of it or none."""
    partial = path.with_name(path.name + ".partial")
    partial.write_text(text)
    partial.replace(path)
