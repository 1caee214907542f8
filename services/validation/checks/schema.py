"""Layer 1: which canonical columns are there, and bringing them to their canonical types."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from libs.tables.columns import COLUMNS, REASON, SOURCE_ROW, UNCONVERTED, Column, Kind, by_name
from services.validation.checks.row import Block, Cells, Flags
from services.validation.domain import (
    FREE,
    OPTIONAL_WEIGHT,
    Finding,
    Layer,
    Options,
    Severity,
    UncheckableTable,
    UnfitBatch,
    cost,
)


@dataclass(frozen=True)
class Shape:
    """What a table of the options' schema looks like once it is canonical.

    columns: the canonical columns present, in the order of columns.py.
    misfits: names of those whose type cannot be read as the canonical one; their cells are dropped.
    """

    options: Options
    clean_schema: pa.Schema
    columns: tuple[Column, ...]
    misfits: tuple[str, ...]

    @property
    def quarantined_schema(self) -> pa.Schema:
        return self.clean_schema.append(pa.field(REASON, pa.string()))

    def checked(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        """The batch as it is. Raises UnfitBatch for another schema than the options', or rows without a number."""
        if not batch.schema.equals(self.options.schema):
            raise UnfitBatch("a batch has other columns or types than the options' schema; send one table a stream")
        if batch.column(SOURCE_ROW).null_count:
            raise UnfitBatch(f"some rows have no {SOURCE_ROW}; number all of them, from 1")
        return batch

    def block(self, batch: pa.RecordBatch) -> Block:
        """The rows of a checked batch in the clean schema."""
        arrays = [
            pa.nulls(batch.num_rows, wanted.type)
            if wanted.name in self.misfits
            else _converted(batch.column(wanted.name), wanted.type)
            for wanted in self.clean_schema
        ]
        rows = pa.RecordBatch.from_arrays(arrays, schema=self.clean_schema)
        known = {column.name for column in self.columns}
        if UNCONVERTED not in batch.schema.names:
            return Block(rows)
        return Block(rows, _unconverted(batch.column(UNCONVERTED), known))


def shape(options: Options) -> Shape:
    """The shape of a table of `options.schema`.

    Raises UncheckableTable when there is no customer_id or source_row, a name occurs twice, or a
    name is one that validation adds.
    """
    schema, known = options.schema, by_name(options.industry)
    _refuse_uncheckable(schema)
    fields, misfits = [], []
    for given in schema:
        if given.name == UNCONVERTED:
            continue
        column = known.get(given.name)
        fields.append(pa.field(given.name, _wanted(given, column)))
        if column is not None and not _readable(given.type, column.kind):
            misfits.append(given.name)
    present = tuple(column for column in COLUMNS[options.industry] if column.name in schema.names)
    return Shape(options, pa.schema(fields), present, tuple(misfits))


def findings(table: Shape, row_count: int) -> list[Finding]:
    """One finding for each required column, one for each misfit type, one for absent optional columns together."""
    return [
        *(_presence(column, table, row_count) for column in COLUMNS[table.options.industry] if column.required),
        *(_misfit(column, row_count) for column in table.columns if column.name in table.misfits),
        _optional(table, row_count),
    ]


def _refuse_uncheckable(schema: pa.Schema) -> None:
    names = schema.names
    if doubled := sorted({name for name in names if names.count(name) > 1}):
        raise UncheckableTable(f"the table names {_listed(doubled)} twice; each column needs a name of its own")
    if "customer_id" not in names:
        raise UncheckableTable(
            "the table has no customer_id column; map the column that tells one customer from another to customer_id"
        )
    if SOURCE_ROW not in names or not pa.types.is_integer(schema.field(SOURCE_ROW).type):
        raise UncheckableTable(f"the table has no whole-number column {SOURCE_ROW}; number its rows from 1")
    if REASON in names:
        raise UncheckableTable(f"the table has a column {REASON}, which validation adds to rows set aside; rename it")
    if UNCONVERTED in names and schema.field(UNCONVERTED).type != pa.list_(pa.string()):
        raise UncheckableTable(f"the column {UNCONVERTED} is {schema.field(UNCONVERTED).type}, not list<string>")


def _wanted(given: "pa.Field[Any]", column: Column | None) -> pa.DataType:
    if given.name == SOURCE_ROW:
        return pa.int64()
    return given.type if column is None else column.arrow_type


def _readable(given: pa.DataType, kind: Kind) -> bool:
    """Whether every cell of type `given` means one cell of the kind."""
    if isinstance(given, pa.DictionaryType):
        given = given.value_type
    if pa.types.is_null(given):
        return True
    text = pa.types.is_string(given) or pa.types.is_large_string(given) or pa.types.is_string_view(given)
    match kind:
        case Kind.NUMBER:
            return pa.types.is_integer(given) or pa.types.is_floating(given) or pa.types.is_decimal(given)
        case Kind.FLAG:
            return pa.types.is_boolean(given)
        case Kind.DATE:
            return pa.types.is_date(given) or pa.types.is_timestamp(given)
        case Kind.TEXT:
            # Numbered customers are common in tables that did not come from text.
            return text or pa.types.is_integer(given)
        case Kind.CATEGORY:
            return text


def _converted(array: Cells, wanted: pa.DataType) -> Cells:
    if isinstance(array, pa.DictionaryArray):
        array = array.dictionary_decode()
    if array.type != wanted:
        # Not safe, in Arrow's word: a timestamp may lose its time, a large count its last digits.
        array = pc.cast(array, wanted, safe=False)
    if pa.types.is_floating(wanted) and array.type == pa.float64():
        not_numbers = pc.is_nan(array)
        if pc.any(not_numbers).as_py():
            # pandas writes a missing number as NaN; here a missing cell is null.
            array = pc.if_else(not_numbers, pa.scalar(None, wanted), array)
    return array


def _unconverted(lists: Cells, known: set[str]) -> dict[str, Flags]:
    """Which rows name each column of `known` in their list."""
    names = pc.list_flatten(lists)
    if len(names) == 0:
        return {}
    rows = pc.list_parent_indices(lists).to_numpy()
    encoded = names.dictionary_encode()
    codes = encoded.indices.fill_null(-1).to_numpy()
    flags = {}
    for code, name in enumerate(encoded.dictionary.to_pylist()):
        if name in known:
            flags[name] = np.zeros(len(lists), dtype=np.bool_)
            flags[name][rows[codes == code]] = True
    return flags


def _presence(column: Column, table: Shape, row_count: int) -> Finding:
    name = column.name
    present, waived = name in table.options.schema.names, name in table.options.waived
    severity = Severity.WARNING if waived and not present else Severity.FATAL
    if present:
        message, advice = f"the required column {name} is there.", ""
    elif waived:
        message = f"{name} ({column.meaning}) is not in this file, as you said; predictions are made without it."
        advice = f"Add a column for {name}: {column.meaning}."
    else:
        message = f"the required column {name} ({column.meaning}) is missing."
        advice = f"Map a column to {name}, or say that it is not in this file."
    return _whole(f"schema.{name}", severity, present, row_count, message, advice, (name,), weight=1.0)


def _misfit(column: Column, row_count: int) -> Finding:
    name = column.name
    severity = Severity.FATAL if column.required else Severity.WARNING
    message = f"{name} comes as a type that cannot be read as {column.kind}; its cells are treated as missing."
    advice = f"Send {name} as {column.arrow_type}."
    weight = 1.0 if column.required else OPTIONAL_WEIGHT
    return _whole(f"schema.type.{name}", severity, False, row_count, message, advice, (name,), weight)


def _optional(table: Shape, row_count: int) -> Finding:
    optional = [c for c in COLUMNS[table.options.industry] if c.feature and not c.required]
    absent = tuple(c.name for c in optional if c not in table.columns)
    if absent:
        message = f"{len(absent)} of {len(optional)} optional columns are not in this file: {_listed(absent)}."
        advice = f"Add what you have of {_listed(absent)}: each is one more thing a prediction can build on."
    else:
        message, advice = f"all {len(optional)} optional columns are there.", ""
    # An absent column costs as much as an optional one without a single cell, see readiness.
    return _whole("schema.optional", Severity.INFO, not absent, row_count, message, advice, absent, len(absent))


def _whole(
    id: str,
    severity: Severity,
    passed: bool,
    row_count: int,
    message: str,
    advice: str,
    columns: tuple[str, ...],
    weight: float,
) -> Finding:
    """A finding on the whole table: it concerns every row, or none."""
    return Finding(
        id=id,
        layer=Layer.SCHEMA,
        severity=severity,
        passed=passed,
        count=0 if passed else row_count,
        share=0.0 if passed else 1.0,
        message=message,
        advice=advice,
        cost=FREE if passed else cost(severity, 1.0, weight),
        columns=columns,
    )


def _listed(names: list[str] | tuple[str, ...]) -> str:
    return ", ".join(names)
