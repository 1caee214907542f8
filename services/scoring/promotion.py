"""A family's CURRENT: the version in use, and who made it so, when, and after which; one object, changed as a whole."""

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from services.scoring.domain import ModelNotFound, Untrusted

FORMAT = 1
"""Version of the object's own layout."""

HISTORY_MAX = 100
"""Changes kept, the last ones: a few KiB."""

_BARE = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")


class BadCurrent(Untrusted):
    """CURRENT is not what this registry writes."""


class NothingEarlier(ModelNotFound):
    """There is no version to go back to."""


@dataclass(frozen=True)
class Change:
    """One change of the version in use.

    version: empty where the family was taken out of use. digest: SHA-256 of the version's manifest, hex.
    previous: the version before; empty if none was in use.
    actor: opaque; at: ISO 8601 UTC; both as the caller said them, maybe empty. rollback: a step back.
    """

    version: str
    digest: str
    previous: str
    actor: str = ""
    at: str = ""
    rollback: bool = False


@dataclass(frozen=True)
class Current:
    """version: empty once the family was taken out of use. changes: oldest first.

    revision: counts the changes, so that no two states of the object have the same bytes.
    """

    version: str
    revision: int = 0
    changes: tuple[Change, ...] = ()

    @property
    def digest(self) -> str:
        """Of the version's manifest when it was made current; empty where a bare name was written by hand."""
        return self.digest_of(self.version)

    def digest_of(self, version: str) -> str:
        return next((change.digest for change in reversed(self.changes) if change.version == version), "")

    @property
    def earlier(self) -> tuple[str, ...]:
        """What rolling back leads to, the nearest first: promotions pile up, and a step back takes one off."""
        pile: list[str] = []
        for change in self.changes:
            if not change.rollback:
                pile.append(change.previous)
            elif pile:
                pile.pop()
        return tuple(version for version in reversed(pile) if version)

    def to_bytes(self) -> bytes:
        fields = {
            "changes": [asdict(change) for change in self.changes],
            "format": FORMAT,
            "revision": self.revision,
            "version": self.version,
        }
        return (json.dumps(fields, indent=1, sort_keys=True) + "\n").encode()

    @classmethod
    def from_bytes(cls, data: bytes) -> "Current":
        """What `to_bytes` wrote, or a bare name, as a person may put there by hand. Raises BadCurrent."""
        text = data.decode(errors="replace").strip()
        if _BARE.fullmatch(text):
            return cls(text)
        try:
            return _read(json.loads(text))
        except (ValueError, KeyError, TypeError) as error:
            raise BadCurrent("CURRENT is not the record of a version in use; promote a version to mend it") from error


def promoted(before: Current | None, version: str, digest: str, actor: str, at: str) -> Current:
    """The record once `version` is in use."""
    return _changed(before, Change(version, digest, before.version if before else "", actor, at))


def rolled_back(before: Current, actor: str, at: str) -> Current:
    """The record one step back: of the first version, out of use. Raises NothingEarlier where none is in use."""
    if not before.version:
        raise NothingEarlier("no version is in use that one could go back from; promote the one that should be")
    version = next(iter(before.earlier), "")
    change = Change(version, before.digest_of(version), before.version, actor, at, rollback=True)
    return _changed(before, change)


def _changed(before: Current | None, change: Change) -> Current:
    changes = (*(before.changes if before else ()), change)[-HISTORY_MAX:]
    return Current(change.version, before.revision + 1 if before else 1, changes)


def _read(fields: Mapping[str, Any]) -> Current:
    if fields["format"] != FORMAT:
        raise BadCurrent(f"CURRENT has layout {fields['format']}; this release reads layout {FORMAT}")
    changes = tuple(Change(**change) for change in fields["changes"])
    return Current(str(fields["version"]), int(fields["revision"]), changes)
