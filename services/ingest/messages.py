"""Protobuf to domain and back, nothing else."""

from collections.abc import Iterator

from libs.contracts.ingest.v1 import ingest_pb2 as pb
from libs.contracts.table.v1 import table_pb2
from libs.tables import wire
from services.ingest.domain import ColumnProfile, Limits, MalformedStream, Options, Profile, Repair, TextFormat
from services.ingest.settings import Settings
from services.ingest.stage import ParsedTable


def options(requests: Iterator[pb.ParseRequest]) -> Options:
    """The options, from the first message. Raises MalformedStream."""
    first = next(requests, None)
    if first is None or first.WhichOneof("part") != "options":
        raise MalformedStream("the first message holds no options; send options, empty ones too, before any bytes")
    message = first.options
    return Options(
        encoding=message.encoding if message.HasField("encoding") else None,
        delimiter=message.delimiter if message.HasField("delimiter") else None,
        has_header=message.has_header if message.HasField("has_header") else None,
        head_only=message.head_only,
        rows_max=message.rows_max if message.HasField("rows_max") else None,
    )


def chunks(requests: Iterator[pb.ParseRequest]) -> Iterator[bytes]:
    """The bytes of the messages after the first. Raises MalformedStream."""
    for request in requests:
        if request.WhichOneof("part") != "chunk":
            raise MalformedStream("a message after the first holds no bytes; options come once")
        yield request.chunk


def limits(settings: Settings) -> Limits:
    """The limits that the settings state."""
    return Limits(
        columns_max=settings.columns_max,
        line_bytes_max=settings.line_bytes_max,
        unpacked_bytes_max=settings.unpacked_bytes_max,
        gzip_ratio_max=settings.gzip_ratio_max,
        gzip_ratio_from_bytes=settings.gzip_ratio_from_bytes,
        spool_bytes_max=settings.spool_bytes_max,
        workbook_bytes_max=settings.workbook_bytes_max,
        workbook_cells_max=settings.workbook_cells_max,
        row_group_bytes_max=settings.row_group_bytes_max,
    )


def responses(table: ParsedTable) -> Iterator[pb.ParseResponse]:
    """The whole answer: schema, batches as they come, profile. Raises what reading raises."""
    yield pb.ParseResponse(schema=wire.pack_schema(table.schema))
    for batch in wire.pack_batches(table):
        yield pb.ParseResponse(batch=batch)
    yield pb.ParseResponse(profile=_profile(table.profile))


def _profile(profile: Profile) -> table_pb2.Profile:
    return table_pb2.Profile(
        row_count=profile.row_count,
        columns=[_column(column) for column in profile.columns],
        text_format=_text_format(profile.text_format),
        repairs=[_repair(repair) for repair in profile.repairs],
    )


def _column(column: ColumnProfile) -> table_pb2.ColumnProfile:
    message = table_pb2.ColumnProfile(
        name=column.name,
        filled_count=column.filled,
        blank_count=column.blank,
        distinct_count=column.distinct,
        distinct_exact=column.distinct_exact,
        top_values=[table_pb2.ValueCount(value=value, count=count) for value, count in column.top_values],
        formats=[
            table_pb2.FormatCount(format=table_pb2.Format.Value(f"FORMAT_{format.name}"), count=count)
            for format, count in column.formats.items()
        ],
        length_max=column.length_max,
        date_min=column.date_min,
        date_max=column.date_max,
        ascending=column.ascending,
        currencies=column.currencies,
    )
    if column.numbers is not None:
        message.number_min = column.numbers.minimum
        message.number_max = column.numbers.maximum
        message.number_mean = column.numbers.mean
        message.number_quantiles.extend(column.numbers.quantiles)
        message.whole_share = column.numbers.whole_share
    return message


def _text_format(form: TextFormat) -> table_pb2.TextFormat:
    return table_pb2.TextFormat(
        encoding=form.encoding,
        delimiter=form.delimiter,
        quote=form.quote,
        header_line=form.header_line,
        compression=form.compression,
        encoding_confidence=form.encoding_confidence,
        container=form.container,
    )


def _repair(repair: Repair) -> table_pb2.Repair:
    return table_pb2.Repair(code=repair.code, message=repair.message, count=repair.count, lines=repair.lines)
