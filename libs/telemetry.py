"""Logs, traces and metrics of one named service: JSON lines on stderr, OpenTelemetry over OTLP when asked for.

Everything here works before `start` too, quietly: loggers are the standard ones, spans have no
ids, instruments drop what they are given. So a library or a test needs no ceremony.
"""

import atexit
import json
import logging
import re
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from types import TracebackType
from typing import Any, Literal

import psutil
from opentelemetry import context as otel_context
from opentelemetry import trace
from opentelemetry.metrics import CallbackOptions, Meter, Observation
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import PeriodicExportingMetricReader
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

from libs.errors import RetainWiseError

EXPORT_TIMEOUT_S = 5
SHUTDOWN_S = 3.0
"""Longest time that a collector which does not answer may hold up the exit."""

METRIC_INTERVAL_S = 15
REQUEST_ID_LENGTH_MAX = 128

_OURS = "retainwise"
"""Parent of every logger made here, so that our level does not turn up a dependency's chatter."""

_STANDARD_FIELDS = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}

_request_id: ContextVar[str] = ContextVar("request_id", default="")
_propagator = TraceContextTextMapPropagator()


def start(service: str, *, otlp_endpoint: str = "", log_level: str = "INFO") -> None:
    """Starts logs, and with an endpoint traces and metrics, in the name of `service`; once per process.

    otlp_endpoint: where an OTLP gRPC collector listens ("http://127.0.0.1:4317"; https for TLS).
        Empty: spans still carry ids, for the logs and for callees, and nothing is exported.
    log_level: of our own loggers; others' show from WARNING on.
    """
    shutdown()
    _start_logs(service, log_level)
    resource = Resource.create({"service.name": service})
    # Nothing is exported after the process was told to end, except through `shutdown`, which is bounded.
    _running.tracers = TracerProvider(resource=resource, shutdown_on_exit=False)
    if otlp_endpoint:
        _start_exporting(_running.tracers, otlp_endpoint, resource)
    _watch_process()
    atexit.register(shutdown)


def _start_exporting(tracers: TracerProvider, endpoint: str, resource: Resource) -> None:
    # Imported here, for they take longer than all the rest, and most processes on one machine export nothing.
    from opentelemetry.exporter.otlp.proto.grpc.metric_exporter import OTLPMetricExporter
    from opentelemetry.exporter.otlp.proto.grpc.trace_exporter import OTLPSpanExporter

    insecure = not endpoint.startswith("https://")
    spans = OTLPSpanExporter(endpoint=endpoint, insecure=insecure, timeout=EXPORT_TIMEOUT_S)
    tracers.add_span_processor(BatchSpanProcessor(spans))
    figures = OTLPMetricExporter(endpoint=endpoint, insecure=insecure, timeout=EXPORT_TIMEOUT_S)
    reader = PeriodicExportingMetricReader(figures, export_interval_millis=METRIC_INTERVAL_S * 1000)
    meters = MeterProvider([reader], resource=resource, shutdown_on_exit=False)
    _running.bind(meters.get_meter(_OURS))
    _running.stop = _bounded(tracers.shutdown, meters.shutdown)


def _bounded(*steps: Callable[[], None]) -> Callable[[], None]:
    """What takes the steps, and waits at most SHUTDOWN_S for them."""
    told, done = threading.Event(), threading.Event()

    def take_steps() -> None:
        told.wait()
        for step in steps:
            step()
        done.set()

    def stop() -> None:
        told.set()
        done.wait(SHUTDOWN_S)

    # Begun now, because no thread can be when the interpreter is on its way out.
    threading.Thread(target=take_steps, name="telemetry-stop", daemon=True).start()
    return stop


def shutdown() -> None:
    """Exports what is waiting, for at most SHUTDOWN_S, and stops exporting."""
    atexit.unregister(shutdown)
    stop, _running.stop = _running.stop, None
    _running.tracers = None
    _running.bind(None)
    if stop is not None:
        stop()


# --- logs ---------------------------------------------------------------------------------------


def logger(name: str) -> logging.Logger:
    """The logger of one module. `log.info("message", extra={"job_id": ...})` becomes fields of the line."""
    return logging.getLogger(f"{_OURS}.{name}")


@contextmanager
def request(request_id: str) -> Iterator[None]:
    """Lines and calls inside carry `request_id`, of which only visible ASCII is kept, for it comes from outside."""
    clean = re.sub(r"[^\x21-\x7e]", "", request_id)[:REQUEST_ID_LENGTH_MAX]
    token = _request_id.set(clean)
    try:
        yield
    finally:
        _request_id.reset(token)


def request_id() -> str:
    """The id of the request being served; empty where there is none."""
    return _request_id.get()


class JsonLines(logging.Formatter):
    """One JSON object per record. An exception is its class and its frames: its arguments may hold cells of a table."""

    def __init__(self, service: str) -> None:
        super().__init__()
        self.service = service

    def format(self, record: logging.LogRecord) -> str:
        at = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(record.created))
        line: dict[str, Any] = {
            "timestamp": f"{at}.{int(record.msecs):03d}Z",
            "level": record.levelname,
            "logger": record.name.removeprefix(f"{_OURS}."),
            "service": self.service,
            "message": record.getMessage(),
        }
        current = trace.get_current_span().get_span_context()
        if current.is_valid:
            line |= {"trace_id": f"{current.trace_id:032x}", "span_id": f"{current.span_id:016x}"}
        if request_id():
            line["request_id"] = request_id()
        line |= {name: value for name, value in vars(record).items() if name not in _STANDARD_FIELDS | line.keys()}
        if record.exc_info and record.exc_info[1] is not None:
            line["exception"] = described(record.exc_info[1])
        return json.dumps(line, default=_plain, ensure_ascii=False)


def described(error: BaseException) -> dict[str, Any]:
    """What may be told of an exception: class, frames, cause; and the message of our own kinds, which hold no PII."""
    frames = traceback.extract_tb(error.__traceback__)
    description: dict[str, Any] = {
        "type": f"{type(error).__module__}.{type(error).__qualname__}",
        "frames": [f"{frame.filename}:{frame.lineno} in {frame.name}" for frame in frames],
    }
    if isinstance(error, RetainWiseError):
        description["message"] = error.message
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if cause is not None:
        description["cause"] = described(cause)
    return description


def _plain(value: object) -> object:
    return type(value).__qualname__ if isinstance(value, BaseException) else str(value)


def _start_logs(service: str, log_level: str) -> None:
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines(service))
    root = logging.getLogger()
    # A second start (a test, a reload) replaces our own handler and leaves those of others, such as pytest's.
    root.handlers = [other for other in root.handlers if not isinstance(other.formatter, JsonLines)]
    root.addHandler(handler)
    root.setLevel(logging.WARNING)
    logging.getLogger(_OURS).setLevel(log_level.upper())
    logging.captureWarnings(True)
    sys.excepthook = _log_uncaught
    threading.excepthook = lambda crash: _log_uncaught(crash.exc_type, crash.exc_value, crash.exc_traceback)


def _log_uncaught(kind: type[BaseException], error: BaseException | None, frames: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt | SystemExit):
        return
    if error is not None:
        logger("uncaught").critical("an exception was not caught", exc_info=(kind, error, frames))


# --- traces -------------------------------------------------------------------------------------

Role = Literal["internal", "server", "client"]
_SPAN_KINDS = {
    "internal": trace.SpanKind.INTERNAL,
    "server": trace.SpanKind.SERVER,
    "client": trace.SpanKind.CLIENT,
}


@contextmanager
def span(name: str, /, *, role: Role = "internal", **attributes: object) -> Iterator[None]:
    """A span around the block, child of the current one. An exception marks it by its class, never its arguments."""
    if _running.tracers is None:
        yield
        return
    values = {key: value if isinstance(value, bool | int | float) else str(value) for key, value in attributes.items()}
    tracer = _running.tracers.get_tracer(_OURS)
    with tracer.start_as_current_span(
        name, kind=_SPAN_KINDS[role], attributes=values, record_exception=False, set_status_on_exception=False
    ) as current:
        try:
            yield
        except Exception as error:
            current.set_attribute("error.type", type(error).__qualname__)
            current.set_status(trace.StatusCode.ERROR, type(error).__qualname__)
            raise


def mark(**attributes: object) -> None:
    """Adds to the current span what was not known when it began."""
    current = trace.get_current_span()
    for key, value in attributes.items():
        current.set_attribute(key, value if isinstance(value, bool | int | float) else str(value))


def carrier() -> dict[str, str]:
    """The current span as W3C trace context, to be kept on a job or sent along; empty without one."""
    written: dict[str, str] = {}
    _propagator.inject(written)
    return written


@contextmanager
def continued(carrier: Mapping[str, str]) -> Iterator[None]:
    """Spans inside are children of the carrier's span, whichever process or thread it came from."""
    token = otel_context.attach(_propagator.extract(carrier))
    try:
        yield
    finally:
        otel_context.detach(token)


# --- metrics ------------------------------------------------------------------------------------

Attribute = str | int | float | bool


class _Instrument:
    """Measures while metrics are exported, and costs one comparison otherwise."""

    def __init__(self, make: Callable[[Meter], Callable[..., None]]) -> None:
        self._make = make
        self._measure: Callable[..., None] | None = None
        _running.register(self)

    def bind(self, meter: Meter | None) -> None:
        """Measures with `meter` from now on; None: drops what it is given."""
        self._measure = None if meter is None else self._make(meter)


class Counter(_Instrument):
    """A sum that only grows."""

    def add(self, amount: float, **attributes: Attribute) -> None:
        if self._measure is not None:
            self._measure(amount, attributes)


class Histogram(_Instrument):
    """How a measured quantity is distributed; its count comes with it."""

    def record(self, amount: float, **attributes: Attribute) -> None:
        if self._measure is not None:
            self._measure(amount, attributes)


def counter(name: str, unit: str, description: str) -> Counter:
    """A counter, which may be made when a module is imported, before `start`."""
    return Counter(lambda meter: meter.create_counter(name, unit, description).add)


def histogram(name: str, unit: str, description: str) -> Histogram:
    """A histogram, which may be made when a module is imported, before `start`."""
    return Histogram(lambda meter: meter.create_histogram(name, unit, description).record)


def gauge(name: str, unit: str, description: str, read: Callable[[], float]) -> None:
    """Exports what `read` returns at each export; a later gauge of the same name takes its place."""
    gauges(name, unit, description, "", lambda: {"": read()})


def gauges(name: str, unit: str, description: str, attribute: str, read: Callable[[], Mapping[str, float]]) -> None:
    """The same for several values at once, told apart by `attribute`: `read` gives them by its values."""
    known = name in _running.gauges
    _running.gauges[name] = read

    def observe(_: CallbackOptions) -> Iterable[Observation]:
        for key, value in _running.gauges[name]().items():
            yield Observation(value, {attribute: key} if attribute else None)

    def make(meter: Meter) -> Callable[..., None]:
        meter.create_observable_gauge(name, [observe], unit, description)
        return lambda *_: None  # read when exported, never written to

    if not known:
        _Instrument(make)


def _watch_process() -> None:
    process = psutil.Process()
    process.cpu_percent()  # the first reading is always 0: it only starts the clock
    gauge("process.cpu.utilization", "1", "processor time used, in cores", lambda: process.cpu_percent() / 100)
    gauge("process.memory.usage", "By", "resident memory", lambda: process.memory_info().rss)


class _Running:
    """What `start` started, and every instrument that was made before or after it."""

    def __init__(self) -> None:
        self.tracers: TracerProvider | None = None
        self.stop: Callable[[], None] | None = None
        self.gauges: dict[str, Callable[[], Mapping[str, float]]] = {}
        self._meter: Meter | None = None
        self._instruments: list[_Instrument] = []

    def register(self, instrument: _Instrument) -> None:
        self._instruments.append(instrument)
        instrument.bind(self._meter)

    def bind(self, meter: Meter | None) -> None:
        self._meter = meter
        for instrument in self._instruments:
            instrument.bind(meter)


_running = _Running()
