"""Rows read a moment ago."""

import pyarrow as pa

from services.gateway.domain import Artifact
from services.gateway.recent import Recent

ONE, OTHER = Artifact("one", 1, "ab" * 32), Artifact("other", 1, "cd" * 32)


def row(value: int) -> pa.RecordBatch:
    """A row that tells itself apart."""
    return pa.record_batch({"mrr": [value]})


def test_rows_are_told_apart_by_file_and_customer() -> None:
    """One customer of two files is two."""
    recent = Recent(10)
    recent.keep(ONE, "a", row(1))
    recent.keep(OTHER, "a", row(2))
    assert [row(1), row(2), None] == [recent.find(*key) for key in ((ONE, "a"), (OTHER, "a"), (ONE, "b"))]


def test_the_one_looked_at_longest_ago_goes() -> None:
    """Looking at a row keeps it."""
    recent = Recent(2)
    recent.keep(ONE, "a", row(1))
    recent.keep(ONE, "b", row(2))
    recent.find(ONE, "a")
    recent.keep(ONE, "c", row(3))
    assert [row(1), None, row(3)] == [recent.find(ONE, each) for each in "abc"]


def test_a_file_is_forgotten_whole() -> None:
    """And no other."""
    recent = Recent(10)
    for artifact in (ONE, OTHER):
        recent.keep(artifact, "a", row(1))
    recent.forget(ONE)
    assert [None, row(1)] == [recent.find(each, "a") for each in (ONE, OTHER)]
