"""Work that goes on in a thread while its caller deals with what came of it before."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import copy_context
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")


def ahead(work: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[Result]:
    """`work` of each item in order, one at a time in a thread; one more item is taken than results were asked for.

    Raises what `work` or `items` raises, where it comes in the order; what has not begun by then never does.
    """
    waiting: deque[Future[Result]] = deque()
    pool = ThreadPoolExecutor(1, thread_name_prefix="ahead")
    try:
        for item in items:
            # In the caller's context, so that what is logged there names the request.
            waiting.append(pool.submit(copy_context().run, work, item))
            if len(waiting) > 1:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        pool.shutdown(cancel_futures=True)
