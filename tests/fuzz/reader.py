"""Feeds damaged files to the reader for as long as one likes: python -m tests.fuzz.reader --minutes 10

Every input is read twice, in one piece and in small ones. Fine is: the same table and profile, or the same refusal
(InvalidInput or TooLarge), within SECONDS_MAX of CPU. Everything else is a find; the input is kept in the corpus, from
where the next run, and `make test`, begin. Hypothesis draws the inputs: files of the corpus with pieces cut out, put
in, doubled and swapped, and texts of the characters that readers stumble over.
"""

import argparse
import gc
import hashlib
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import psutil
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from libs.errors import InvalidInput, TooLarge
from services.ingest.domain import Limits, Options
from services.ingest.stage import parse

CORPUS = Path(__file__).parent / "corpus"
SECONDS_MAX = 10.0
GROWTH_BYTES_MAX = 128 << 20
EXAMPLES_A_ROUND = 250

LIMITS = Limits(
    columns_max=200,
    line_bytes_max=1 << 16,
    unpacked_bytes_max=4 << 20,
    gzip_ratio_from_bytes=1 << 20,
    spool_bytes_max=4 << 20,
    workbook_bytes_max=4 << 20,
    workbook_cells_max=100_000,
    row_group_bytes_max=4 << 20,
)

_MARKS = (b'"', b'""', b"'", b",", b";", b"\t", b"|", b"\n", b"\r", b"\r\n", b"\0", b"1.234,5", b"1,234", b"Total,")
_BYTES = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xe9", b"\xc3", b"\xed\xa0\x80", b"PK\x03\x04", b"\x1f\x8b", b"PAR1")
_WORDS = (b"sep=;\n", b"1e999", b"31/02/2024", b"\xe2\x80\xa8", b"9" * 400, b"P1M", b"Feb 30, 2024", b"(c) 2024")
PIECES = st.one_of(st.sampled_from([*_MARKS, *_BYTES, *_WORDS]), st.binary(max_size=12))


@dataclass(frozen=True)
class Edit:
    """Put `piece` at `place` (a share of the file) instead of `length` bytes, `times` times."""

    place: float
    length: int
    piece: bytes
    times: int

    def done_to(self, data: bytes) -> bytes:
        at = int(self.place * len(data))
        return data[:at] + self.piece * self.times + data[at + self.length :]


EDITS = st.builds(
    Edit, st.floats(0, 1), st.sampled_from([0, 0, 1, 2, 7, 50, 5_000]), PIECES, st.sampled_from([1, 1, 3, 90])
)


def inputs(corpus: list[bytes]) -> st.SearchStrategy[bytes]:
    """Files to read."""

    def edited(data: bytes, edits: list[Edit]) -> bytes:
        for edit in edits:
            data = edit.done_to(data)
        return data[: 1 << 19]

    damaged = st.builds(edited, st.sampled_from(corpus), st.lists(EDITS, min_size=1, max_size=6))
    return st.one_of(damaged, damaged, st.lists(PIECES, max_size=60).map(b"".join))


def seeds() -> list[bytes]:
    """The corpus."""
    return [path.read_bytes() for path in sorted(CORPUS.iterdir())]


def outcome(data: bytes, size: int, options: Options) -> object:
    """The table and its profile, or the refusal. Raises what must not happen."""
    try:
        table = parse((data[at : at + size] for at in range(0, len(data), size)), options, LIMITS)
        batches = list(table)
        profile = table.profile
    except (InvalidInput, TooLarge) as refusal:
        return type(refusal), refusal.message
    for batch in batches:
        batch.validate(full=True)
    assert profile.row_count == sum(batch.num_rows for batch in batches)
    return batches, repr(profile)


def check(data: bytes) -> None:
    """Reads the data in two ways. Raises AssertionError, or whatever the reader raised."""
    started = time.process_time()  # of this process: on a busy machine the clock on the wall proves nothing
    assert outcome(data, 1 << 20, Options()) == outcome(data, 1 + len(data) // 7, Options())
    outcome(data, 1 << 20, Options(head_only=True))
    assert time.process_time() - started < SECONDS_MAX, "too slow"


def run_round(number: int, examples: int) -> int:
    """Checks that many inputs, drawn by that number; returns how many were read. Raises what a check raised."""
    read = 0

    @seed(number)
    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    @given(inputs(seeds()))
    def checked(data: bytes) -> None:
        nonlocal read
        read += 1
        try:
            check(data)
        except BaseException:
            found["data"] = data
            raise

    found: dict[str, bytes] = {}
    try:
        checked()
    except BaseException:
        if "data" in found:
            kept = CORPUS / f"found-{hashlib.sha256(found['data']).hexdigest()[:12]}"
            kept.write_bytes(found["data"])
            sys.stderr.write(f"kept {kept.name}, {len(found['data'])} bytes\n")
        raise
    return read


def main() -> int:
    """Runs rounds until the time is over; 1 when memory grew."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    stated = parser.parse_args()
    process = psutil.Process()
    read = run_round(stated.seed, EXAMPLES_A_ROUND)
    gc.collect()
    before, started, rounds = process.memory_info().rss, time.monotonic(), 1
    while time.monotonic() - started < 60 * stated.minutes:
        read += run_round(stated.seed + rounds, EXAMPLES_A_ROUND)
        rounds += 1
    gc.collect()
    grown = process.memory_info().rss - before
    sys.stdout.write(
        f"{read:,} files in {time.monotonic() - started:,.0f} s from seed {stated.seed}: no crash, no hang; "
        f"memory {before >> 20} MiB after the first round, {grown >> 20:+} MiB at the end\n"
    )
    return int(grown > GROWTH_BYTES_MAX)


if __name__ == "__main__":
    sys.exit(main())
