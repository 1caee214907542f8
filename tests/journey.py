"""What a partner's script does over HTTP, for tests that go the whole way."""

import io
import time
from pathlib import Path
from typing import Any

import httpx
import pyarrow as pa
import pyarrow.parquet as pq

OVER = ("COMPLETED", "FAILED", "NEEDS_MAPPING", "NEEDS_PLAN")


def uploaded(http: httpx.Client, data: bytes, filename: str = "customers.csv", **fields: str) -> str:
    """Uploads a file and returns the prediction's id."""
    answer = http.post("/api/csv", files={"file": (filename, data)}, data=fields)
    assert answer.status_code == 202, answer.text
    return str(answer.json()["id"])


def ended(http: httpx.Client, prediction: str, timeout_s: float = 90, poll_s: float = 0.1) -> dict[str, Any]:
    """The prediction once it is over, or waits for a person; poll_s: seconds between looks."""
    deadline = time.monotonic() + timeout_s
    while True:
        answer = http.get(f"/api/predictions/{prediction}")
        assert answer.status_code == 200, answer.text
        body: dict[str, Any] = answer.json()
        if body["status"] in OVER:
            return body
        assert time.monotonic() < deadline, f"still {body['status']} after {timeout_s} s: {body}"
        time.sleep(poll_s)


def results(http: httpx.Client, prediction: str) -> pa.Table:
    """The prediction's whole result file."""
    answer = http.get(f"/api/predictions/{prediction}/results.parquet")
    assert answer.status_code == 200, answer.text
    return pq.read_table(io.BytesIO(answer.content))


def peak_memory_bytes(pid: int) -> int:
    """The most memory that the process has held since it started (VmHWM)."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) << 10
    raise RuntimeError(f"the kernel reports no VmHWM for process {pid}")


def telecom_csv(rows: int, prefix: str = "C") -> bytes:
    """A telecom export with IBM's headers: `rows` customers made from their number alone."""
    contracts = ("Month-to-month", "One year", "Two year")
    internet = ("Fiber optic", "DSL", "No")
    lines = ["customerID,tenure,Contract,InternetService,TechSupport,PaperlessBilling,MonthlyCharges,TotalCharges"]
    for n in range(rows):
        tenure, monthly = n % 72 + 1, 20 + n * 7 % 9500 / 100
        service = internet[n % 3]
        support = "No internet service" if service == "No" else ("Yes" if n % 5 else "No")
        lines.append(
            f"{prefix}{n:07d},{tenure},{contracts[n // 3 % 3]},{service},{support},"
            f"{'Yes' if n % 2 else 'No'},{monthly:.2f},{monthly * tenure:.2f}"
        )
    return ("\n".join(lines) + "\n").encode()
