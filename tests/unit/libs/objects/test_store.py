"""Keys: what every store can hold, and what none may be led astray by."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from libs.errors import InvalidInput
from libs.objects.store import checked_key, folder


@pytest.mark.parametrize(
    "key", ["a", "a/b.csv", "tenants/t1/Ümläut 名.csv", "..a/b..", "a\\b", "x" * 255, "x/" * 511 + "xx"]
)
def test_sound_keys(key: str) -> None:
    """A sound key comes back as it is."""
    assert key == checked_key(key)


@pytest.mark.parametrize(
    "key",
    [
        "",
        "/",
        "a/",
        "/a",
        "a//b",
        ".",
        "..",
        "a/..",
        "../a",
        "a\0",
        "a\x7f",
        "a\x85",
        "\ud800",
        "ü" * 128,
        "x/" * 512 + "x",
    ],
)
def test_malformed_keys(key: str) -> None:
    """A malformed key is refused, without being repeated in full."""
    with pytest.raises(InvalidInput, match="object key"):
        checked_key(key)


@given(st.text())
def test_no_key_leads_outside(key: str) -> None:
    """Whatever passes has only whole segments that go down."""
    try:
        segments = checked_key(key).split("/")
    except InvalidInput:
        return
    assert not {"", ".", ".."} & set(segments)


def test_a_folder_ends_in_one_slash() -> None:
    """A prefix means the same with and without its last slash."""
    assert ("", "a/", "a/b/", "a/b/") == (folder(""), folder("a"), folder("a/b"), folder("a/b/"))


@pytest.mark.parametrize("prefix", ["/", "a//", "../", "a/../b"])
def test_malformed_folders(prefix: str) -> None:
    """A prefix obeys the rules of keys."""
    with pytest.raises(InvalidInput):
        folder(prefix)
