"""Ten files made to hurt: each gets a clear answer in bounded time and memory, and the next good file works."""

import csv
import gzip
import io
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from deploy.local.product import Product
from tests.journey import ended, peak_memory_bytes, telecom_csv, uploaded

MEMORY_BYTES_MAX = 1 << 30
SECONDS_MAX = 90


def _bomb() -> bytes:
    """2 GiB of zeros in about 2 MiB: one packed mebibyte again and again, for packing them all takes ten seconds."""
    return gzip.compress(bytes(1 << 20)) * 2048


def _line_of_a_gigabyte() -> Iterator[bytes]:
    yield b"customerID,tenure\n"
    for _ in range(1024):
        yield b"x" * (1 << 20)


GOOD = telecom_csv(60)
HEADER, *LINES = GOOD.decode().splitlines()

REFUSED = {
    "empty": b"",
    "header only": (HEADER + "\n").encode(),
    "binary": bytes(range(256)) * 400,
    "5,000 columns": (",".join(f"c{n}" for n in range(5000)) + "\n" + ",".join("1" * 5000) + "\n").encode(),
    "a gzip bomb": _bomb(),
}

MENDED = {
    "ragged": "\n".join([HEADER, *LINES[:50], LINES[50] + ",more", LINES[51].rsplit(",", 3)[0], *LINES[52:]]).encode(),
    "wrong encoding": GOOD + b"caf\xe9-1,3,One year,DSL,No,Yes,50.00,150.00\n",
    "duplicate headers": "\n".join([HEADER + ",tenure", *(line + ",1" for line in LINES)]).encode(),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_work_is_refused_with_a_sentence(http: httpx.Client, product: Product, name: str) -> None:
    """The upload answers 4xx, or the job fails, with a sentence; memory stays bounded; the next file works."""
    started = time.monotonic()
    answer = http.post("/api/csv", files={"file": (f"{name}.csv", REFUSED[name])})
    if answer.status_code == 202:
        over = ended(http, answer.json()["id"], SECONDS_MAX)
        assert "FAILED" == over["status"]
        sentence, code = over["error"]["message"], over["error"]["kind"]
        assert code in ("InvalidInput", "TooLarge")
    else:
        assert 400 <= answer.status_code < 500
        sentence = answer.json()["detail"]
    assert 20 < len(sentence) and "Traceback" not in sentence
    assert time.monotonic() - started < SECONDS_MAX
    _still_well(http, product)


@pytest.mark.parametrize("name", MENDED)
def test_what_can_be_mended_is_mended_and_reported(http: httpx.Client, product: Product, name: str) -> None:
    """The job completes and its report names the repair."""
    over = ended(http, prediction := uploaded(http, MENDED[name], f"{name}.csv"))
    assert "COMPLETED" == over["status"], over
    report = http.get(f"/api/predictions/{prediction}/report").json()
    assert report["file"]["repairs"], name
    _still_well(http, product)


def test_one_line_of_a_gigabyte_is_refused(http: httpx.Client, product: Product) -> None:
    """A gigabyte without a line end is taken in as a stream and refused by the first megabytes of it."""
    answer = http.post(
        "/api/csv", content=_line_of_a_gigabyte(), headers={"content-type": "text/csv"}, params={"filename": "line.csv"}
    )
    assert 202 == answer.status_code, answer.text
    over = ended(http, answer.json()["id"], SECONDS_MAX)
    assert ("FAILED", "TooLarge") == (over["status"], over["error"]["kind"])
    _still_well(http, product)


def test_formulas_are_neutralised_in_the_export(http: httpx.Client) -> None:
    """A cell that a spreadsheet would run is exported as text."""
    evil = [line.replace("C000000", "=cmd|' /C calc'!A") for line in LINES]
    over = ended(http, prediction := uploaded(http, "\n".join([HEADER, *evil]).encode()))
    assert "COMPLETED" == over["status"]
    export = http.get(f"/api/predictions/{prediction}/export", params={"format": "csv"}).text
    cells = [cell for row in csv.reader(io.StringIO(export)) for cell in row]
    assert any(cell.startswith("'=cmd") for cell in cells)
    assert [] == [cell for cell in cells if cell[:1] in ("=", "+", "@", "\t", "\r")]


def _still_well(http: httpx.Client, product: Product) -> None:
    for name, pid in product.processes.items():
        assert peak_memory_bytes(pid) < MEMORY_BYTES_MAX, name
    assert "COMPLETED" == ended(http, uploaded(http, GOOD, "good.csv"))["status"]


def test_the_real_file_with_a_locale_is_understood_or_asked_about(http: httpx.Client, shared_datasets: Path) -> None:
    """The French Excel export ends in results or in questions, never in a failure of ours."""
    data = (shared_datasets / "bigml_churn20_french_excel.csv").read_bytes()
    over = ended(http, uploaded(http, data, "bigml.csv", industry="telecom"))
    assert over["status"] in ("COMPLETED", "NEEDS_MAPPING")
