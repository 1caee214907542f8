"""Work on several items at once whose results come in the order of the items."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import copy_context
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")


def in_order(work: Callable[[Item], Result], items: Iterable[Item], at_once: int) -> Iterator[Result]:
    """`work` of each item, in threads. Items are taken at most one ahead of what the threads hold.

    Raises what `work` or `items` raises, where it comes in the order; what has not begun by then never does.
    """
    waiting: deque[Future[Result]] = deque()
    pool = ThreadPoolExecutor(at_once, thread_name_prefix="block")
    try:
        for item in items:
            # In the caller's context, so that what is logged there names the request.
            waiting.append(pool.submit(copy_context().run, work, item))
            if len(waiting) > at_once:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        pool.shutdown(cancel_futures=True)
