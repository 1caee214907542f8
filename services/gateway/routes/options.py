"""What an uploader says of a file: options from the query or the form, decisions, and names made safe."""

import json
import re
import unicodedata
from collections.abc import Collection, Iterable
from datetime import UTC, date, datetime, timedelta
from pathlib import PurePosixPath
from typing import Any, Self, TypeVar

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError, field_validator, model_validator

from libs.errors import InvalidInput
from libs.tables.columns import COLUMNS, Industry, by_name
from services.gateway.domain import Decision, Promotion
from services.gateway.wording import faults_told

FILENAME = "upload.csv"
FILENAME_LENGTH_MAX = 200
COLUMN_LENGTH_MAX = 1_000

CHURN_RATE_MIN, CHURN_RATE_MAX = 0.0001, 0.9
"""Beyond these a rate is a slip (3 for 3 %), and would move every probability to 0 or 1."""

SNAPSHOT_DATE_MIN = date(2000, 1, 1)

ENCODING = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:+-]{0,39}")


class BadOption(InvalidInput):
    """An option of an upload that cannot be meant."""


class FileOptions(BaseModel):
    """Fields of a form with a file. A blank one counts as absent: browsers send every input."""

    model_config = ConfigDict(extra="forbid")

    industry: Industry | None = Field(None, description="Found from the columns where absent.")
    snapshot_date: date | None = Field(None, description="The day the file describes (2026-05-31); absent: today, UTC.")
    encoding: str | None = Field(
        None, description="The file's character encoding, such as windows-1252, where the one that is found is wrong."
    )
    decisions: str | None = Field(
        None,
        description='What columns are, as JSON: {"mrr": "Amount due", "tenure_months": null}. null: not in this file. '
        'How one is read: {"signup_date": {"answer": "day_first"}}. The whole body of an answer, {"decisions": …}, '
        "will do as well.",
    )
    mapping: str | None = Field(None, description="The older name of `decisions`.")

    @field_validator("*", mode="before")
    @classmethod
    def _blank_is_absent(cls, value: Any) -> Any:
        return None if isinstance(value, str) and not value.strip() else value

    @field_validator("snapshot_date")
    @classmethod
    def _not_ahead(cls, value: date | None) -> date | None:
        # Somewhere on earth it is tomorrow already; later than that is a slip.
        if value is not None and value > datetime.now(UTC).date() + timedelta(days=1):
            raise ValueError(f"is {value}, which lies in the future; send the day on which the file was exported")
        if value is not None and value < SNAPSHOT_DATE_MIN:
            raise ValueError(f"is {value}, long before any such file; send the day on which it was exported")
        return value

    @field_validator("encoding")
    @classmethod
    def _names_an_encoding(cls, value: str | None) -> str | None:
        if value is not None and not ENCODING.fullmatch(value.strip()):
            raise ValueError("is no name of an encoding; send one such as utf-8 or windows-1252, or leave it out")
        return value and value.strip()

    @model_validator(mode="after")
    def _one_name(self) -> Self:
        if self.mapping is not None:
            if self.decisions is not None:
                raise ValueError("says `decisions` and `mapping`, which are one; send `decisions` alone")
            self.decisions, self.mapping = self.mapping, None
        return self


class UploadOptions(FileOptions):
    """What is said with a file to predict on."""

    churn_rate: float | None = Field(
        None,
        description="Share of customers that left in the last 30 days, if known (0.03 for 3 %); shifts every "
        "probability.",
        json_schema_extra={"minimum": CHURN_RATE_MIN, "maximum": CHURN_RATE_MAX},
    )

    @field_validator("churn_rate")
    @classmethod
    def _is_a_monthly_share(cls, value: float | None) -> float | None:
        if value is not None and not CHURN_RATE_MIN <= value <= CHURN_RATE_MAX:
            raise ValueError(
                f"is {value:g}; send the share of customers that leave in 30 days, from {CHURN_RATE_MIN:g} to "
                f"{CHURN_RATE_MAX:g} (3 % is 0.03)"
            )
        return value


class TrainingOptions(FileOptions):
    """What is said with a file to learn from."""

    horizon_days: int | None = Field(
        None,
        ge=1,
        le=366,
        description="Days after the snapshot within which who is marked as gone has left; absent: 30.",
    )
    promote: Promotion | None = Field(
        None,
        description='"auto", as when absent: the model is put to use if it beats the one in use beyond chance. '
        '"never": it is only made, to be looked at and promoted.',
    )


class Named(BaseModel):
    """Of a query, for a body that is the file itself; and for a form, whose fields go before."""

    filename: str | None = Field(
        None, max_length=1_000, description="The file's name; goes before Content-Disposition."
    )


class UploadQuery(Named, UploadOptions):
    """The options of a prediction as a query."""


class TrainingQuery(Named, TrainingOptions):
    """The options of a training as a query."""


Options = TypeVar("Options", bound=FileOptions)


def merged(query: FileOptions, fields: dict[str, str], options: type[Options]) -> Options:
    """The options of the query, overridden by the form's. Raises BadOption without repeating a value."""
    try:
        form = options.model_validate(fields)
    except ValidationError as error:
        told = ". ".join(f"{field} {fault}" for field, fault in faults_told(error.errors()))
        raise BadOption(f"the form's fields do not fit: {told}") from None
    given = {**query.model_dump(exclude_none=True, exclude={"filename"}), **form.model_dump(exclude_none=True)}
    return options.model_validate(given)


class Ruling(BaseModel):
    """A person's word on one canonical column, where a name alone does not say it."""

    model_config = ConfigDict(extra="forbid")

    column: str | None = Field(None, description="The file's column that it is; null for one that is not in this file.")
    answer: str | None = Field(
        None,
        min_length=1,
        max_length=100,
        description='The id of the option chosen for a question of the kind "reading".',
    )

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if self.answer is None and "column" not in self.model_fields_set:
            raise ValueError('says neither a column nor an answer; send {"column": …} or {"answer": …}')
        return self


Rulings = dict[str, str | Ruling | None]
"""From canonical column to the file's column, to null for "not in this file", or to a ruling."""

OPTION = "decisions (also called mapping)"

_RULINGS = TypeAdapter(Rulings)


def decisions_in(text: str | None, industry: Industry | None) -> tuple[Decision, ...]:
    """The decisions in the option `decisions`. Raises BadOption."""
    if text is None:
        return ()
    try:
        said = json.loads(text)
    except (json.JSONDecodeError, RecursionError):
        raise BadOption(f'{OPTION} is not JSON; send an object such as {{"mrr": "Amount due"}}') from None
    if isinstance(said, dict) and set(said) == {"decisions"} and isinstance(said["decisions"], dict):
        said = said["decisions"]
    try:
        rulings = _RULINGS.validate_json(json.dumps(said), strict=True)
    except ValidationError:
        raise BadOption(
            f"{OPTION} must be a JSON object from canonical column to the file's column, to null, or to "
            '{"column": …} or {"answer": …}'
        ) from None
    return decided(rulings, industry)


class Decisions(BaseModel):
    """A body that holds decisions; `mapping`, as an upload's option was called, is taken for the same."""

    model_config = ConfigDict(extra="forbid")

    decisions: Rulings

    @model_validator(mode="before")
    @classmethod
    def _one_name(cls, body: Any) -> Any:
        if isinstance(body, dict) and "mapping" in body and "decisions" not in body:
            return {"decisions" if name == "mapping" else name: value for name, value in body.items()}
        return body


def decided(rulings: Rulings, industry: Industry | None) -> tuple[Decision, ...]:
    """The rulings as decisions. Raises BadOption for a column that is not canonical, or a customer id left out."""
    known = {name for each in ([industry] if industry else COLUMNS) for name in by_name(each)}
    decisions: list[Decision] = []
    for canonical, said in rulings.items():
        ruling = said if isinstance(said, Ruling) else Ruling(column=said)
        column = ruling.column
        if canonical not in known:
            raise BadOption(f"{canonical[:60]!r} is not a canonical column; they are {', '.join(sorted(known))}")
        if column is not None and not 0 < len(column) <= COLUMN_LENGTH_MAX:
            raise BadOption(f"the column given for {canonical} is empty or over {COLUMN_LENGTH_MAX} characters long")
        if column is not None or ruling.answer is None:
            if column is None and canonical == "customer_id":
                raise BadOption("customer_id cannot be left out; say which column tells one customer from another")
            decisions.append(Decision(canonical, column))
        if ruling.answer is not None:
            decisions.append(Decision(canonical, column, ruling.answer))
    told_apart(decisions)
    return tuple(decisions)


def named_in(columns: Collection[str], decisions: Iterable[Decision]) -> None:
    """Raises BadOption for a column that is not among the file's `columns`."""
    for decision in decisions:
        if decision.column is not None and decision.column not in columns:
            raise BadOption(
                f"the file has no column of the name given for {decision.canonical}; look at its header row"
            )


def told_apart(decisions: Iterable[Decision]) -> None:
    """Raises BadOption for a column of the file that is said to be two canonical ones."""
    owners: dict[str, str] = {}
    for decision in decisions:
        if decision.column is not None and owners.setdefault(decision.column, decision.canonical) != decision.canonical:
            owner = owners[decision.column]
            raise BadOption(
                f"one column is said to be both {owner} and {decision.canonical}; it can be only one of them"
            )


def display_name(filename: str | None) -> str:
    """The file's own name without folders and without characters that steer a terminal or a line of text."""
    name = PurePosixPath((filename or "").replace("\\", "/")).name
    shown = "".join(
        character for character in name if unicodedata.category(character)[0] not in "CZ" or character == " "
    )
    return shown.strip()[:FILENAME_LENGTH_MAX] or FILENAME


def key_name(filename: str) -> str:
    """The name as the last part of an object key: letters, digits, dots, dashes; never empty or hidden."""
    plain = unicodedata.normalize("NFKD", filename).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9._-]+", "_", plain).lstrip("._-")[-100:] or FILENAME
