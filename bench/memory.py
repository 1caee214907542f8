"""Peak memory of every process at 100,000 and at 1,000,000 rows: python -m bench.memory

Each size runs in a product of its own, so that one high-water mark (VmHWM) does not hide the other.
Prints a row per process, both sizes and their ratio; exits with 1 when a limit is passed.
"""

import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import httpx

from deploy.local import samples
from deploy.local.product import Product
from tests.journey import ended, peak_memory_bytes

ROWS = (100_000, 1_000_000)
PEAK_BYTES_MAX = 1 << 30
GROWTH_MAX = 1.2
HOURS_S = 3600.0


def main() -> int:
    """Runs both sizes and prints the table."""
    peaks = [_peaks(rows) for rows in ROWS]
    print(f"\n{'process':<12} {'100,000 rows':>14} {'1,000,000 rows':>16} {'ratio':>7}")
    passed = True
    for name in peaks[0]:
        small, large = (peak[name] for peak in peaks)
        passed &= large < PEAK_BYTES_MAX and large < small * GROWTH_MAX
        print(f"{name:<12} {small >> 20:>10} MiB {large >> 20:>12} MiB {large / small:>7.2f}")
    print("within" if passed else "over", f"the limits: < {PEAK_BYTES_MAX >> 20} MiB and < {GROWTH_MAX:g} times")
    return 0 if passed else 1


def _peaks(rows: int) -> dict[str, int]:
    """Peak resident bytes by process after one file of `rows` customers, the public telecom file tiled."""
    with tempfile.TemporaryDirectory() as folder:
        real, file = Path(folder) / "telecom.csv", Path(folder) / "customers.csv"
        samples.write_telecom(real)
        samples.tile(real, file, rows, "customer_id")
        with Product(Path(folder) / "data") as product:
            headers = {"authorization": f"Bearer {product.token}"}
            with httpx.Client(base_url=product.url, headers=headers, timeout=600) as http:
                started = time.monotonic()
                answer = http.post("/api/csv", content=_chunks(file), params={"filename": file.name})
                over = ended(http, answer.json()["id"], HOURS_S)
                print(f"{rows:,} rows: {over['status']} in {time.monotonic() - started:.1f} s", file=sys.stderr)
                assert over["status"] == "COMPLETED", over
            return {name: peak_memory_bytes(pid) for name, pid in product.processes.items()}


def _chunks(file: Path) -> Iterator[bytes]:
    with file.open("rb") as source:
        while chunk := source.read(1 << 20):
            yield chunk


if __name__ == "__main__":
    sys.exit(main())
