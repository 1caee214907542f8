"""Text of complete rows into Arrow columns of text, by pyarrow's CSV reader."""

import io
from collections.abc import Sequence
from typing import cast

import pyarrow as pa
from pyarrow import csv

from libs.errors import Internal
from services.ingest.domain import Dialect
from services.ingest.lexing import Lexed


class RowReader:
    """Reads blocks of rows that all have one field for each of `names`; cells stay as written."""

    def __init__(self, names: list[str], dialect: Dialect) -> None:
        self._names = names
        self._parse = csv.ParseOptions(
            delimiter=dialect.delimiter,
            quote_char=dialect.quote or False,
            double_quote=True,
            newlines_in_values=True,
            ignore_empty_lines=True,
        )
        self._convert = csv.ConvertOptions(
            column_types=dict.fromkeys(names, pa.string()), check_utf8=False, strings_can_be_null=False
        )

    def table(self, text: bytes, rows: int) -> pa.Table:
        """The `rows` rows of `text` (UTF-8)."""
        # pyarrow takes U+FEFF at the start of its input for a byte order mark; after an empty line it is a cell's.
        text = b"\n" + text if text.startswith(b"\xef\xbb\xbf") else text
        read = csv.ReadOptions(column_names=self._names, block_size=len(text) + 1, use_threads=False)
        table = csv.read_csv(io.BytesIO(text), read, self._parse, self._convert)
        if table.num_rows != rows:
            # The cutting of rows and pyarrow's reading follow the same rules; a table that says otherwise is not given.
            raise Internal(f"{table.num_rows:,} rows were read where {rows:,} were found")
        return table


def cells(rows: Lexed, row: int, dialect: Dialect) -> list[str]:
    """The cells of one row."""
    return [column[0] for column in cells_by_column(rows, [row], int(rows.fields[row]), dialect)]


def cells_by_column(rows: Lexed, chosen: Sequence[int], width: int, dialect: Dialect) -> list[list[str]]:
    """The cells of the chosen rows, none of them an empty line, all `width` fields wide; a list for each column."""
    if not chosen:
        return [[] for _ in range(width)]
    text = b"".join(rows.text_of(row) + b"\n" for row in chosen)
    table = RowReader([str(place) for place in range(width)], dialect).table(text, len(chosen))
    return [cast(list[str], column.to_pylist()) for column in table.columns]
