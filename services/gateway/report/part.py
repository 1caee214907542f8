"""What all parts of the report are: immutable, and open to nothing that is not declared."""

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict

Document = Mapping[str, Any]
"""A protobuf message as JSON; its 64-bit counts are strings, as the JSON mapping of protobuf has them."""


class Part(BaseModel):
    """A part of the report: immutable, and nothing in it that is not declared."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def declared(part: type[Part], document: Document) -> dict[str, Any]:
    """The fields of `document` that the part declares: a newer stage may send more, and none of it slips in."""
    return {name: document[name] for name in part.model_fields}
