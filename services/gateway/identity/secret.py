"""Secrets of our own making, for API keys and links: 256 random bits, of which only a digest is kept."""

import hashlib
import secrets

BYTES = 32


def new(prefix: str = "") -> str:
    """A secret in letters that need no quoting in a URL or a header."""
    return prefix + secrets.token_urlsafe(BYTES)


def digest(secret: str) -> str:
    """What is kept of it: SHA-256, hex. Nothing slows a guesser down, because 256 bits need no such help."""
    return hashlib.sha256(secret.encode(errors="surrogatepass")).hexdigest()
