"""What is wrong with a field of a request, in our own words: the field, what was seen, and what would work."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

Fault = Mapping[str, Any]
"""One error of pydantic: type, loc, input, ctx, msg."""

BRANCHES = frozenset({"str", "float", "bool", "Ruling"})
"""Parts of a place that only say which member of a union was tried."""


def faults_told(faults: Sequence[Fault]) -> list[tuple[str, str]]:
    """Pairs of (field as a dotted path, what is wrong with it); each field once, with all that would work there."""
    seen: dict[str, str] = {}
    wanted: dict[str, list[str]] = {}
    for fault in faults:
        field = ".".join(str(part) for part in fault["loc"] if part not in BRANCHES) or "body"
        was, would_do = _told(fault)
        seen.setdefault(field, was)
        if would_do not in wanted.setdefault(field, []):
            wanted[field].append(would_do)
    return [(field, f"{seen[field]}; {', or '.join(wanted[field])}") for field in seen]


def _told(fault: Fault) -> tuple[str, str]:
    """What was seen, and what would work. Text that was sent is described and not repeated: it may be personal."""
    context = fault.get("ctx", {})
    if fault["type"] == "value_error":  # our own validators' words
        was, _, would_do = str(context.get("error", fault["msg"])).partition("; ")
        return was, would_do or "say something else"
    for kinds, words in WORDS.items():
        if re.fullmatch(kinds, fault["type"]):
            return f"is {_seen(fault)}", words(context)
    return f"is {_seen(fault)} and does not fit", "send what the page /docs describes"


def _seen(fault: Fault) -> str:
    value, kind = fault.get("input"), fault["type"]
    if kind == "missing":
        return "missing"
    if kind == "extra_forbidden":
        return "no field that is known here"
    if kind == "json_invalid":
        return "no JSON"
    if isinstance(value, bool):
        return "true or false"
    if isinstance(value, int | float):
        return f"{value:g}"
    if isinstance(value, str):
        # Bounds are checked on numbers that were written as text, too.
        if kind.startswith(("greater", "less")) and re.fullmatch(r"[-+0-9.eE]{1,24}", value):
            return value
        return f"text of {_count(len(value), 'character')}" if value else "empty"
    if isinstance(value, Mapping):
        return f"an object of {_count(len(value), 'field')}"
    if isinstance(value, list | tuple):
        return f"a list of {_count(len(value), 'entry', 'entries')}"
    return "null" if value is None else "something else"


def _count(number: int, one: str, more: str = "") -> str:
    return f"{number:,} {one if number == 1 else more or one + 's'}"


def _number(value: float) -> str:
    return f"{value:,}" if isinstance(value, int) else f"{value:g}"


def _choices(context: Mapping[str, Any]) -> str:
    return f"send {context['expected']}"


WORDS: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "missing": lambda _: "send it",
    "extra_forbidden": lambda _: "leave it out, or look up its name at /docs",
    "json_invalid": lambda _: "send a JSON object",
    "int_.*": lambda _: "send a whole number such as 10",
    "float_.*|finite_number|decimal_.*": lambda _: "send a number such as 0.05",
    "bool_.*": lambda _: "send true or false",
    "string_type|string_sub_type|string_unicode": lambda _: "send text",
    "date_.*|datetime_.*": lambda _: "send a day such as 2026-05-31",
    "literal_error|enum": _choices,
    "(dict|mapping|model|dataclass)_(attributes_)?type": lambda _: "send an object",
    "list_type|tuple_type|set_type": lambda _: "send a list",
    "none_required": lambda _: "send null",
    "greater_than": lambda context: f"send more than {_number(context['gt'])}",
    "greater_than_equal": lambda context: f"send {_number(context['ge'])} or more",
    "less_than": lambda context: f"send less than {_number(context['lt'])}",
    "less_than_equal": lambda context: f"send {_number(context['le'])} or less",
    "string_too_short": lambda context: f"send {_count(context['min_length'], 'character')} or more",
    "string_too_long": lambda context: f"send {_count(context['max_length'], 'character')} or fewer",
    "too_short": lambda context: f"send {_count(context['min_length'], 'entry', 'entries')} or more",
    "too_long": lambda context: f"send {_count(context['max_length'], 'entry', 'entries')} or fewer",
}
"""What would work, by pydantic's type of error (a regular expression), from the error's context."""
