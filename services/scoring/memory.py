"""Loaded models in memory: each read once however many ask, looked at again when its time is up, and bounded."""

import logging
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from libs.errors import Unavailable
from services.scoring.domain import ModelNotFound, Untrusted
from services.scoring.model import Model
from services.scoring.signing import Ring
from services.scoring.versions import Versions, named

STRIPES = 64
"""Locks that loading is shared out over: a version is read once however many ask, and few wait for others' versions."""

log = logging.getLogger(__name__)

K = TypeVar("K")
V = TypeVar("V")


class Recent(Generic[K, V]):
    """A bounded dictionary for many threads; the least recently used goes first."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._items: OrderedDict[K, V] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: K) -> V | None:
        with self._lock:
            if key in self._items:
                self._items.move_to_end(key)
            return self._items.get(key)

    def put(self, key: K, value: V) -> None:
        with self._lock:
            self._items[key] = value
            self._items.move_to_end(key)
            while len(self._items) > self._most:
                self._items.popitem(last=False)

    def drop(self, key: K) -> None:
        with self._lock:
            self._items.pop(key, None)


@dataclass(frozen=True)
class _Held:
    """checked_s: when its signature was last seen to hold, by the clock."""

    model: Model
    key_id: str
    checked_s: float


class Memory:
    """models_max: models kept. refresh_s: how long a version counts as verified; 0 looks at every call."""

    def __init__(
        self, versions: Versions, ring: Ring, *, models_max: int, refresh_s: float, clock: Callable[[], float]
    ) -> None:
        self._versions = versions
        self._ring = ring
        self._refresh_s = refresh_s
        self._clock = clock
        self._held: Recent[tuple[str, str], _Held] = Recent(models_max)
        self._stripes = tuple(threading.Lock() for _ in range(STRIPES))

    def model(self, family: str, version: str) -> Model:
        """The version. Raises ModelNotFound, Untrusted, or Unavailable if the store is and nothing is held."""
        name = (named(family), named(version))
        held = self._held.get(name)
        if held is not None and self._is_fresh(held):
            return held.model
        stripe = self._stripes[hash(name) % STRIPES]
        # While another thread looks at it again, what is held serves; only who has nothing waits.
        if not stripe.acquire(blocking=held is None or self._refresh_s == 0):
            assert held is not None
            return held.model
        try:
            return self._looked_at(name)
        finally:
            stripe.release()

    def read_anew(self, family: str, version: str) -> Model:
        """The version, every byte of it checked now. Raises ModelNotFound, Untrusted."""
        signed = self._versions.signed(family, version)
        model = self._versions.model(signed)
        self._held.put((family, version), _Held(model, signed.key_id, self._clock()))
        return model

    def _is_fresh(self, held: _Held) -> bool:
        return self._clock() - held.checked_s < self._refresh_s

    def _looked_at(self, name: tuple[str, str]) -> Model:
        held = self._held.get(name)
        if held is not None and self._is_fresh(held):  # the thread before this one has just done it
            return held.model
        try:
            signed = self._versions.signed(*name)
            is_same = held is not None and held.model.digest == signed.digest
            model = held.model if held is not None and is_same else self._versions.model(signed)
            key_id = signed.key_id
        except ModelNotFound:
            self._held.drop(name)
            raise
        except (Untrusted, Unavailable) as error:
            if held is None:
                raise
            # What was verified serves on when its files are spoilt, as long as the key that signed it is trusted.
            if isinstance(error, Untrusted) and held.key_id not in self._ring.public_keys():
                self._held.drop(name)
                raise
            log.error("a model cannot be verified again; it serves from memory", extra={"error": type(error).__name__})
            model, key_id = held.model, held.key_id
        self._held.put(name, _Held(model, key_id, self._clock()))
        return model
