"""Work in threads whose results keep the order of the items."""

import threading
import time
from collections.abc import Iterator
from contextvars import ContextVar

import pytest

from services.scoring.ordering import in_order

REQUEST: ContextVar[str] = ContextVar("REQUEST", default="")


@pytest.mark.parametrize("at_once", [1, 2, 5])
def test_results_come_in_the_order_of_the_items(at_once: int) -> None:
    """However long each takes."""

    def work(item: int) -> int:
        time.sleep(0.01 * (item % 3 == 0))
        return item * item

    assert [item * item for item in range(20)] == list(in_order(work, range(20), at_once))


def test_items_are_not_taken_far_ahead() -> None:
    """A table of any length stays flat in memory: one more is taken than is worked on."""
    taken: list[int] = []

    def items() -> Iterator[int]:
        for item in range(10):
            taken.append(item)
            yield item

    results = in_order(lambda item: item, items(), 2)
    assert 0 == next(results)
    assert [0, 1, 2] == taken
    results.close()  # type: ignore[attr-defined]


def test_a_failure_is_raised_in_its_place() -> None:
    """What came before it is still given."""

    def work(item: int) -> int:
        if item == 2:
            raise ValueError("two")
        return item

    results = in_order(work, range(5), 2)
    assert [0, 1] == [next(results), next(results)]
    with pytest.raises(ValueError, match="two"):
        next(results)


def test_work_is_done_at_once_in_the_callers_context() -> None:
    """Two items meet at a barrier, and both know the request."""
    barrier = threading.Barrier(2, timeout=10)
    REQUEST.set("r-1")

    def work(item: int) -> str:
        barrier.wait()
        return REQUEST.get()

    assert ["r-1", "r-1"] == list(in_order(work, range(2), 2))
