"""How often something may be tried: sliding windows by name, in bounded memory."""

import ipaddress
import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable

from libs.errors import RateLimited

NAMES_MAX = 10_000


class Limit:
    """At most `tries` within `window_s` for each name.

    Of more than NAMES_MAX names the one longest untried is forgotten. Counted in this process alone: behind several
    gateways each allows as much.
    """

    def __init__(self, tries: int, window_s: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._tries, self._window_s, self._clock = tries, window_s, clock
        self._seen: OrderedDict[str, deque[float]] = OrderedDict()
        self._lock = threading.Lock()

    def count(self, name: str) -> None:
        """Counts one try. Raises RateLimited, with the seconds to wait, beyond the limit; such a try does not count."""
        now = self._clock()
        with self._lock:
            times = self._seen.setdefault(name, deque())
            self._seen.move_to_end(name)
            while times and times[0] <= now - self._window_s:
                times.popleft()
            if len(times) >= self._tries:
                wait_s = max(1.0, times[0] + self._window_s - now)
                raise RateLimited(f"too many tries; wait {_told(wait_s)} and try again", retry_after_s=wait_s)
            times.append(now)
            if len(self._seen) > NAMES_MAX:
                self._seen.popitem(last=False)

    def forget(self, name: str) -> None:
        """The name starts afresh: it succeeded."""
        with self._lock:
            self._seen.pop(name, None)


def network_of(address: str) -> str:
    """What to count a caller's IP address as: itself, or the /64 network of IPv6, of which one caller has it all."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address[:64]
    if isinstance(parsed, ipaddress.IPv6Address) and parsed.ipv4_mapped:
        parsed = parsed.ipv4_mapped
    if parsed.version == 4:
        return str(parsed)
    return str(ipaddress.ip_network((parsed, 64), strict=False))


def _told(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < 90 else f"{seconds / 60:.0f} min"
