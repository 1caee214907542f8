"""Tables and profiles made by hand, as ingest would give them."""

import csv
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest

from services.mapping.asking import Suggestion, SuggestOptions
from services.mapping.profiles import ColumnProfile, Format, Profile
from services.mapping.stage import suggest

DATASETS = Path(__file__).parents[3] / "../shared/data/datasets"
TODAY = date(2026, 5, 31)
BLANKS = {"", "na", "n/a", "null", "nan", "-", "none"}
PATTERNS = {
    Format.INTEGER: r"[+-]?\d+",
    Format.DECIMAL: r"[+-]?(\d+\.?\d*|\.\d+)",
    Format.BOOLEAN: r"yes|no|true|false|0|1|y|n",
    Format.DATE_ISO: r"\d{4}-\d\d-\d\d.*",
    Format.DATE_OTHER: r"\d{1,2}[/.]\d{1,2}[/.]\d{2,4}",
    Format.EMAIL: r"[^@\s]+@[^@\s]+",
    Format.FORMATTED_NUMBER: r"[$€£]?\d[\d,]*(\.\d+)?%?(?<!\d)|[$€£][\d,]+(\.\d+)?|\d{1,3}(,\d{3})+(\.\d+)?",
}

Columns = Mapping[str, Sequence[str]]


def column_profile(name: str, cells: Sequence[str]) -> ColumnProfile:
    """The profile of one column, counted cell by cell."""
    filled = [cell.strip() for cell in cells if cell.strip().lower() not in BLANKS]
    counts = Counter(filled)
    formats = {
        each: sum(count for cell, count in counts.items() if re.fullmatch(pattern, cell, re.IGNORECASE))
        for each, pattern in PATTERNS.items()
    }
    numbers = [float(cell) for cell in filled if re.fullmatch(PATTERNS[Format.DECIMAL], cell)]
    return ColumnProfile(
        name,
        filled=len(filled),
        blank=len(cells) - len(filled),
        distinct=len(counts),
        top_values=tuple(counts.most_common(20)),
        formats=formats,
        number_min=min(numbers, default=None),
        number_max=max(numbers, default=None),
        number_mean=sum(numbers) / len(numbers) if numbers else None,
    )


def profile(columns: Columns) -> Profile:
    """The profile of columns of text."""
    return Profile(len(next(iter(columns.values()))), tuple(column_profile(*item) for item in columns.items()))


def batch(columns: Columns) -> pa.RecordBatch:
    """The columns as one batch, `source_row` last."""
    rows = len(next(iter(columns.values())))
    arrays = {name: pa.array(list(cells), pa.string()) for name, cells in columns.items()}
    return pa.record_batch(arrays | {"source_row": pa.array(range(1, rows + 1), pa.int64())})


@pytest.fixture(scope="session")
def as_profile() -> Callable[[Columns], Profile]:
    """Columns of text to their profile."""
    return profile


@pytest.fixture(scope="session")
def as_batch() -> Callable[[Columns], pa.RecordBatch]:
    """Columns of text to a batch with `source_row` last."""
    return batch


@pytest.fixture(scope="session")
def today() -> date:
    """The snapshot date of every suggestion here."""
    return TODAY


@pytest.fixture(scope="session")
def suggested() -> Callable[..., Suggestion]:
    """Columns of text to the stage's suggestion; more arguments are fields of SuggestOptions."""

    def of(columns: Columns, **options: object) -> Suggestion:
        return suggest(profile(columns), batch(columns), SuggestOptions(TODAY, **options))

    return of


@pytest.fixture(scope="session")
def headers_mapped() -> Callable[..., dict[str, str]]:
    """Header names alone to what they are mapped to, unmapped ones left out."""

    def of(*headers: str, **options: object) -> dict[str, str]:
        known = Profile(0, tuple(ColumnProfile(header) for header in headers))
        plan = suggest(known, None, SuggestOptions(TODAY, **options)).plan
        return {mapping.column: mapping.canonical for mapping in plan.mappings if mapping.canonical}

    return of


@pytest.fixture(scope="session")
def dataset() -> Callable[[str], dict[str, list[str]]]:
    """A shared data file as columns of text; skips where the files are absent."""

    def read(name: str) -> dict[str, list[str]]:
        path = DATASETS / name
        if not path.exists():
            pytest.skip(f"the shared data file {name} is not here")
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.reader(file))
        return {header: [row[place] for row in rows[1:]] for place, header in enumerate(rows[0])}

    return read
