"""What is known of each whole column after one pass, from the distinct values of each batch."""

from collections.abc import Sequence
from copy import copy
from typing import cast

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from services.ingest.amounts import currencies_of
from services.ingest.dates import iso_text
from services.ingest.domain import ColumnProfile, Format
from services.ingest.few import FewValues
from services.ingest.readings import Readings, readings_of
from services.ingest.sketches import DistinctCounter, FrequentValues, hashes
from services.ingest.summaries import DateSummary, NumberSummary, Order

TOP_VALUES = 20
_TOP_VALUES_OF_TABLE = 20_000
"""Top values of all columns together: with _VALUE_BYTES_MAX, what keeps the profile a message of a few MiB."""

_COUNTED_VALUES = 1_000
_COUNTED_VALUES_OF_TABLE = 200_000
"""Values counted for one column and for all together: what bounds memory on wide tables."""

_VALUE_BYTES_MAX = 100
"""Longer values are prose; they are counted as distinct but never among the top values."""

_CURRENCIES_MAX = 5


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
    """Profiles one column of text, from the distinct values of each batch; few values are read once for the file."""

    def __init__(self, name: str, capacity: int, top: int) -> None:
        self._name = name
        self._capacity = capacity
        self._top = top
        self._few: FewValues | None = FewValues(capacity, capacity * _VALUE_BYTES_MAX)
        self._few_readings: Readings | None = None
        self._summary = ColumnSummary(capacity)
        self._order = Order()

    def add(self, cells: pa.StringArray) -> None:
        encoded = cells.dictionary_encode()
        values = cast(pa.StringArray, encoded.dictionary)
        rows = encoded.indices.to_numpy()
        counts = np.bincount(rows, minlength=len(values))
        if self._few is not None:
            places = self._few.add(values, counts)
            if places is not None:
                if not self._order.settled:
                    self._add_order(places[rows], self._read(self._few))
                return
            self._summary.add(self._read(self._few), self._few.counts)
            self._few = self._few_readings = None
        readings = readings_of(values)
        self._summary.add(readings, counts)
        self._add_order(rows, readings)

    def _read(self, few: FewValues) -> Readings:
        if self._few_readings is None or len(self._few_readings.blank) < len(few.values):
            self._few_readings = readings_of(few.values)
        return self._few_readings

    def _add_order(self, rows: NDArray[np.int64], readings: Readings) -> None:
        if not self._order.settled:
            amounts, dates = readings.amounts, readings.dates
            numbers, days = None if amounts is None else amounts.sure, None if dates is None else dates.sure
            self._order.add(readings.filled(rows), readings.texts.values, numbers, days)

    def profile(self) -> ColumnProfile:
        """What is known so far; the column can go on."""
        summary = self._summary
        if self._few is not None:
            summary = ColumnSummary(self._capacity)
            summary.add(self._read(self._few), self._few.counts)
        return summary.profile(self._name, self._top, self._order.ascending)


class ColumnSummary:
    """What the distinct values of one column say together with their counts, a part of them after the other."""

    def __init__(self, capacity: int) -> None:
        self._filled = 0
        self._blank = 0
        self._length_max = 0
        self._distinct = DistinctCounter()
        self._frequent = FrequentValues(capacity)
        self._formats: dict[Format, int] = {}
        self._numbers, self._as_point, self._as_comma = (NumberSummary(2 * capacity) for _ in range(3))
        self._dates, self._day_first, self._month_first = (DateSummary() for _ in range(3))
        self._currencies: dict[str, int] = {}

    def add(self, readings: Readings, counts: NDArray[np.int64]) -> None:
        """Adds values with the counts of all of them, the blank ones too."""
        self._length_max = max(self._length_max, readings.length_max)
        blank = readings.blank
        if blank.any():
            self._blank += int(counts[blank].sum())
            counts = counts[~blank]
        if len(counts):
            self._add_values(readings.values, counts)
            self._add_readings(readings, counts)

    def _add_values(self, values: pa.StringArray, counts: NDArray[np.int64]) -> None:
        self._filled += int(counts.sum())
        self._distinct.add(hashes(values))
        long = pc.binary_length(values).to_numpy() > _VALUE_BYTES_MAX
        if long.any():
            self._frequent.add(values.filter(pa.array(~long)), counts[~long])
        else:
            self._frequent.add(values, counts)

    def _add_readings(self, readings: Readings, counts: NDArray[np.int64]) -> None:
        fits, amounts, dates = readings.formats, readings.amounts, readings.dates
        for name, fitting in fits.items():
            self._formats[name] = self._formats.get(name, 0) + int(counts[fitting].sum())
        if amounts is not None:
            self._numbers.add(amounts.sure, counts)
            if amounts.as_point is not None and amounts.as_comma is not None:
                self._as_point.add(amounts.as_point, counts)
                self._as_comma.add(amounts.as_comma, counts)
        if dates is not None:
            self._dates.add(dates.sure)
            self._day_first.add(dates.day_first)
            self._month_first.add(dates.month_first)
        if Format.CURRENCY in fits:
            bearing = fits[Format.CURRENCY]
            shapes, of = readings.texts.shapes, readings.texts.of[bearing]
            cells = np.bincount(of, counts[bearing], minlength=len(shapes)).astype(np.int64)
            for mark, count in currencies_of(shapes, cells).items():
                self._currencies[mark] = self._currencies.get(mark, 0) + count

    def profile(self, name: str, top: int, ascending: bool) -> ColumnProfile:
        """What is known so far; more can be added."""
        dates = self._proven_dates()
        marks = sorted(self._currencies.items(), key=lambda entry: (-entry[1], entry[0]))
        return ColumnProfile(
            name=name,
            filled=self._filled,
            blank=self._blank,
            # No estimate may exceed what there is to count.
            distinct=min(self._distinct.count(), self._filled),
            distinct_exact=self._distinct.exact,
            top_values=self._frequent.top(top),
            formats={name: self._formats[name] for name in Format if name in self._formats},
            numbers=self._proven_numbers().summary(),
            length_max=self._length_max,
            date_min=iso_text(dates.first) if dates.first else "",
            date_max=iso_text(dates.last) if dates.last else "",
            ascending=ascending,
            currencies=tuple(mark for mark, _ in marks[:_CURRENCIES_MAX]),
        )

    def _proves(self, one: Format, other: Format) -> bool:
        return one in self._formats and other not in self._formats

    def _proven_numbers(self) -> NumberSummary:
        """The numbers with one reading, and the others where the whole column proves one family of marks."""
        numbers = copy(self._numbers)
        if self._proves(Format.DECIMAL_POINT, Format.DECIMAL_COMMA):
            numbers.join(self._as_point)
        elif self._proves(Format.DECIMAL_COMMA, Format.DECIMAL_POINT):
            numbers.join(self._as_comma)
        return numbers

    def _proven_dates(self) -> DateSummary:
        """The same for dates and the order of day and month."""
        dates = copy(self._dates)
        if self._proves(Format.DATE_DAY_FIRST, Format.DATE_MONTH_FIRST):
            dates.join(self._day_first)
        elif self._proves(Format.DATE_MONTH_FIRST, Format.DATE_DAY_FIRST):
            dates.join(self._month_first)
        return dates
