"""The built page as the gateway serves it: its files as they lie on the disk, and its document with a fresh nonce."""

import base64
import hashlib
import mimetypes
import re
import secrets
import threading
from dataclasses import dataclass
from pathlib import Path

from libs.errors import InvalidInput

PAGES = ("", "dashboard", "models", "predictions", "pricing", "settings", "sign-in", "sign-up", "upload", "welcome")
"""First parts of the page's addresses; frontend/src/app/routes.tsx has the whole of them."""

NONCE = "__CSP_NONCE__"
"""Stands in index.html for the nonce."""

SESSION = "__SESSION__"
"""Stands there for whether the browser brought a session, so that the page asks for what it shows while its code is on
the way, and a stranger's does not ask in vain."""

INLINE_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)

ENCODINGS = (("br", ".br"), ("gzip", ".gz"))
"""What the build lays beside a file, best first."""

IMMUTABLE = "public, max-age=31536000, immutable"
"""Of files with a digest of their bytes in their names."""

CLERK_CHALLENGES = "https://challenges.cloudflare.com"
CLERK_IMAGES = "https://img.clerk.com"
"""Where Clerk's scripts load their bot check and people's pictures from, as its documentation of CSP says."""

HOST = re.compile(r"[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?")

HOURLY = "public, max-age=3600"

FIXED_HEADERS = {
    "Cache-Control": "no-cache",  # and no ETag: each answer has a nonce of its own
    "Referrer-Policy": "same-origin",  # an address may hold a customer's id
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
}


@dataclass(frozen=True)
class BuiltFile:
    """One file of the build. variants: by content encoding, "" for the file itself; each with its ETag."""

    media_type: str
    cache_control: str
    variants: dict[str, tuple[Path, str]]

    def best(self, accepted: str) -> tuple[str, Path, str]:
        """(encoding, file, ETag) for a request with this Accept-Encoding."""
        wanted = encodings(accepted)
        encoding = next((name for name, _ in ENCODINGS if name in wanted and name in self.variants), "")
        return (encoding, *self.variants[encoding])


@dataclass(frozen=True)
class Build:
    """files: by path below the root of the site."""

    document: str
    script_hashes: tuple[str, ...]
    files: dict[str, BuiltFile]


class Page:
    """The page in `folder`, which may not be built yet, or be built again while it is served.

    clerk_key: Clerk's publishable key where it signs people in; empty elsewhere. Raises InvalidInput.
    """

    def __init__(self, folder: Path, clerk_key: str = "") -> None:
        self._folder = folder
        self.clerk = clerk_host(clerk_key)
        self._lock = threading.Lock()
        self._read: tuple[int, Build] | None = None

    def build(self) -> Build | None:
        """What was built last; None where nothing was."""
        try:
            changed_ns = (self._folder / "index.html").stat().st_mtime_ns
        except OSError:
            return None
        with self._lock:
            if self._read is None or self._read[0] != changed_ns:
                self._read = (changed_ns, _build(self._folder))
            return self._read[1]


def document_of(build: Build, clerk: str | None = None, *, session: bool = False) -> tuple[str, dict[str, str]]:
    """index.html with a nonce that nobody saw before, and the headers that belong to it.

    clerk: as in `policy`. session: whether the browser brought one; whose, and whether it holds, is not looked at.
    """
    nonce = secrets.token_urlsafe(18)
    return build.document.replace(NONCE, nonce).replace(SESSION, "yes" if session else "no"), {
        **FIXED_HEADERS,
        "Content-Security-Policy": policy(nonce, build.script_hashes, clerk),
    }


def policy(nonce: str, script_hashes: tuple[str, ...], clerk: str | None = None) -> str:
    """The page's content security policy. Scripts are ours by their origin or by their bytes; the nonce is for the
    styles that the widgets write while they run.

    clerk: host of Clerk's scripts where it signs people in; then its other hosts are let in too.
    """
    directives = {
        "default-src": ["'none'"],
        "script-src": ["'self'", *(f"'sha256-{each}'" for each in script_hashes)],
        "style-src": ["'self'", f"'nonce-{nonce}'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
    if clerk:
        directives["script-src"] += [f"https://{clerk}", CLERK_CHALLENGES]
        directives["connect-src"] += [f"https://{clerk}"]
        directives["img-src"] += [CLERK_IMAGES]
        directives |= {"frame-src": [CLERK_CHALLENGES], "worker-src": ["'self'", "blob:"]}
    return "; ".join(f"{name} {' '.join(sources)}" for name, sources in directives.items())


def clerk_host(publishable_key: str) -> str | None:
    """The host that a publishable key of Clerk's names; None for no key. Raises InvalidInput for what is none."""
    if not publishable_key:
        return None
    try:
        _, _, encoded = publishable_key.split("_")
        host = base64.b64decode(encoded + "=" * (-len(encoded) % 4), validate=True).decode("ascii").removesuffix("$")
    except ValueError:  # of the split, of base64 and of the decoding alike
        host = ""
    if not HOST.fullmatch(host):
        raise InvalidInput("clerk_publishable_key is no key of Clerk's; copy the one that begins with pk_")
    return host


def encodings(accepted: str) -> set[str]:
    """Of an Accept-Encoding, the names that are not refused with q=0."""
    names = set()
    for part in accepted.split(","):
        name, _, quality = part.partition(";")
        if not re.fullmatch(r"\s*q\s*=\s*0(?:\.0*)?\s*", quality):
            names.add(name.strip().lower())
    return names


def _build(folder: Path) -> Build:
    document = (folder / "index.html").read_text(encoding="utf-8")
    paths = [path for path in sorted(folder.rglob("*")) if path.is_file() and path.name != "index.html"]
    beside = tuple(suffix for _, suffix in ENCODINGS)
    files = {str(path.relative_to(folder)): _file(path, folder) for path in paths if not path.name.endswith(beside)}
    return Build(document, tuple(map(_script_hash, INLINE_SCRIPT.findall(document))), files)


def _file(path: Path, folder: Path) -> BuiltFile:
    variants = {"": (path, _etag(path))}
    for encoding, suffix in ENCODINGS:
        encoded = path.with_name(path.name + suffix)
        if encoded.is_file():
            variants[encoding] = (encoded, _etag(encoded))
    media_type = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    if media_type.startswith("text/"):
        media_type += "; charset=utf-8"
    hashed = path.relative_to(folder).parts[0] == "assets"
    return BuiltFile(media_type, IMMUTABLE if hashed else HOURLY, variants)


def _etag(path: Path) -> str:
    return f'"{hashlib.sha256(path.read_bytes()).hexdigest()[:32]}"'


def _script_hash(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
