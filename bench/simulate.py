"""What a what-if takes on one customer, warm: python -m bench.simulate [--rows 100000]

A made-up SaaS file is scored by the real services on this machine. Then customers spread over it are changed one after
the other: by the RPC (a row that the caller holds, two changes, levers included); over HTTP the same, with customers
that nobody looked at before (their rows are read from the prediction's Parquet) and then with one again and again, as
a slider does; and, to compare, HTTP's read of one customer. CPU is of all processes, a call.
"""

import argparse
import os
import platform
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import httpx
import psutil
import pyarrow as pa

from deploy.local import samples
from deploy.local.product import Product
from libs.client.http import RetainWise
from libs.client.stages import ScoringClient
from libs.contracts.scoring.v1 import scoring_pb2
from libs.rpc.client import open_channel
from tests.journey import ended, results

SEED = 20260531
CALLS, WARMING = 200, 20
HOUR_S = 3600.0
CHANGES: dict[str, float | bool | str] = {"support_tickets": 0.0, "logins_per_month": 30.0}


def main() -> None:
    """Scores the file and prints a row for each way of asking."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000, help="customers of the file")
    rows = parser.parse_args().rows
    print(f"python {platform.python_version()}; {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}; seed {SEED}")
    with tempfile.TemporaryDirectory() as name, Product(Path(name) / "data") as product:
        file = Path(name) / "customers.csv"
        samples.write_saas(file, rows, SEED)
        headers = {"authorization": f"Bearer {product.token}"}
        with httpx.Client(base_url=product.url, headers=headers, timeout=HOUR_S) as http:
            sent = http.post("/api/csv", content=file.read_bytes(), params={"filename": file.name}).json()
            assert ended(http, sent["id"], HOUR_S)["status"] == "COMPLETED"
            stored = results(http, sent["id"]).select(["customer_id", "model_version"]).to_pylist()
        some = [stored[place * len(stored) // CALLS] for place in range(CALLS)]
        print(f"\n| {CALLS - WARMING} calls, {rows:,} customers | median | p95 | CPU of all processes |")
        print("|---|---:|---:|---:|")
        with RetainWise(product.url, product.token) as service:
            ids = [row["customer_id"] for row in some]
            _say("RPC `Simulate`", product, _by_rpc(product, some[0]["model_version"]), ids)

            def simulate(customer_id: str) -> object:
                return service.simulate(sent["id"], customer_id, CHANGES)

            _say("HTTP `POST …/simulate`, new customers", product, simulate, ids)
            _say("HTTP `POST …/simulate`, one customer", product, simulate, ids[-1:] * CALLS)
            _say("HTTP `GET …/customers/{id}`", product, lambda each: service.customer(sent["id"], each), ids)


def _by_rpc(product: Product, version: str) -> Callable[[str], object]:
    """A call of scoring itself with a row that it need not read."""
    scoring = ScoringClient(open_channel(product.addresses["scoring"]))
    options = scoring_pb2.ScoreOptions(family="baseline-saas", version=version, level_shift=0.0)
    person = {
        **{"tenure_months": 14.0, "mrr": 99.0, "billing_interval": "monthly", "seats_purchased": 12.0},
        **{"seats_used": 7.0, "logins_per_month": 9.0, "days_since_last_login": 12.0, "support_tickets": 3.0},
        **{"failed_payments": 1.0, "discount_percent": 0.0, "nps_score": 20.0, "company_size": "small"},
    }

    def ask(customer_id: str) -> object:
        row = pa.RecordBatch.from_pylist([{"customer_id": customer_id, **person}])
        return scoring.simulate(row, options, [CHANGES], levers=True)

    return ask


def _say(what: str, product: Product, ask: Callable[[str], object], ids: list[str]) -> None:
    """One row of the table."""
    for each in ids[-WARMING:]:
        ask(each)
    processes = [psutil.Process(pid) for pid in product.processes.values()]
    before, seconds = _cpu(processes), []
    for each in ids[: CALLS - WARMING]:
        started = time.perf_counter()
        ask(each)
        seconds.append(time.perf_counter() - started)
    used = (_cpu(processes) - before) / len(seconds)
    p95 = statistics.quantiles(seconds, n=20)[-1]
    print(f"| {what} | {1e3 * statistics.median(seconds):.1f} ms | {1e3 * p95:.1f} ms | {1e3 * used:.1f} ms |")


def _cpu(processes: list[psutil.Process]) -> float:
    return sum(sum(process.cpu_times()[:2]) for process in processes)


if __name__ == "__main__":
    main()
