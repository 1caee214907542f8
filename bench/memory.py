"""Peak memory of every process at 100,000 and at 1,000,000 rows: python -m bench.memory [--file subscriptions]

One row is a customer, or, of the second file, one of about four subscriptions that a customer has had, scattered over
the file, which become one row each on the way. The third, `wide`, holds such subscriptions with 190 columns of text
that nobody knows, in 100,000 and 300,000 rows. Each size runs in a product of its own,
so that one high-water mark (VmHWM) does not hide the other. Prints a row per process, both sizes and
their ratio; exits with 1 when a limit is passed.
"""

import argparse
import csv
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from pathlib import Path

import httpx

from deploy.local import samples
from deploy.local.product import Product
from tests.journey import ended, peak_memory_bytes

PEAK_BYTES_MAX = 700_000_000
GROWTH_MAX = 1.2
HOURS_S = 3600.0

SUBSCRIPTIONS_PER_CUSTOMER = 4
FIRST_DAY, SNAPSHOT = date(2022, 1, 1), date(2026, 5, 31)
PLANS = {"Basic": 29, "Pro": 99, "Enterprise": 499}


def main() -> int:
    """Runs both sizes and prints the table."""
    parser = argparse.ArgumentParser(prog="python -m bench.memory")
    parser.add_argument("--file", choices=FILES, default="customers")
    kind = FILES[parser.parse_args().file]
    peaks = [_peaks(rows, kind.write) for rows in kind.rows]
    columns = [f"{rows:,} rows" for rows in kind.rows]
    print(f"\n{'process':<12} {columns[0]:>14} {columns[1]:>16} {'ratio':>7}")
    passed = True
    for name in peaks[0]:
        small, large = (peak[name] for peak in peaks)
        passed &= large < PEAK_BYTES_MAX and large < small * GROWTH_MAX
        print(f"{name:<12} {small >> 20:>10} MiB {large >> 20:>12} MiB {large / small:>7.2f}")
    print("within" if passed else "over", f"the limits: < {PEAK_BYTES_MAX / 1e6:.0f} MB and < {GROWTH_MAX:g} times")
    return 0 if passed else 1


def _peaks(rows: int, write: Callable[[Path, int], None]) -> dict[str, int]:
    """Peak resident bytes by process after one file of `rows` rows."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "customers.csv"
        write(file, rows)
        with Product(Path(folder) / "data") as product:
            headers = {"authorization": f"Bearer {product.token}"}
            with httpx.Client(base_url=product.url, headers=headers, timeout=600) as http:
                started = time.monotonic()
                answer = http.post("/api/csv", content=_chunks(file), params=_QUERY | {"filename": file.name})
                over = ended(http, answer.json()["id"], HOURS_S)
                counts = f"{rows:,} rows of {over['rows_total']:,} customers"
                print(f"{counts}: {over['status']} in {time.monotonic() - started:.1f} s", file=sys.stderr)
                assert over["status"] == "COMPLETED", over
            return {name: peak_memory_bytes(pid) for name, pid in product.processes.items()}


def _write_customers(file: Path, rows: int) -> None:
    """The public telecom file, tiled."""
    real = file.with_name("telecom.csv")
    samples.write_telecom(real)
    samples.tile(real, file, rows, "customer_id")


def _write_subscriptions(file: Path, rows: int, more_columns: int = 0) -> None:
    """Made-up subscriptions, each of a customer drawn anew, as a billing system lists them: by their own number."""
    draw = random.Random(rows)
    more = [f"Note {number}" for number in range(1, more_columns + 1)]
    with file.open("w", newline="") as target:
        writer = csv.writer(target)
        writer.writerow(("subscription_id", "customer_id", "status", "start_date", "canceled_at", *_MORE, *more))
        for number in range(rows):
            start = FIRST_DAY + timedelta(days=draw.randrange((SNAPSHOT - FIRST_DAY).days))
            end = start + timedelta(days=draw.randrange(30, 900))
            plan, seats, ended = draw.choice(list(PLANS)), draw.randint(1, 40), end < SNAPSHOT
            customer = draw.randrange(rows // SUBSCRIPTIONS_PER_CUSTOMER)
            times = (start, end if ended else "")
            terms = (plan, seats, PLANS[plan] * seats, draw.choice(("monthly", "yearly")))
            state = "canceled" if ended else "active"
            notes = draw.randbytes(4 * more_columns).hex(" ", 4).split()
            writer.writerow((f"sub_{number:07d}", f"cus_{customer:07d}", state, *times, *terms, *notes))


_MORE = ("plan", "seats", "mrr", "billing_interval")
_QUERY = {"snapshot_date": SNAPSHOT.isoformat()}


@dataclass(frozen=True)
class Kind:
    """write: makes a file of so many rows. rows: of the two files that are compared."""

    write: Callable[[Path, int], None]
    rows: tuple[int, int]


FILES = {
    "customers": Kind(_write_customers, (100_000, 1_000_000)),
    "subscriptions": Kind(_write_subscriptions, (100_000, 1_000_000)),
    "wide": Kind(partial(_write_subscriptions, more_columns=190), (100_000, 300_000)),
}


def _chunks(file: Path) -> Iterator[bytes]:
    with file.open("rb") as source:
        while chunk := source.read(1 << 20):
            yield chunk


if __name__ == "__main__":
    sys.exit(main())
