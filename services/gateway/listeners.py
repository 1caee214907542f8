"""Who follows progress in this process, within bounds."""

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from libs.errors import RateLimited

LISTENERS_MAX = 200
OF_A_TENANT_MAX = 20


class Listeners:
    """Places for those who listen: each holds a connection and asks the database every second."""

    def __init__(self, listeners_max: int = LISTENERS_MAX, of_a_tenant_max: int = OF_A_TENANT_MAX) -> None:
        self._max = listeners_max
        self._of_a_tenant_max = of_a_tenant_max
        self._tenants: Counter[str] = Counter()
        self._lock = threading.Lock()
        self.closing = threading.Event()
        """Set once the process is to stop: streams end then, rather than keep it waiting."""

    @contextmanager
    def place(self, tenant_id: str) -> Iterator[None]:
        """A place among them. Raises RateLimited while there is none."""
        with self._lock:
            if self._tenants[tenant_id] >= self._of_a_tenant_max or self._tenants.total() >= self._max:
                raise RateLimited(
                    "too many pages follow uploads at once; close some, or ask for the prediction now and then instead",
                    retry_after_s=30,
                )
            self._tenants[tenant_id] += 1
        try:
            yield
        finally:
            with self._lock:
                self._tenants[tenant_id] -= 1
                if not self._tenants[tenant_id]:
                    del self._tenants[tenant_id]
