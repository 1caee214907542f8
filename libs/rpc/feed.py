"""What feeds a stream, and the watch over it: the two threads beside the one that reads the responses."""

import threading
import time
from collections.abc import Generator, Iterable, Iterator
from contextvars import ContextVar, copy_context
from typing import TypeVar, cast

import grpc

Response = TypeVar("Response")

_feeding: ContextVar["Feed | None"] = ContextVar("feeding", default=None)
"""The feed in whose thread we are; a stream that is read there is read on its behalf."""


def fed_by(call: grpc.Call) -> None:
    """Tells the feed in whose thread we are, if any, that it is fed by the responses of `call`."""
    feed = _feeding.get()
    if feed is not None:
        feed.add_source(call)


class Feed:
    """The requests of one stream, as grpc iterates them in a thread of its own.

    grpc would turn their exception into "Exception iterating requests!"; here it is remembered and the call
    cancelled. They run in a copy of the context that the stream was begun in, so trace and request id go along.
    """

    def __init__(self, requests: Iterable[object]) -> None:
        self.error: BaseException | None = None
        self.pulling = False
        self.touched = time.monotonic()
        self._requests = iter(requests)
        self._context = copy_context()
        self._context.run(_feeding.set, self)
        self._call: grpc.Call | None = None
        self._begun = threading.Event()
        self._stopped = False
        self._iterating = threading.Lock()
        self._sources: set[grpc.Call] = set()
        self._sources_lock = threading.Lock()

    def begin(self, call: grpc.Call) -> None:
        """Lets the requests go; `call` is what they feed."""
        self._call = call
        self._begun.set()

    def __iter__(self) -> "Feed":
        return self

    def __next__(self) -> object:
        self._begun.wait()
        try:
            with self._iterating:
                if self._stopped:
                    raise StopIteration
                return self._pulled()
        finally:
            if self._stopped:
                self._close()

    def _pulled(self) -> object:
        self.pulling = True
        try:
            return self._context.run(next, self._requests)
        except StopIteration:
            raise
        except BaseException as error:  # whatever it is, it belongs to the thread that reads the responses
            self.error = self.error if self._stopped else error
            cast(grpc.Call, self._call).cancel()
            raise StopIteration from error
        finally:
            self.touched = time.monotonic()
            self.pulling = False

    def add_source(self, call: grpc.Call) -> None:
        """Remembers a call whose responses become our requests."""
        with self._sources_lock:
            self._sources.add(call)
        if self._stopped:
            call.cancel()

    def end(self) -> None:
        """Gives no more requests; cancels the calls they come from and closes their iterator."""
        self._stopped = True
        with self._sources_lock:
            for call in self._sources:
                call.cancel()
        self._close()

    def _close(self) -> None:
        # A generator cannot be closed while it runs: then grpc's thread, which holds the lock, does it on its way out.
        if isinstance(self._requests, Generator) and self._iterating.acquire(blocking=False):
            try:
                self._context.run(self._requests.close)
            finally:
                self._iterating.release()


class Watch:
    """Cancels a call whose service does nothing for `idle_s` although it is its turn."""

    def __init__(self, call: grpc.Call, feed: Feed, idle_s: float) -> None:
        self.fired = False
        self._call, self._feed, self._idle_s = call, feed, idle_s
        self._waiting_since: float | None = None
        self._ended = threading.Event()
        threading.Thread(target=self._run, name="idle-watch", daemon=True).start()

    def wait_for(self, responses: Iterator[Response]) -> tuple[Response | None, grpc.RpcError | None]:
        """The next response; neither it nor a failure where the stream ended well."""
        self._waiting_since = time.monotonic()
        try:
            return next(responses, None), None
        except grpc.RpcError as failure:
            return None, failure
        finally:
            self._waiting_since = None

    def end(self) -> None:
        self._ended.set()

    def _left_s(self) -> float:
        waiting_since = self._waiting_since
        if waiting_since is None or self._feed.pulling:
            return self._idle_s
        return max(waiting_since, self._feed.touched) + self._idle_s - time.monotonic()

    def _run(self) -> None:
        while not self._ended.wait(self._left_s()):
            if self._left_s() <= 0:
                self.fired = True
                self._call.cancel()
                return
