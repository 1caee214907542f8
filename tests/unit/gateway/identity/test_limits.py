"""How often something may be tried."""

import pytest

from libs.errors import RateLimited
from services.gateway.identity import limits
from services.gateway.identity.limits import Limit, network_of


class Clock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_a_window_slides() -> None:
    """So many tries, then none until the oldest is out of the window; refused ones do not prolong it."""
    clock = Clock()
    limit = Limit(2, 60, clock)
    limit.count("a")
    clock.now += 30
    limit.count("a")
    for _ in range(5):
        with pytest.raises(RateLimited) as refused:
            limit.count("a")
    assert 30 == refused.value.retry_after_s
    clock.now += 30
    limit.count("a")
    with pytest.raises(RateLimited):
        limit.count("a")


def test_names_do_not_share() -> None:
    """Another name has its own tries; a name that succeeded starts afresh."""
    limit = Limit(1, 60, Clock())
    limit.count("a")
    limit.count("b")
    limit.forget("a")
    limit.count("a")
    with pytest.raises(RateLimited):
        limit.count("b")


def test_memory_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of too many names the one longest untried is forgotten, and only that."""
    monkeypatch.setattr(limits, "NAMES_MAX", 3)
    limit = Limit(1, 60, Clock())
    for name in "abcd":
        limit.count(name)
    limit.count("a")
    for name in "cd":
        with pytest.raises(RateLimited):
            limit.count(name)
    assert 3 == len(limit._seen)


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::ffff", "2001:db8:1:2::/64"),
        ("::ffff:203.0.113.9", "203.0.113.9"),
        ("testclient", "testclient"),
        ("", ""),
    ],
)
def test_a_caller_of_ipv6_is_its_network(address: str, network: str) -> None:
    """A /64 belongs to one caller; IPv4 inside IPv6 is the IPv4 address."""
    assert network == network_of(address)
