"""The API's description as the page's types are made from it."""

from pathlib import Path

from services.gateway.openapi import text

KEPT = Path(__file__).parents[3] / "frontend" / "openapi.json"


def test_the_description_that_the_page_is_built_on_is_current() -> None:
    """After a change to the API, run `make api`; it writes the page's types too."""
    assert text() == KEPT.read_text(encoding="utf-8")
