"""Encodings found from bytes, stated ones believed or refused, and bytes that fit none."""

import codecs

import pytest

from services.ingest.decoding import decoded, encoding_of
from services.ingest.domain import WrongEncoding
from services.ingest.repairs import Repairs
from services.ingest.unpacking import BLOCK_BYTES

TEXT = "naïve;Zoë\r\n“quoted”;€ 5\r\n"


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"plain", "utf-8"),
        (TEXT.encode(), "utf-8"),
        (codecs.BOM_UTF8 + TEXT.encode(), "utf-8"),
        (TEXT.encode("utf-16"), "utf-16-le"),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), "utf-16-be"),
        (TEXT.encode("utf-16-le"), "utf-16-le"),
        (TEXT.encode("utf-16-be"), "utf-16-be"),
        (TEXT.encode("utf-32"), "utf-32-le"),
        (TEXT.encode("cp1252"), "windows-1252"),
        ("café".encode("latin-1"), "windows-1252"),
    ],
)
def test_encoding_is_found_and_text_comes_out_whole(data, name):
    """A byte order mark, the places of NULs, valid UTF-8, else Windows-1252."""
    found = encoding_of(data, None)
    assert name == found.name
    expected = TEXT if len(data) > 10 else data.decode("latin-1")
    assert expected == b"".join(decoded([data], found, Repairs())).decode()


def test_a_character_cut_at_the_end_of_the_head_is_no_damage():
    """The head of a longer file may end inside its only character beyond ASCII."""
    assert "utf-8" == encoding_of(b"x" * (BLOCK_BYTES - 1) + "é".encode()[:1], None).name


@pytest.mark.parametrize("name", ["utf-8", "utf-16", "cp1252", "iso-8859-15", "shift_jis"])
def test_blocks_may_end_inside_characters(name):
    """However the bytes are cut, the same text comes out."""
    text = "ab\r\n" * 5 if name == "shift_jis" else "é€\r\n" * 5
    data = text.encode(name)
    blocks = [data[place : place + 1] for place in range(len(data))]
    found = encoding_of(data, name)
    unmarked = [data[found.mark :][place : place + 1] for place in range(len(data) - found.mark)]
    assert text.encode() == b"".join(decoded([data], found, Repairs()))
    assert text.encode() == b"".join(decoded([data[: found.mark + 1], *unmarked[1:]], found, Repairs()))
    assert len(blocks) == len(data)


def test_later_bytes_that_do_not_fit_are_read_as_windows_1252():
    """Two stray bytes far down, in lines 3 and 4, one of them after a CR at the end of a block."""
    repairs = Repairs()
    text = b"".join(decoded([b"a\r\n\xc3\xa9\r", b"\n\x93x\r\n", b"y\xe9\n"], encoding_of(b"a", None), repairs))
    assert "a\r\né\r\n“x\r\nyé\n" == text.decode()
    assert [("undecodable_bytes", 2, (3, 4))] == [(one.code, one.count, one.lines) for one in repairs.told()]


def test_half_a_utf16_character_is_replaced():
    """A file cut inside a character loses that character, and says so."""
    repairs = Repairs()
    data = "a\nb".encode("utf-16") + b"\x00"
    assert "a\nb�" == b"".join(decoded([data], encoding_of(data, None), repairs)).decode()
    assert [("undecodable_bytes", 1, (2,))] == [(one.code, one.count, one.lines) for one in repairs.told()]


def test_an_assumed_encoding_is_told_with_its_first_lines():
    """Windows-1252 is a guess, and the report says where to look."""
    repairs = Repairs()
    list(decoded([b"a\nb\n", b"caf\xe9\n"], encoding_of(b"caf\xe9", None), repairs))
    assert [("encoding_assumed", 1, (3,))] == [(one.code, one.count, one.lines) for one in repairs.told()]


def test_every_byte_has_a_character():
    """The five bytes that Windows-1252 leaves open are control characters, so nothing is lost."""
    text = b"".join(decoded([bytes(range(1, 256))], encoding_of(b"\xe9", None), Repairs())).decode()
    assert 255 == len(set(text))


@pytest.mark.parametrize(
    ("data", "stated"),
    [
        (TEXT.encode("utf-16"), "utf-8"),
        (TEXT.encode("utf-16-le"), "windows-1252"),
        (codecs.BOM_UTF8 + b"a", "latin-1"),
        (("é" * 5).encode(), "latin-1"),
        (b"plain", "utf-16"),
    ],
)
def test_a_stated_encoding_that_the_head_disproves_is_refused(data, stated):
    """The sentence says what the file is and what would work."""
    with pytest.raises(WrongEncoding, match="leave the encoding out"):
        encoding_of(data, stated)


def test_a_stated_encoding_that_later_bytes_disprove_is_refused():
    """Bytes that do not fit name their line."""
    found = encoding_of(b"a\n", "utf-8")
    with pytest.raises(WrongEncoding, match="near line 3"):
        list(decoded([b"a\nb\n", b"\xff\n"], found, Repairs()))


@pytest.mark.parametrize(
    ("stated", "name"),
    [("UTF8", "utf-8"), ("cp1252", "windows-1252"), ("latin1", "iso-8859-1"), ("UTF-8-SIG", "utf-8")],
)
def test_stated_names_are_told_as_iana_has_them(stated, name):
    """Python's own names are not shown."""
    assert name == encoding_of(b"a", stated).name
