"""Files of other kinds are known by their first bytes and named in the refusal."""

import io
import tarfile
import zipfile

import pytest

from services.ingest.domain import BinaryContent, UnsupportedFormat
from services.ingest.formats import refuse_binary, refuse_markup, refuse_other_formats


def zipped(name: str) -> bytes:
    """A ZIP archive with one file of that name."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(name, "x")
    return out.getvalue()


def tarred() -> bytes:
    """A tar archive with one file."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("a.csv"))
    return out.getvalue()


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (zipped("customers.csv"), "ZIP archive inside"),
        (tarred(), "tar archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Excel"),
        (b"%PDF-1.7\n", "PDF"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (b"\x28\xb5\x2f\xfd", "Zstandard"),
        (b"BZh91AY&SY\x00\x01", "bzip2"),
    ],
)
def test_other_formats_are_refused_by_name(head, kind):
    """The sentence says what the file is and what would work."""
    with pytest.raises(UnsupportedFormat, match=rf"{kind}.*; (export it as CSV|unpack it|pack it once|save it as)"):
        refuse_other_formats(head)


@pytest.mark.parametrize(
    ("text", "kind"), [(b"\n<!DOCTYPE html>", "HTML"), (b"<?xml v", "XML"), (b'[{"id": 1}]', "JSON")]
)
def test_documents_are_refused_by_name(text, kind):
    """A page saved in place of an export is no table."""
    with pytest.raises(UnsupportedFormat, match=kind):
        refuse_markup(text)


@pytest.mark.parametrize("head", [b"ORCHARD,tons\n", b"PAR1,b\n", b"[id],<name>\n", b"{a},b\n", b"GIF89,x\n"])
def test_headers_that_begin_like_other_formats_are_text(head):
    """Letters alone prove nothing."""
    refuse_other_formats(head)
    refuse_markup(head)
    assert head.isascii()


def test_control_characters_are_binary_unless_few():
    """Random bytes are no text; a few NULs in a short file are damage."""
    with pytest.raises(BinaryContent, match="control characters"):
        refuse_binary(bytes(range(256)) * 10)
    assert None is refuse_binary(b"a,b\n\0\0,\x01\n")
