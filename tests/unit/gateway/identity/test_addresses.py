"""E-mail addresses and names as they are kept."""

import pytest

from libs.errors import InvalidInput
from services.gateway.identity.addresses import email_address, printable_name


def test_two_spellings_are_one_address() -> None:
    """Case and blanks around do not count."""
    assert "ada@example.com" == email_address(" Ada@EXAMPLE.com\n")


@pytest.mark.parametrize(
    "text", ["", "ada", "ada@", "@example.com", "ada@example", "a b@example.com", "a@b@c.com", "a@.com", "a@b..c"]
)
def test_what_is_no_address(text: str) -> None:
    """Refused, with what would work."""
    with pytest.raises(InvalidInput, match=r"ada@example\.com"):
        email_address(text)


@pytest.mark.parametrize("text", ["a" * 250 + "@example.com", "a\x1b[31m@example.com"])
def test_no_endless_and_no_unprintable_address(text: str) -> None:
    """It is shown to people and stands in rows."""
    with pytest.raises(InvalidInput):
        email_address(text)


@pytest.mark.parametrize("text", ["", " ", "x" * 101, "a\nb", "\x1b[31m"])
def test_a_name_is_short_and_printable(text: str) -> None:
    """An empty, endless or terminal-steering name is refused, and whose name it is, said."""
    with pytest.raises(InvalidInput, match="the name of a person"):
        printable_name(text, "a person")
    assert "Ada" == printable_name(" Ada ", "a person")
