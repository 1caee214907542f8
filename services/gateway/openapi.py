"""Writes the API's description to a file; `make api` runs it for the page, whose types are generated from it."""

import json
import sys
from pathlib import Path

from services.gateway.server import bare_app


def text() -> str:
    """The OpenAPI document as it is kept in a repository: one field a line, so that a change is seen."""
    return json.dumps(bare_app().openapi(), indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(text(), encoding="utf-8")
