"""What --map and --read say of a file's columns, and --set of a customer, as the API takes it."""

from collections.abc import Iterator, Sequence
from math import isfinite

from libs.client.http import Said
from libs.errors import InvalidInput
from libs.tables.columns import COLUMNS

CANONICAL = frozenset(column.name for columns in COLUMNS.values() for column in columns)

WORDS = {"--map": "COLUMN", "--read": "OPTION", "--set": "VALUE"}
"""What stands after the sign, by flag."""


def decisions(columns: Sequence[str], readings: Sequence[str]) -> dict[str, Said]:
    """The decisions of all --map and --read together. Raises InvalidInput."""
    said: dict[str, Said] = {name: column or None for name, column in map(_column, columns)}
    for name, option in _pairs("--read", readings, "signup_date=day_first"):
        if not option:
            raise InvalidInput(f"--read {name}= says nothing; name one of the options that were offered")
        column = said.get(name)
        said[name] = {"answer": option} if column is None else {"column": str(column), "answer": option}
    return said


def changes(given: Sequence[str]) -> dict[str, float | bool | str]:
    """What all --set say together: a number where it is one, and else the words. Raises InvalidInput."""
    return {name: _cell(name, value) for name, value in _pairs("--set", given, "support_tickets=0")}


def _cell(name: str, value: str) -> float | bool | str:
    if not value:
        raise InvalidInput(f"--set {name}= says nothing; name a value")
    try:
        number = float(value)
    except ValueError:
        return value
    return number if isfinite(number) else value


def _column(pair: str) -> tuple[str, str]:
    """Canonical name and column of one --map, which may be written the other way round where that is plain."""
    ((name, column),) = _pairs("--map", [pair], "mrr=Amount due")
    first, _, last = pair.rpartition("=")
    if name not in CANONICAL and last.strip() in CANONICAL:
        return last.strip(), first.strip()
    return name, column


def _pairs(flag: str, given: Sequence[str], example: str) -> Iterator[tuple[str, str]]:
    for pair in given:
        name, sign, value = pair.partition("=")
        if not sign or not name.strip():
            raise InvalidInput(f'{flag} {pair} is not NAME={WORDS[flag]}; write {flag} "{example}"')
        yield name.strip(), value.strip()
