"""Work that is one item ahead of its caller."""

import threading
from collections.abc import Iterator
from contextvars import ContextVar

import pytest

from services.scoring.ahead import ahead

REQUEST: ContextVar[str] = ContextVar("REQUEST", default="")


def test_results_come_in_the_order_of_the_items() -> None:
    """Each once, none where there is none."""
    assert [item * item for item in range(20)] == list(ahead(lambda item: item * item, range(20)))
    assert [] == list(ahead(lambda item: item, list[int]()))


def test_the_next_is_worked_on_while_the_caller_has_the_last() -> None:
    """The second item is done although nobody has asked for it."""
    done = [threading.Event() for _ in range(3)]

    def work(item: int) -> int:
        done[item].set()
        return item

    results = ahead(work, range(3))
    assert 0 == next(results)
    assert done[1].wait(10)
    results.close()  # type: ignore[attr-defined]


def test_items_are_not_taken_far_ahead() -> None:
    """A table of any length stays flat in memory."""
    taken: list[int] = []

    def items() -> Iterator[int]:
        for item in range(10):
            taken.append(item)
            yield item

    results = ahead(lambda item: item, items())
    assert 0 == next(results)
    assert [0, 1] == taken
    results.close()  # type: ignore[attr-defined]


def test_a_failure_is_raised_in_its_place() -> None:
    """What came before it is still given."""

    def work(item: int) -> int:
        if item == 2:
            raise ValueError("two")
        return item

    results = ahead(work, range(5))
    assert [0, 1] == [next(results), next(results)]
    with pytest.raises(ValueError, match="two"):
        next(results)


def test_work_is_done_in_the_callers_context() -> None:
    """In another thread, which knows the request all the same."""
    REQUEST.set("r-1")
    caller = threading.get_ident()
    found = list(ahead(lambda item: (REQUEST.get(), threading.get_ident() == caller), range(2)))
    assert [("r-1", False)] * 2 == found
