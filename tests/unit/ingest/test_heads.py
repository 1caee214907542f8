"""The beginning of a file reads as the same rows, without the end that was cut off."""

import gzip
import random

import pytest

from services.ingest.domain import DamagedGzip, WrongEncoding

WHOLE = "id,name\r\n" + "".join(f'{n},"é {n}\r\nx"\r\n' for n in range(200))
LARGE = "id,name\n" + "".join(f"{n},{random.Random(n).random()}\n" for n in range(60_000))


@pytest.mark.parametrize("size", [40, 41, 52, 53, 54, 55, 60, 61, 999, 1000, 1001, 1002])
def test_a_cut_head_has_no_repairs_and_no_half_rows(read, size):
    """Cut in a quote, a character or a line end."""
    rows = read(WHOLE).rows
    found = read(WHOLE.encode()[:size], head_only=True)
    assert ({}, rows[: len(found.rows) - 1]) == (found.repairs, found.rows[:-1])
    assert found.rows[-1] in rows or rows[len(found.rows) - 1][1].startswith(found.rows[-1][1])


def test_a_small_file_without_a_last_line_end_is_whole(read):
    """A head may be all there is; and the missing line end is nothing to mend."""
    for text in ("a,b\r\n1,2\r\n3,4", "a,b\n1,2"):
        whole, head = read(text), read(text, head_only=True)
        assert (whole.rows, {}, {}) == (head.rows, whole.repairs, head.repairs)


def test_of_a_large_head_the_last_row_goes(read):
    """A cell that was cut looks like any other."""
    cut = LARGE.encode()[: (1 << 20) + 100]
    assert cut.count(b"\n") - 1 == len(read(cut, head_only=True).rows)


def test_half_a_gzip_file_is_a_head(read):
    """Only when it is said to be one."""
    packed = gzip.compress(LARGE.encode())[:200_000]
    with pytest.raises(DamagedGzip):
        read(packed)
    found = read(packed, head_only=True).rows
    assert 10_000 < len(found) and read(LARGE).rows[: len(found)] == found


def test_a_stated_encoding_may_end_inside_a_character(read):
    """Elsewhere it is disproved."""
    text = "a,b\n1,é\n".encode()[:-2]
    with pytest.raises(WrongEncoding):
        read(text, encoding="utf-8")
    assert [["1", ""]] == read(text, encoding="utf-8", head_only=True).rows


@pytest.mark.parametrize(("rows_max", "sizes"), [(0, []), (5, [5]), (8_200, [8_192, 8]), (9_999, [8_192, 808])])
def test_rows_that_are_not_wanted_are_not_given(read, rows_max, sizes):
    """The profile knows them all the same."""
    found = read("id\n" + "x\n" * 9_000, rows_max=rows_max)
    assert (sizes, 9_000) == (found.sizes, found.profile.row_count)
    assert 9_000 == found.column("id").filled
