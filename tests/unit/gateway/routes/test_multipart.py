"""multipart/form-data as it streams."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from libs.errors import TooLarge
from services.gateway.routes.multipart import FIELD_BYTES_MAX, MalformedForm, MultipartFile

TYPE = "multipart/form-data; boundary=xyz"


def part(name: str, data: bytes, filename: str | None = None) -> bytes:
    """One part of a form."""
    file = f'; filename="{filename}"' if filename is not None else ""
    return f'--xyz\r\nContent-Disposition: form-data; name="{name}"{file}\r\n\r\n'.encode() + data + b"\r\n"


def fed(body: bytes, step: int = 7) -> tuple[bytes, MultipartFile]:
    """The file's bytes and the finished form, fed in steps."""
    taken = bytearray()
    form = MultipartFile(TYPE, taken.extend)
    for place in range(0, len(body), step):
        form.feed(body[place : place + step])
    form.finish()
    return bytes(taken), form


PLAIN = st.text(st.characters(exclude_characters='"\\\r\n\x00', exclude_categories=["Cs"]), max_size=20)


@given(st.binary(max_size=200), PLAIN, st.integers(1, 50))
def test_any_file_comes_through(data: bytes, field: str, step: int) -> None:
    """Whatever its bytes, the boundary's beginnings among them, and however it is cut."""
    data = data.replace(b"\r\n--xyz", b"\r\n--xy")
    body = part("before", field.encode()) + part("file", data, "a.csv") + part("after", b"1") + b"--xyz--\r\n"
    taken, form = fed(body, step)
    assert (data, "a.csv", {"before": field, "after": "1"}) == (taken, form.filename, form.fields)


def test_names_that_are_not_utf8_are_still_read() -> None:
    """An old tool's Latin-1 file name is no reason to refuse the file."""
    body = part("file", b"x", "NAME") + b"--xyz--\r\n"
    assert "Kündigung.csv" == fed(body.replace(b"NAME", "Kündigung.csv".encode("latin-1")))[1].filename


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"--xyz--\r\n",
        b"not a form at all",
        part("file", b"cut off", "a.csv"),
        part("industry", b"saas") + b"--xyz--\r\n",
        part("file", b"1", "a") + part("file", b"2", "b") + b"--xyz--\r\n",
        part("data", b"1", "a.csv") + b"--xyz--\r\n",
        part("a", b"1") + part("a", b"2") + part("file", b"1", "a") + b"--xyz--\r\n",
        b"".join(part(f"f{n}", b"1") for n in range(21)) + part("file", b"1", "a") + b"--xyz--\r\n",
        b"--xyz\r\nBad Header\r\n\r\nx\r\n--xyz--\r\n",
    ],
)
def test_what_is_not_such_a_form_is_refused(body: bytes) -> None:
    """Cut off, no file, two files, the file under another name, a field twice, too many fields."""
    with pytest.raises(MalformedForm):
        fed(body)


def test_fields_are_small() -> None:
    """They are held in memory."""
    with pytest.raises(TooLarge):
        fed(part("mapping", b"x" * (FIELD_BYTES_MAX + 1)) + b"--xyz--\r\n", 1000)


@pytest.mark.parametrize("content_type", ["multipart/form-data", "multipart/form-data; boundary=" + "x" * 300])
def test_a_boundary_is_needed(content_type: str) -> None:
    """And it has a length."""
    with pytest.raises(MalformedForm):
        MultipartFile(content_type, lambda _: None)
