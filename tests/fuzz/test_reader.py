"""The fuzzer's corpus, and a short run of it that is always the same."""

from pathlib import Path

import pytest

from tests.fuzz.reader import CORPUS, check, run_round


@pytest.mark.parametrize("file", sorted(CORPUS.iterdir()), ids=lambda file: file.name)
def test_the_corpus_reads(file: Path) -> None:
    """Whatever was found once stays mended."""
    check(file.read_bytes())


def test_a_short_run_finds_nothing() -> None:
    """The same inputs every time; `python -m tests.fuzz.reader` draws others."""
    assert 0 < run_round(7, 60)
