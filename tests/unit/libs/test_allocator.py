"""Memory that stays with its process."""

import subprocess
import sys

import pytest

ROUNDS = """
import resource, sys
from libs.allocator import keep_freed_memory
if sys.argv[1] == "kept":
    keep_freed_memory()
for turn in range(21):
    blocks = [bytearray(1 << 20) for _ in range(8)]
    for block in blocks:
        block[:: 1 << 12] = bytes(256)
    del blocks, block
    faults = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    first = faults if turn == 0 else first
print(faults - first)
"""
"""Eight messages at a time, freed before the next eight; prints the page faults of all rounds but the first."""


@pytest.mark.skipif(sys.platform != "linux", reason="only glibc is told")
def test_freed_memory_is_used_again() -> None:
    """A page is faulted in once, not for every message."""
    kept, usual = (
        int(subprocess.run([sys.executable, "-c", ROUNDS, how], check=True, capture_output=True, text=True).stdout)
        for how in ("kept", "usual")
    )
    assert kept < usual / 10
