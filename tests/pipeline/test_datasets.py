"""Real data files, from upload to their end: scored, asked about, or refused in words that a founder understands."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.journey import results
from tests.pipeline.endings import ENDS, Ending, row_of, travelled

CODE_WORDS = re.compile(r"Traceback|Error\(|Exception|\bNone\b|\bnan\b|\n|\bproto|SEVERITY|[{}\[\]]")
"""What no sentence for a person holds."""


def sentences(ending: Ending) -> Iterator[str]:
    """Everything that the file's owner is told."""
    for prediction in (ending.first, ending.last):
        yield prediction["message"]
        yield from (question["message"] for question in prediction["questions"])
    for check in ending.failed_checks.values():
        yield check["message"]
        yield check["advice"]
    if ending.report:
        yield from (suggestion["message"] for suggestion in ending.report["suggestions"])
        yield from (repair["message"] for repair in ending.report["file"]["repairs"])
        yield (ending.report["grain"] or {"rule": ""})["rule"]


def test_every_file_has_its_end_here(shared_datasets: Path) -> None:
    """A file that is added to the folder says where it ends."""
    assert {path.name for path in shared_datasets.glob("*.csv")} == set(ENDS)


@pytest.mark.parametrize("name", ENDS)
def test_a_real_file_ends_where_it_should(http: httpx.Client, shared_datasets: Path, name: str) -> None:
    """COMPLETED with a right mapping and the right words, or NEEDS_MAPPING with the right questions."""
    end, ending = ENDS[name], travelled(http, shared_datasets / name)

    assert end.asked <= ending.asked <= end.asked | set(end.told), ending.first["message"]
    assert ("NEEDS_MAPPING" if end.asked else "COMPLETED") == ending.first["status"], ending.first["message"]
    assert ("NEEDS_MAPPING" if end.waits else "COMPLETED") == ending.last["status"], ending.last["message"]
    assert [] == [sentence for sentence in sentences(ending) if CODE_WORDS.search(sentence)]

    taken_for = {column["canonical"]: column["column"] for column in ending.mapping["mappings"] if column["canonical"]}
    assert end.mapped == {canonical: taken_for.get(canonical) for canonical in end.mapped}
    assert set() == end.never & set(taken_for.values())
    assert set() == end.never & {column for one in ending.mapping["derived"] for column in one["columns"]}

    assert name in row_of(name, ending)
    if ending.report:
        _is_scored(http, name, ending, ending.report)


def _is_scored(http: httpx.Client, name: str, ending: Ending, report: dict[str, Any]) -> None:
    """As many customers as are in the file, each once, and a report that says what must be said."""
    end = ENDS[name]
    customers = results(http, ending.prediction_id)["customer_id"].to_pylist()
    assert (end.rows, end.rows) == (len(customers), len(set(customers)))
    rows = report["rows"]
    assert (end.folded, end.left_out) == (rows["folded"], sum(one["count"] for one in rows["left_out"]))
    assert rows["read"] == rows["clean"] + rows["quarantined"] + rows["folded"] + end.left_out
    assert end.grain == (report["grain"] and report["grain"]["row"])
    assert {canonical for canonical in ending.asked if end.told[canonical] is None} == set(report["missing_required"])
    assert [] == [
        (check, words)
        for check, words in end.said.items()
        if words not in ending.failed_checks.get(check, {"message": "(nothing)"})["message"]
    ]
