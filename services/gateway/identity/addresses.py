"""E-mail addresses, people's names and companies' names, as they are kept."""

import re

from libs.errors import InvalidInput

EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")
EMAIL_LENGTH_MAX = 254  # RFC 5321
NAME_LENGTH_MAX = 100


def email_address(text: str) -> str:
    """The address in lower case: two spellings of one mailbox are one account. Raises InvalidInput."""
    address = text.strip().lower()
    if len(address) > EMAIL_LENGTH_MAX or not address.isprintable() or not EMAIL.fullmatch(address):
        raise InvalidInput("this is no e-mail address; send one such as ada@example.com")
    return address


def printable_name(text: str, of: str) -> str:
    """The name without blanks around it. of: "a company", "a person". Raises InvalidInput."""
    name = text.strip()
    if not name or len(name) > NAME_LENGTH_MAX or not name.isprintable():
        raise InvalidInput(f"the name of {of} has 1 to {NAME_LENGTH_MAX} printable characters")
    return name
