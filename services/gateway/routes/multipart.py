"""multipart/form-data (RFC 7578) as it streams: one file part, handed on piece by piece, and small text fields."""

from collections.abc import Callable

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header

from libs.errors import InvalidInput, TooLarge

FIELD_BYTES_MAX = 64 << 10
FIELDS_MAX = 20
FILE_PART = "file"


class MalformedForm(InvalidInput):
    """Not the form that it should be."""


class MultipartFile:
    """Feeds on a body; `filename` and `fields` stand when it is finished.

    take: called with each piece of the part `file`. Raises MalformedForm, TooLarge, and what `take` raises.
    """

    def __init__(self, content_type: str, take: Callable[[bytes], None]) -> None:
        self.filename: str | None = None
        self.fields: dict[str, str] = {}
        self._take = take
        self._files = 0
        self._ended = False
        self._header: tuple[bytearray, bytearray] = (bytearray(), bytearray())
        self._disposition = b""
        self._name = ""
        self._value: bytearray | None = None
        boundary = parse_options_header(content_type)[1].get(b"boundary", b"")
        if not boundary:
            raise MalformedForm("the form's Content-Type names no boundary")
        try:
            self._parser = MultipartParser(
                boundary,
                {
                    "on_part_begin": self._begin_part,
                    "on_header_field": lambda data, start, end: self._header[0].extend(data[start:end]),
                    "on_header_value": lambda data, start, end: self._header[1].extend(data[start:end]),
                    "on_header_end": self._end_header,
                    "on_headers_finished": self._begin_data,
                    "on_part_data": self._data,
                    "on_part_end": self._end_part,
                    "on_end": self._end,
                },
            )
        except FormParserError as error:
            raise MalformedForm("the form's boundary is too long") from error

    def feed(self, chunk: bytes) -> None:
        try:
            self._parser.write(chunk)
        except FormParserError as error:
            raise MalformedForm("the form is not multipart/form-data as RFC 7578 has it") from error

    def finish(self) -> None:
        """Says that the body ended. Raises MalformedForm when the form did not, or held no file."""
        if not self._ended:
            raise MalformedForm("the form breaks off before its last boundary")
        if self._files == 0:
            raise MalformedForm(f"the form has no part named {FILE_PART!r}")

    def _begin_part(self) -> None:
        self._disposition, self._name, self._value = b"", "", None

    def _end_header(self) -> None:
        name, value = self._header
        if bytes(name).lower() == b"content-disposition":
            self._disposition = bytes(value)
        self._header = (bytearray(), bytearray())

    def _begin_data(self) -> None:
        options = parse_options_header(self._disposition)[1]
        self._name = _text(options.get(b"name", b""))
        if self._name == FILE_PART:
            self._files += 1
            if self._files > 1:
                raise MalformedForm(f"the form has several parts named {FILE_PART!r}; send one file at a time")
            self.filename = _text(options[b"filename"]) if options.get(b"filename") else None
            return
        if b"filename" in options:
            raise MalformedForm(f"the form's file must be in the part named {FILE_PART!r}")
        if self._name in self.fields or len(self.fields) >= FIELDS_MAX:
            raise MalformedForm(f"the form has a field twice, or more than {FIELDS_MAX} fields")
        self._value = bytearray()

    def _data(self, data: bytes, start: int, end: int) -> None:
        if self._value is None:
            self._take(data[start:end])
            return
        self._value += data[start:end]
        if len(self._value) > FIELD_BYTES_MAX:
            raise TooLarge(f"a field of the form is longer than {FIELD_BYTES_MAX:,} bytes")

    def _end_part(self) -> None:
        if self._value is not None:
            self.fields[self._name] = _text(bytes(self._value))

    def _end(self) -> None:
        self._ended = True


def _text(data: bytes) -> str:
    """UTF-8, as browsers send it; anything else byte for byte, so that no name is refused."""
    try:
        return data.decode()
    except UnicodeDecodeError:
        return data.decode("latin-1")
