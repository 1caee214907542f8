"""What is wrong with a request's fields, in our own words."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Any, Literal

import pytest
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from services.gateway.wording import faults_told


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


class Ruling(BaseModel):
    column: str


class Form(BaseModel):
    """A field of every kind."""

    model_config = ConfigDict(extra="forbid")

    whole: Annotated[int, Field(ge=1, le=200)] = 1
    share: Annotated[float, Field(gt=0, lt=1)] = 0.5
    day: date = date(2026, 5, 31)
    colour: Colour = Colour.RED
    level: Literal["high", "low"] = "high"
    text: Annotated[str, Field(min_length=1, max_length=3)] = "a"
    levels: Annotated[list[str], Field(min_length=1, max_length=2)] = ["a"]
    sayings: dict[str, str | Ruling | None] = {}
    own: str = ""

    @field_validator("own")
    @classmethod
    def _never(cls, value: str) -> str:
        if value:
            raise ValueError("is odd; send an even one")
        return value


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({"whole": "x"}, ("whole", "is text of 1 character; send a whole number such as 10")),
        ({"whole": ""}, ("whole", "is empty; send a whole number such as 10")),
        ({"whole": 1.5}, ("whole", "is 1.5; send a whole number such as 10")),
        ({"whole": "0"}, ("whole", "is 0; send 1 or more")),
        ({"whole": 201}, ("whole", "is 201; send 200 or less")),
        ({"share": None}, ("share", "is null; send a number such as 0.05")),
        ({"share": 0}, ("share", "is 0; send more than 0")),
        ({"share": 1}, ("share", "is 1; send less than 1")),
        ({"day": "31/05/26"}, ("day", "is text of 8 characters; send a day such as 2026-05-31")),
        ({"colour": "green"}, ("colour", "is text of 5 characters; send 'red' or 'blue'")),
        ({"level": True}, ("level", "is true or false; send 'high' or 'low'")),
        ({"text": "jane"}, ("text", "is text of 4 characters; send 3 characters or fewer")),
        ({"text": ""}, ("text", "is empty; send 1 character or more")),
        ({"text": {}}, ("text", "is an object of 0 fields; send text")),
        ({"levels": []}, ("levels", "is a list of 0 entries; send 1 entry or more")),
        ({"levels": ["a", "b", "c"]}, ("levels", "is a list of 3 entries; send 2 entries or fewer")),
        ({"levels": "a"}, ("levels", "is text of 1 character; send a list")),
        ({"sayings": {"mrr": 5}}, ("sayings.mrr", "is 5; send text, or send an object")),
        ({"own": "x"}, ("own", "is odd; send an even one")),
        ({"other": 1}, ("other", "is no field that is known here; leave it out, or look up its name at /docs")),
    ],
)
def test_a_fault_names_what_was_seen_and_what_would_work(sent: dict[str, Any], told: tuple[str, str]) -> None:
    """Each field once, and none of the text that was sent."""
    with pytest.raises(ValidationError) as caught:
        Form.model_validate(sent)
    assert [told] == faults_told(caught.value.errors())


def test_what_no_list_foresees_is_told_all_the_same() -> None:
    """A kind of fault that a newer pydantic brings names the field and says where to look."""
    fault = {"type": "newer", "loc": (), "input": object(), "msg": "x"}
    assert [("body", "is something else and does not fit; send what the page /docs describes")] == faults_told([fault])
