"""How long a person waits to see what her columns are taken for: python -m bench.preview [FILE ...]

A preview of 10,000 rows in a product that is warm: parsing with the profile of whole columns, then the mapping,
each through its real gRPC service; and the same by `POST /api/mapping/preview` as a browser asks for it. The file
has 32 columns of a billing export, made up here; CSV files named on the line are repeated to 10,000 rows instead.
Beside the time on the wall stands the processors' own, which a busy machine cannot stretch as much. Exits with 1
when the median of parsing and mapping is over the limit.
"""

import csv
import io
import os
import platform
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from importlib.metadata import version
from pathlib import Path

import httpx
import psutil

from deploy.local import samples
from deploy.local.product import Product
from libs.client.stages import IngestClient, MappingClient
from libs.contracts.ingest.v1 import ingest_pb2
from libs.contracts.mapping.v1 import mapping_pb2
from libs.contracts.table.v1 import table_pb2
from libs.rpc.client import open_channel
from libs.tables import wire

ROWS = 10_000
RUNS, WARM_UP = 21, 3
MEDIAN_S_MAX = 0.3
SAMPLE_ROWS = 1_000
"""Rows of the file that the mapping sees beside the profile, as the gateway hands them over."""

FIRST_DAY = date(2019, 1, 1)
BILLING = (
    *("Subscription Id", "Invoice Id", "Currency", "Unit Amount", "Tax Rate", "Created (UTC)", "Next Billing At"),
    *("Last Payment At", "Card Brand", "Card Last4", "Collection Method", "Sales Rep", "Utm Source", "Notes"),
)
"""What a billing export has beside the columns of samples.SAAS_COLUMNS."""


def main() -> int:
    """Times every file and prints a table for each."""
    files = {Path(name).name: _repeated(Path(name)) for name in sys.argv[1:]} or {"a billing export": _billing()}
    print(
        f"python {platform.python_version()}, pyarrow {version('pyarrow')}, numpy {version('numpy')}, grpcio"
        f" {version('grpcio')}; {os.cpu_count()} cores, 2 threads of Arrow in each service; median of {RUNS}"
    )
    passed = True
    with tempfile.TemporaryDirectory() as folder, Product(Path(folder)) as product:
        for name, data in files.items():
            passed &= _told(name, data, product)
    print("within" if passed else "over", f"the limit: < {MEDIAN_S_MAX:g} s for parsing and mapping")
    return 0 if passed else 1


def _told(name: str, data: bytes, product: Product) -> bool:
    """Prints the file's table; whether its preview stays within the limit."""
    ingest, mapping = (psutil.Process(product.processes[stage]) for stage in ("ingest", "mapping"))
    parse, suggest, through_http = _calls(data, product)
    profile, sample = parse()
    parsing = _median(parse, ingest)
    mapped = _median(lambda: suggest(profile, sample), mapping)
    whole = _median(lambda: suggest(*parse()))
    http = _median(through_http)
    print(f"\n{name}: {profile.row_count:,} rows, {len(profile.columns)} columns, {len(data) / 1e6:.1f} MB")
    print(f"{'':<24}{'seconds':>10}{'share':>8}{'CPU of the stage':>18}")
    for stage, (seconds, cpu_s) in (("parsing and profile", parsing), ("mapping", mapped)):
        print(f"{stage:<24}{seconds:>10.4f}{seconds / (parsing[0] + mapped[0]):>8.0%}{cpu_s:>16.4f} s")
    print(f"{'both, one after other':<24}{whole[0]:>10.4f}")
    print(f"{'over HTTP':<24}{http[0]:>10.4f}   load over the last minute {os.getloadavg()[0]:.1f}")
    return whole[0] < MEDIAN_S_MAX


def _calls(data: bytes, product: Product) -> "tuple[Parse, Suggest, Callable[[], None]]":
    """Parsing, mapping, and both by HTTP."""
    ingest = IngestClient(open_channel(product.addresses["ingest"]))
    mapping = MappingClient(open_channel(product.addresses["mapping"]))
    http = httpx.Client(
        base_url=product.url, headers={"authorization": f"Bearer {product.token}"}, timeout=60, trust_env=False
    )
    today = datetime.now(UTC).date().isoformat()

    def parse() -> tuple[table_pb2.Profile, table_pb2.Batch]:
        answer = ingest.parse([data], ingest_pb2.ParseOptions(head_only=True, rows_max=SAMPLE_ROWS))
        sample = answer.read_all().combine_chunks().to_batches()[0]
        return answer.trailer, next(iter(wire.pack_batches([sample])))

    def suggest(profile: table_pb2.Profile, sample: table_pb2.Batch) -> None:
        mapping.suggest(mapping_pb2.SuggestRequest(profile=profile, sample=sample, snapshot_date=today))

    def preview() -> None:
        answer = http.post("/api/mapping/preview", content=data, params={"filename": "customers.csv"})
        assert answer.status_code == 200, answer.text

    return parse, suggest, preview


Parse = Callable[[], tuple[table_pb2.Profile, table_pb2.Batch]]
Suggest = Callable[[table_pb2.Profile, table_pb2.Batch], None]


def _median(run: Callable[[], object], process: psutil.Process | None = None) -> tuple[float, float]:
    """Median seconds of a call, and the mean of what it took of the process's CPU."""
    for _ in range(WARM_UP):
        run()
    taken, used = [], _cpu_s(process)
    for _ in range(RUNS):
        started = time.perf_counter()
        run()
        taken.append(time.perf_counter() - started)
    return statistics.median(taken), (_cpu_s(process) - used) / RUNS


def _cpu_s(process: psutil.Process | None) -> float:
    return sum(process.cpu_times()[:2]) if process else 0.0


def _repeated(file: Path) -> bytes:
    """The file's rows again and again, until there are ROWS."""
    header, *lines = file.read_bytes().splitlines(keepends=True)
    return header + b"".join(lines[row % len(lines)] for row in range(ROWS))


def _billing() -> bytes:
    """ROWS made-up subscriptions with 32 columns."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow((*samples.SAAS_COLUMNS, *BILLING))
    for number, row in enumerate(samples.saas_rows(ROWS, seed=7)):
        writer.writerow((*row, *_charges(number)))
    return out.getvalue().encode()


def _charges(number: int) -> Iterator[object]:
    created = FIRST_DAY + timedelta(days=number * 37 % 2_500)
    yield from (f"sub_{number * 7919 % 1_000_003:06d}", f"in_{number:08d}", ("usd", "eur", "gbp")[number % 3])
    yield from (900 + number * 131 % 40_000, ("0", "0.19", "0.2")[number % 3], f"{created} 08:{number % 60:02d}:00")
    yield from (created + timedelta(days=2_600), created + timedelta(days=2_500), ("Visa", "Mastercard")[number % 2])
    yield from (
        f"{number * 31 % 10_000:04d}",
        "charge_automatically",
        f"Rep {number % 17}",
        "ads" if number % 4 else "",
    )
    yield f"Called on {created}; wants {number % 9} more seats" if number % 5 == 0 else ""


if __name__ == "__main__":
    sys.exit(main())
