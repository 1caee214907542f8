"""Bodies that people fill in."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

TEXT_MAX = 300

Line = Annotated[str, Field(max_length=TEXT_MAX)]
"""One line of text; what it may hold exactly, identity says in words."""


class Form(BaseModel):
    """Takes its own fields and no others: a `role` that is sent along is refused, not overlooked."""

    model_config = ConfigDict(extra="forbid")
