"""What an export of all customers takes, and what the page notices of it: python -m bench.exports [--rows 100000]

A made-up SaaS file is scored by the real services on this machine, and then exported as a workbook and as CSV. While
the worker writes, somebody turns pages at the API. Memory is the peak of a worker that did nothing else. The limit on
seconds is held against the worker's CPU: it writes on one core, so that is the wall clock of a machine with nothing
else to do. Exits with 1 when a limit is passed.
"""

import argparse
import os
import platform
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import duckdb
import httpx
import psutil
import pyarrow as pa
import xlsxwriter

from deploy.local import samples
from deploy.local.product import Product
from tests.journey import ended, peak_memory_bytes

SEED = 20261129
SECONDS_MAX, BYTES_MAX = 60.0, 300_000_000
HOUR_S = 3600.0
POLL_S = 0.2


def main() -> int:
    """Scores the file and prints a row for each format."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000, help="customers of the file")
    rows = parser.parse_args().rows
    print(
        f"python {platform.python_version()}, xlsxwriter {xlsxwriter.__version__}, duckdb {duckdb.__version__}, pyarrow"
        f" {pa.__version__}; {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}; {rows:,} customers, seed {SEED}"
    )
    with tempfile.TemporaryDirectory() as name:
        file = Path(name) / "customers.csv"
        samples.write_saas(file, rows, SEED)
        with Product(Path(name) / "data") as product:
            headers = {"authorization": f"Bearer {product.token}"}
            with httpx.Client(base_url=product.url, headers=headers, timeout=HOUR_S) as http:
                sent = http.post("/api/csv", content=file.read_bytes(), params={"filename": file.name}).json()
                assert ended(http, sent["id"], HOUR_S)["status"] == "COMPLETED"
                prediction = sent["id"]
        # Started again, so that the worker's peak is that of exports alone.
        with Product(Path(name) / "data") as product:
            headers = {"authorization": f"Bearer {product.token}"}
            with httpx.Client(base_url=product.url, headers=headers, timeout=HOUR_S) as http:
                http.get(f"/api/predictions/{prediction}/customers")
                print("\n| all customers | wall | CPU of the worker | its peak memory | file | a page meanwhile, p95 |")
                print("|---|---:|---:|---:|---:|---:|")
                worker = psutil.Process(product.processes["worker-1"])
                found = [_exported(http, worker, prediction, file) for file in ("csv", "xlsx")]
    passed = found[-1][0] < SECONDS_MAX and found[-1][1] < BYTES_MAX
    print(
        f"\n{'within' if passed else 'over'} the limits of Excel: {SECONDS_MAX:g} s of CPU and {BYTES_MAX / 1e6:g} MB"
    )
    return 0 if passed else 1


def _exported(http: httpx.Client, worker: psutil.Process, prediction: str, file: str) -> tuple[float, int]:
    """Prints a row; the worker's CPU seconds and its peak memory in bytes."""
    before, started = sum(worker.cpu_times()[:2]), time.perf_counter()
    made: Any = http.post(f"/api/predictions/{prediction}/exports", params={"format": file}).json()
    pages = []
    while made["status"] not in ("COMPLETED", "FAILED"):
        time.sleep(POLL_S)
        turned = time.perf_counter()
        http.get(f"/api/predictions/{prediction}/customers", params={"page": 1 + len(pages)}).raise_for_status()
        pages.append(time.perf_counter() - turned)
        made = http.get(f"/api/exports/{made['id']}").json()
    seconds, cpu = time.perf_counter() - started, sum(worker.cpu_times()[:2]) - before
    assert made["status"] == "COMPLETED", made
    size, peak = len(http.get(f"/api/exports/{made['id']}/file").content), peak_memory_bytes(worker.pid)
    p95 = statistics.quantiles(pages, n=20)[-1] if len(pages) > 1 else pages[0]
    print(
        f"| {file} | {seconds:.1f} s | {cpu:.1f} s | {peak / 1e6:.0f} MB | {size / 1e6:.1f} MB | {1e3 * p95:.0f} ms |"
    )
    return cpu, peak


if __name__ == "__main__":
    sys.exit(main())
