"""The keys of an outer issuer, fetched when first needed and kept for a while."""

import threading
import time
from collections.abc import Callable

from jwt import PyJWK, PyJWKClient
from jwt.exceptions import PyJWKClientConnectionError, PyJWTError

from libs import telemetry
from libs.errors import Unauthenticated, Unavailable
from services.gateway.identity.verifier import NOT_BELIEVED

KEEP_S = 600
TIMEOUT_S = 5
COOLDOWN_S = 30
"""Least time between two fetches that an unknown key or a silent issuer may cause: strangers send the tokens."""

log = telemetry.logger(__name__)


class FetchedKeys:
    """The keys at a JWKS URL. Nothing is fetched before the first token; keys that were seen outlive an outage."""

    def __init__(self, url: str, clock: Callable[[], float] = time.monotonic) -> None:
        self._client = PyJWKClient(
            url, cache_keys=False, lifespan=KEEP_S, timeout=TIMEOUT_S, cooldown_duration=COOLDOWN_S
        )
        self._clock = clock
        self._silent_until = 0.0
        self._seen: dict[str, PyJWK] = {}
        self._lock = threading.Lock()

    def key(self, key_id: str) -> PyJWK:
        with self._lock:
            silent = self._clock() < self._silent_until
            if not silent:
                try:
                    found = self._client.get_signing_key(key_id)
                    self._seen = {key.key_id: key for key in self._client.get_signing_keys() if key.key_id}
                    return found
                except PyJWKClientConnectionError as error:
                    log.warning("the issuer's keys cannot be fetched", extra={"cause": type(error).__name__})
                    self._silent_until = self._clock() + COOLDOWN_S
                except (PyJWTError, ValueError) as error:
                    raise Unauthenticated(NOT_BELIEVED) from error
            if key_id in self._seen:
                return self._seen[key_id]
        raise Unavailable("who signs people in cannot be asked for its keys now", retry_after_s=COOLDOWN_S)
