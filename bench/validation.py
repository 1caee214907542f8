"""Validation beside pandera doing the same checks: python -m bench.validation

Times 10,000 rows through the real gRPC service and in process (median, warm), and 1,000,000 rows in
one pass, each in a process of its own so that its peak memory can be read. Beside the time on the wall
stands the processors' own (of the service and its caller, over gRPC), which a busy machine cannot
stretch as much; the limits are for the wall. pandera checks the same
tables, whole in memory as it wants them, for types, blanks, ranges, allowed values, repeated
customers and the rules between columns; ours sets rows aside, sums up gaps, correlations, units and
leaks besides. Exits with 1 when a limit is passed.
"""

import json
import os
import platform
import resource
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date
from importlib.metadata import version

import numpy as np
import psutil
import pyarrow as pa

from libs.client.stages import ValidationClient
from libs.rpc import client
from libs.tables.columns import SOURCE_ROW, UNCONVERTED, Industry
from services.validation.domain import Options
from services.validation.server import SERVICES
from services.validation.stage import validate

SEED = 20260531
SMALL, LARGE = 10_000, 1_000_000
BATCH_ROWS = 8_192
RUNS, WARM_UP = 21, 3
THREADS = 2
SNAPSHOT = date(2026, 5, 31)
MEDIAN_S_MAX = 0.1
GROWTH_MAX = 1.2
FAULTS = 0.002
"""Share of cells that are odd in the columns that have odd ones."""

DAYS_PER_MONTH = 30.4375

Taken = dict[str, float]
"""s: seconds on the wall. cpu_s: of the processors."""


def main() -> int:
    """Runs both sides at both sizes and prints the table."""
    print(
        f"python {platform.python_version()}, pyarrow {pa.__version__}, numpy {np.__version__},"
        f" pandas {version('pandas')}, pandera {version('pandera')}; {os.cpu_count()} cores,"
        f" {THREADS} threads of Arrow, pandera on one; seed {SEED}; {len(_columns(1, 0))} columns,"
        f" {FAULTS:.1%} odd cells"
    )
    grpc = _grpc()
    ours, theirs = ({rows: _child(side, rows) for rows in (SMALL, LARGE)} for side in ("ours", "pandera"))
    print(f"\n{'':<28}{'RetainWise':>14}{'its CPU':>12}{'pandera':>14}{'its CPU':>12}{'ratio':>9}{'of CPU':>9}")
    for rows in (SMALL, LARGE):
        print(_line(f"{rows:,} rows, in process", ours[rows], theirs[rows]))
    print(_line(f"{SMALL:,} rows, over gRPC", grpc, theirs[SMALL]))
    for rows in (SMALL, LARGE):
        peaks = f"{ours[rows]['mib']:>10.0f} MiB{'':>12}{theirs[rows]['mib']:>10.0f} MiB"
        print(f"{f'{rows:,} rows, peak memory':<28}{peaks}")
    growth = ours[LARGE]["mib"] / ours[SMALL]["mib"]
    print(f"\n{LARGE / ours[LARGE]['s']:,.0f} rows/s in one pass; memory grows {growth:.2f} times over {SMALL:,} rows")
    print(f"load over the last minute {os.getloadavg()[0]:.1f}")
    passed = grpc["s"] < MEDIAN_S_MAX and ours[SMALL]["s"] < MEDIAN_S_MAX and growth < GROWTH_MAX
    print("within" if passed else "over", f"the limits: < {MEDIAN_S_MAX:g} s and < {GROWTH_MAX:g} times")
    return 0 if passed else 1


def child(side: str, rows: int) -> None:
    """One measurement, printed as JSON: seconds (median where warm) and the process's peak memory."""
    pa.set_cpu_count(THREADS)
    measure = {"ours": _ours, "pandera": _theirs}[side]
    taken = measure(rows)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({**taken, "mib": peak}))


def _line(name: str, ours: Taken, theirs: Taken) -> str:
    one, other = (f"{side['s']:>12.4f} s{side['cpu_s']:>10.4f} s" for side in (ours, theirs))
    return f"{name:<28}{one}{other}{theirs['s'] / ours['s']:>8.1f}×{theirs['cpu_s'] / ours['cpu_s']:>8.1f}×"


def _child(side: str, rows: int) -> Taken:
    answer = subprocess.run(
        [sys.executable, "-m", "bench.validation", side, str(rows)], check=True, capture_output=True, text=True
    )
    result: Taken = json.loads(answer.stdout)
    return result


def _ours(rows: int) -> Taken:
    schema = _batch(1, 0).schema
    if rows <= SMALL:
        batches = list(_batches(rows))
        return _median(lambda: _pass(batches, schema))
    # The batches are made on the way, as they would come from the wire; making them is not our work.
    made = _Timed(_batches(rows))
    whole = _timed(lambda: _pass(made, schema), time.process_time)
    return {name: whole[name] - made.taken[name] for name in whole}


def _pass(batches: "list[pa.RecordBatch] | _Timed", schema: pa.Schema) -> None:
    validation = validate(batches, Options(Industry.SAAS, schema, snapshot=SNAPSHOT))
    for _ in validation:
        pass
    validation.findings()


def _theirs(rows: int) -> Taken:
    # Only here: its weight in memory is not ours.
    from bench.pandera_checks import checking

    check = checking(pa.Table.from_batches(_batches(rows)), SNAPSHOT)
    return _median(check) if rows <= SMALL else _timed(check, time.process_time)


def _grpc() -> Taken:
    """The small table through a service of its own, rows and findings read back."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = os.environ | {
        "RETAINWISE_VALIDATION_PORT": str(port),
        "RETAINWISE_VALIDATION_THREADS": str(THREADS),
        "RETAINWISE_VALIDATION_LOG_LEVEL": "ERROR",
    }
    service = subprocess.Popen([sys.executable, "-m", "services.validation"], env=environment)
    try:
        channel = client.open_channel(f"127.0.0.1:{port}")
        while not client.healthy(channel, SERVICES[0], 1.0):
            time.sleep(0.05)
        stage, batches = ValidationClient(channel), list(_batches(SMALL))
        server = psutil.Process(service.pid)

        def call() -> None:
            rows = stage.validate(batches, "saas", batches[0].schema, snapshot_date=SNAPSHOT.isoformat())
            for _ in rows:
                pass
            assert rows.findings.row_count == SMALL

        taken = _median(call, lambda: time.process_time() + sum(server.cpu_times()[:2]))
        channel.close()
        return taken
    finally:
        service.terminate()
        service.wait()


def _median(run: Callable[[], None], cpu: Callable[[], float] = time.process_time) -> Taken:
    """The median on the wall, and the mean of the processors: a service's clock ticks a hundred times a second."""
    for _ in range(WARM_UP):
        run()
    taken = [_timed(run, cpu) for _ in range(RUNS)]
    return {
        "s": statistics.median(each["s"] for each in taken),
        "cpu_s": statistics.fmean(each["cpu_s"] for each in taken),
    }


def _timed(run: Callable[[], None], cpu: Callable[[], float]) -> Taken:
    started, used = time.perf_counter(), cpu()
    run()
    return {"s": time.perf_counter() - started, "cpu_s": cpu() - used}


class _Timed:
    """Batches, and what making them took."""

    def __init__(self, batches: Iterator[pa.RecordBatch]) -> None:
        self._batches = batches
        self.taken: Taken = {"s": 0.0, "cpu_s": 0.0}

    def __iter__(self) -> "_Timed":
        return self

    def __next__(self) -> pa.RecordBatch:
        started, used = time.perf_counter(), time.process_time()
        try:
            return next(self._batches)
        finally:
            self.taken["s"] += time.perf_counter() - started
            self.taken["cpu_s"] += time.process_time() - used


def _batches(rows: int) -> Iterator[pa.RecordBatch]:
    for start in range(0, rows, BATCH_ROWS):
        yield _batch(min(BATCH_ROWS, rows - start), start)


def _batch(rows: int, start: int) -> pa.RecordBatch:
    return pa.RecordBatch.from_pydict(_columns(rows, start))


def _columns(rows: int, start: int) -> dict[str, pa.Array]:
    """A SaaS table with labels, dates, gaps, odd cells and two extra columns; the same for the same place."""
    rng = np.random.default_rng([SEED, start])

    def gaps(cells: np.ndarray, share: float = 0.05) -> pa.Array:
        return pa.array(cells, mask=rng.random(rows) < share)

    def odd(cells: np.ndarray, value: float) -> np.ndarray:
        return np.where(rng.random(rows) < FAULTS, value, cells)

    numbers = np.arange(start, start + rows)
    age_days = rng.integers(30, 2000, rows)
    tenure = np.floor(age_days / DAYS_PER_MONTH)
    mrr = np.round(rng.lognormal(4, 1, rows), 2)
    seats = rng.integers(1, 60, rows).astype(float)
    idle_days = rng.integers(0, 30, rows)
    last = (SNAPSHOT - date(1970, 1, 1)).days
    left = rng.random(rows) < np.where(tenure < 12, 0.2, 0.05)
    days = pa.date32()
    return {
        SOURCE_ROW: pa.array(numbers + 1, pa.int64()),
        "customer_id": pa.array([f"c-{n // 2 if n % 997 == 1 else n}" for n in numbers]),
        "tenure_months": pa.array(odd(tenure, -1.0)),
        "mrr": pa.array(odd(mrr, -5.0)),
        "total_revenue": gaps(odd(np.round(mrr * tenure * rng.uniform(0.8, 1.1, rows), 2), 1e9)),
        "plan_type": gaps(rng.choice(["basic", "pro", "enterprise"], rows)),
        "billing_interval": gaps(rng.choice(["monthly", "yearly", "fortnightly"], rows, p=[0.6, 0.398, 0.002])),
        "payment_method": gaps(rng.choice(["card", "invoice", "paypal"], rows)),
        "seats_purchased": gaps(seats),
        "seats_used": gaps(odd(np.floor(seats * rng.random(rows)), 900.0)),
        "feature_usage_score": gaps(odd(rng.uniform(0, 100, rows), 250.0)),
        "logins_per_month": gaps(rng.poisson(20, rows).astype(float)),
        "days_since_last_login": gaps(odd(idle_days.astype(float), 9000.0)),
        "api_calls_per_month": gaps(rng.lognormal(6, 2, rows)),
        "support_tickets": gaps(rng.poisson(1, rows).astype(float)),
        "nps_score": gaps(odd(rng.integers(-100, 101, rows).astype(float), 500.0), 0.4),
        "failed_payments": gaps(rng.poisson(0.2, rows).astype(float)),
        "discount_percent": gaps(odd(rng.integers(0, 40, rows).astype(float), 120.0)),
        "country": gaps(rng.choice([f"country {n}" for n in range(40)], rows)),
        "churned": pa.array(left),
        "signup_date": pa.array((last - age_days).astype(np.int32)).cast(days),
        "last_login_at": pa.array(odd(last - idle_days, last + 400).astype(np.int32)).cast(days),
        "canceled_at": pa.array((last - idle_days).astype(np.int32), mask=~left).cast(days),
        "status": pa.array(np.where(left, "canceled", "active")),
        UNCONVERTED: pa.array([[] for _ in range(rows)], pa.list_(pa.string())),
        "extra.Region": pa.array(rng.choice(["north", "south", "east", "west"], rows)),
        "extra.Points": pa.array(rng.integers(0, 5000, rows).astype(str)),
    }


if __name__ == "__main__":
    if len(sys.argv) == 3:
        child(sys.argv[1], int(sys.argv[2]))
    else:
        sys.exit(main())
