"""The ingest stage: file bytes in, lossless batches out, and the profile of whole columns at the end."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain
from typing import TypeVar

import pyarrow as pa

from libs.errors import Internal
from services.ingest.batches import fixed_batches, schema_of
from services.ingest.cells import RowReader, cells
from services.ingest.containers import source_of
from services.ingest.decoding import DAMAGED_CONFIDENCE, decoded, encoding_of
from services.ingest.dialect import HEAD_BYTES, dialect_of, layout_of
from services.ingest.domain import (
    Dialect,
    EmptyTable,
    Layout,
    Limits,
    NoRows,
    Options,
    Profile,
    TextFormat,
    TooManyColumns,
)
from services.ingest.escapes import escaped, unescaped
from services.ingest.footers import without_footers
from services.ingest.formats import refuse_binary, refuse_markup, refuse_other_formats
from services.ingest.header import column_names
from services.ingest.profile import TableProfiler
from services.ingest.repairs import Code, Repairs
from services.ingest.rows import RowBlock, mended, row_blocks, split_at_row

T = TypeVar("T")


class ParsedTable:
    """A table that is read while its batches are taken; they can be taken once, and hold `rows_max` rows at most.

    schema: every column of the file as text, then `source_row` (int64).
    """

    def __init__(
        self,
        schema: pa.Schema,
        batches: Iterator[pa.RecordBatch],
        form: TextFormat,
        repairs: Repairs,
        rows_max: int | None = None,
    ) -> None:
        self.schema = schema
        self._batches = batches
        self._format = form
        self._repairs = repairs
        self._profiler = TableProfiler(schema.names[:-1])
        self._rows_max = rows_max
        self._done = False

    def __iter__(self) -> Iterator[pa.RecordBatch]:
        for batch in self._batches:
            given = self._profiler.row_count
            self._profiler.add(batch)
            if self._rows_max is None:
                yield batch
            elif given < self._rows_max:
                yield batch.slice(0, self._rows_max - given)
        self._done = True

    @property
    def profile(self) -> Profile:
        """What is known of the table once every batch was taken. Raises Internal before."""
        if not self._done:
            raise Internal("the profile of a table is known only after its last batch")
        form = self._format
        if self._repairs.count(Code.UNDECODABLE_BYTES):
            form = replace(form, encoding_confidence=min(form.encoding_confidence, DAMAGED_CONFIDENCE))
        return Profile(self._profiler.row_count, self._profiler.columns(), form, self._repairs.told())


def parse(chunks: Iterable[bytes], options: Options, limits: Limits) -> ParsedTable:
    """Reads the file whose bytes are `chunks`, however they were cut.

    Reads until the first rows before it returns and the rest while batches are taken, at most a few MiB ahead.
    Raises the errors of `domain`, here or while batches are taken.
    """
    repairs = Repairs()
    source = source_of(chunks, options, limits, repairs)
    head, blocks = _peeked(source.blocks)
    if not head:
        raise EmptyTable("the file is empty; upload a CSV file with a header and a row for each customer")
    options = source.options
    refuse_other_formats(head)
    encoding = encoding_of(head, options.encoding)
    if not encoding.wide:
        refuse_binary(head)
    first_text, text = _peeked(decoded(blocks, encoding, repairs, options.head_only))
    first_text = first_text or b""
    refuse_markup(first_text)
    dialect = dialect_of(first_text, options)
    if source.container == "delimited" and escaped(first_text[:HEAD_BYTES], dialect):
        repairs.add(Code.ESCAPED_QUOTES, 1)
        first_text, text = _peeked(unescaped(text))
        first_text = first_text or b""
    layout = layout_of(first_text, dialect, options.has_header)
    rows = row_blocks(text, dialect, limits, repairs, options.head_only)
    names, header_line, body = _columns(rows, dialect, layout, limits, repairs)
    body = without_footers(body, len(names), dialect, repairs)
    first_table, tables = _peeked(_tables(body, names, dialect, repairs))
    if first_table is None:
        raise NoRows("the file has a header and no rows below it; upload a file with a row for each customer")
    form = TextFormat("", "", "", header_line, source.compression, 100.0, source.container)
    if source.container == "delimited":
        sure = round(encoding.confidence, 1)
        form = TextFormat(encoding.name, dialect.delimiter, dialect.quote, header_line, source.compression, sure)
    schema = schema_of(names)
    return ParsedTable(schema, fixed_batches(tables, schema), form, repairs, options.rows_max)


def _columns(
    blocks: Iterator[RowBlock], dialect: Dialect, layout: Layout, limits: Limits, repairs: Repairs
) -> tuple[list[str], int, Iterator[RowBlock]]:
    """The columns' names, the line of the header (0 where there is none), and the rows below it.

    Raises EmptyTable and TooManyColumns.
    """
    top, rest = split_at_row(blocks, layout.rows_before + 1, repairs)
    if len(top) <= layout.rows_before:
        raise EmptyTable("the file holds nothing but blank lines; upload a CSV file with a row for each customer")
    preamble = [block.line_of(int(block.rows.starts[row])) for block, row in top[:-1]]
    repairs.add(Code.PREAMBLE_LINES, len(preamble), preamble)
    block, row = top[-1]
    line = block.line_of(int(block.rows.starts[row]))
    width = max(layout.width, int(block.rows.fields[row]))
    if width > limits.columns_max:
        raise TooManyColumns(
            f"the file has {width:,} columns; at most {limits.columns_max:,} can be read, so leave out what does not "
            "describe a customer"
        )
    header = cells(block.rows, row, dialect) if layout.has_header else None
    names = column_names(header, width, layout.row_names, line, repairs)
    body = replace(block, rows=block.rows.rows_from(row + layout.has_header))
    return names, line if layout.has_header else 0, chain([body], rest)


def _tables(blocks: Iterable[RowBlock], names: list[str], dialect: Dialect, repairs: Repairs) -> Iterator[pa.Table]:
    reader = RowReader(names, dialect)
    for block in blocks:
        text, rows = mended(block, len(names), dialect, repairs)
        if rows:
            yield reader.table(text, rows)


def _peeked(items: Iterator[T]) -> tuple[T | None, Iterator[T]]:
    """The first item, None where there is none, and all of them."""
    first = next(items, None)
    return first, items if first is None else chain([first], items)
