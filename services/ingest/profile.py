"""What is known of each whole column after one pass, from the distinct values of each batch."""

from collections.abc import Sequence
from typing import cast

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from services.ingest.domain import ColumnProfile, Format, Numbers
from services.ingest.patterns import formats_of, missing
from services.ingest.sketches import DistinctCounter, FrequentValues, hashes

TOP_VALUES = 20
_TOP_VALUES_OF_TABLE = 20_000
"""Top values of all columns together: with _VALUE_BYTES_MAX, what keeps the profile a message of a few MiB."""

_COUNTED_VALUES = 1_000
_COUNTED_VALUES_OF_TABLE = 200_000
"""Values counted for one column and for all together: what bounds memory on wide tables."""

_VALUE_BYTES_MAX = 100
"""Longer values are prose; they are counted as distinct but never among the top values."""


class TableProfiler:
    """Profiles every column of a table, batch by batch."""

    def __init__(self, names: Sequence[str]) -> None:
        capacity = max(TOP_VALUES, min(_COUNTED_VALUES, _COUNTED_VALUES_OF_TABLE // len(names)))
        top = max(1, min(TOP_VALUES, _TOP_VALUES_OF_TABLE // len(names)))
        self._columns = [ColumnProfiler(name, capacity, top) for name in names]
        self._rows = 0

    def add(self, batch: pa.RecordBatch) -> None:
        """Adds a batch whose first columns are those named."""
        self._rows += batch.num_rows
        for place, column in enumerate(self._columns):
            column.add(cast(pa.StringArray, batch.column(place)))

    @property
    def row_count(self) -> int:
        return self._rows

    def columns(self) -> tuple[ColumnProfile, ...]:
        return tuple(column.profile() for column in self._columns)


class ColumnProfiler:
    """Profiles one column of text. Every step works on a batch's distinct values and their counts."""

    def __init__(self, name: str, capacity: int, top: int) -> None:
        self._name = name
        self._top = top
        self._filled = 0
        self._blank = 0
        self._length_max = 0
        self._distinct = DistinctCounter()
        self._frequent = FrequentValues(capacity)
        self._formats: dict[Format, int] = {}
        self._numbers = _NumberSummary()

    def add(self, cells: pa.StringArray) -> None:
        encoded = cells.dictionary_encode()
        values = cast(pa.StringArray, encoded.dictionary)
        counts = np.bincount(encoded.indices.to_numpy(), minlength=len(values))
        self._length_max = max(self._length_max, pc.max(pc.utf8_length(values)).as_py())
        trimmed = pc.utf8_trim_whitespace(values)
        blank = missing(trimmed)
        if blank.any():
            self._blank += int(counts[blank].sum())
            filled = pa.array(~blank)
            values, trimmed, counts = values.filter(filled), trimmed.filter(filled), counts[~blank]
        if len(values):
            self._add_filled(values, trimmed, counts)

    def _add_filled(self, values: pa.StringArray, trimmed: pa.StringArray, counts: NDArray[np.int64]) -> None:
        self._filled += int(counts.sum())
        self._distinct.add(hashes(values))
        long = pc.binary_length(values).to_numpy() > _VALUE_BYTES_MAX
        if long.any():
            self._frequent.add(values.filter(pa.array(~long)), counts[~long])
        else:
            self._frequent.add(values, counts)
        fits = formats_of(trimmed)
        for name, fitting in fits.items():
            self._formats[name] = self._formats.get(name, 0) + int(counts[fitting].sum())
        if Format.DECIMAL in fits:
            decimal = fits[Format.DECIMAL]
            self._numbers.add(trimmed.filter(pa.array(decimal)).cast(pa.float64()).to_numpy(), counts[decimal])

    def profile(self) -> ColumnProfile:
        return ColumnProfile(
            name=self._name,
            filled=self._filled,
            blank=self._blank,
            # No estimate may exceed what there is to count.
            distinct=min(self._distinct.count(), self._filled),
            distinct_exact=self._distinct.exact,
            top_values=self._frequent.top(self._top),
            formats={name: self._formats[name] for name in Format if name in self._formats},
            numbers=self._numbers.summary(),
            length_max=self._length_max,
        )


class _NumberSummary:
    """Least, greatest and mean number, of those that are finite."""

    def __init__(self) -> None:
        self._minimum = np.inf
        self._maximum = -np.inf
        self._mean = 0.0
        self._count = 0

    def add(self, numbers: NDArray[np.float64], counts: NDArray[np.int64]) -> None:
        finite = np.isfinite(numbers)
        numbers, counts = numbers[finite], counts[finite]
        if not len(numbers):
            return
        self._minimum = min(self._minimum, float(numbers.min()))
        self._maximum = max(self._maximum, float(numbers.max()))
        added = int(counts.sum())
        self._count += added
        share = added / self._count
        # Weights before sums: nothing overflows where the numbers themselves are finite.
        self._mean = self._mean * (1 - share) + float((numbers * (counts / added)).sum()) * share

    def summary(self) -> Numbers | None:
        return Numbers(self._minimum, self._maximum, self._mean) if self._count else None
