"""Passwords: what is kept of them, and which are refused."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from argon2 import Parameters, PasswordHasher, profiles
from argon2.exceptions import InvalidHashError, VerificationError

from libs.errors import Unavailable
from services.gateway.identity.domain import WeakPassword

LENGTH_MIN = 10
LENGTH_MAX = 200
DISTINCT_MIN = 4

AT_ONCE = 2
"""Hashes computed at one time: each takes 64 MiB, and whoever signs in is not known yet."""

WAIT_S = 5
"""Longest wait for a turn; beyond it strangers would keep everybody else's requests from being served."""


class Passwords:
    """Argon2id with the parameters of RFC 9106's second choice (64 MiB, 3 passes), 2 at a time.

    Source: NIST SP 800-63B for what a password must be: long, and not the person's own names.
    """

    def __init__(self, parameters: Parameters = profiles.RFC_9106_LOW_MEMORY) -> None:
        self._hasher = PasswordHasher.from_parameters(parameters)
        self._turn = threading.BoundedSemaphore(AT_ONCE)
        self._nobodys: str | None = None

    def kept(self, password: str) -> str:
        """What to keep of it: Argon2's own text, with salt and parameters. Raises Unavailable."""
        with self._in_turn():
            return self._hasher.hash(password)

    def fits(self, password: str, kept: str | None) -> bool:
        """Whether it is the one of which this was kept. Without anything kept it is not, after the same time.

        Raises Unavailable.
        """
        if self._nobodys is None:
            self._nobodys = self.kept("of nobody")
        with self._in_turn():
            try:
                return self._hasher.verify(self._nobodys if kept is None else kept, password) and kept is not None
            except (VerificationError, InvalidHashError):
                return False

    @contextmanager
    def _in_turn(self) -> Iterator[None]:
        if not self._turn.acquire(timeout=WAIT_S):
            raise Unavailable("too many people sign in at this moment", retry_after_s=WAIT_S)
        try:
            yield
        finally:
            self._turn.release()

    def outdated(self, kept: str) -> bool:
        """Whether it was kept under other parameters than today's."""
        return self._hasher.check_needs_rehash(kept)


def acceptable(password: str, *own: str) -> str:
    """The password, if it is not easily guessed. own: what the person is called, e-mail address included.

    Raises WeakPassword.
    """
    if not LENGTH_MIN <= len(password) <= LENGTH_MAX:
        raise WeakPassword(f"the password has {len(password)} characters; choose {LENGTH_MIN} to {LENGTH_MAX}")
    if len(set(password)) < DISTINCT_MIN:
        raise WeakPassword(f"the password repeats few characters; use {DISTINCT_MIN} different ones or more")
    if password.strip().lower() in {text.strip().lower() for text in own}:
        raise WeakPassword("the password is a name or an address of yours; choose what others do not know")
    return password
