"""What an uploader says of a file: options from the query or the form, decisions, and names made safe."""

import json
import re
import unicodedata
from collections.abc import Collection, Iterable
from datetime import UTC, date, datetime, timedelta
from pathlib import PurePosixPath
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError, field_validator, model_validator

from libs.errors import InvalidInput
from libs.tables.columns import COLUMNS, Industry, by_name
from services.gateway.domain import Decision

FILENAME = "upload.csv"
FILENAME_LENGTH_MAX = 200
COLUMN_LENGTH_MAX = 1_000


class BadOption(InvalidInput):
    """An option of an upload that cannot be meant."""


class UploadOptions(BaseModel):
    """Fields of an upload's form. A blank one counts as absent: browsers send every input."""

    model_config = ConfigDict(extra="forbid")

    industry: Industry | None = Field(None, description="Found from the columns where absent.")
    snapshot_date: date | None = Field(None, description="The day the file describes (2026-05-31); absent: today, UTC.")
    churn_rate: float | None = Field(
        None,
        gt=0,
        lt=1,
        description="Share of customers that left in the last 30 days, if known; shifts every probability.",
    )
    mapping: str | None = Field(
        None,
        description='What columns are, as JSON: {"mrr": "Amount due", "tenure_months": null}. null: not in this file. '
        'How one is read: {"signup_date": {"answer": "day_first"}}.',
    )

    @field_validator("*", mode="before")
    @classmethod
    def _blank_is_absent(cls, value: Any) -> Any:
        return None if isinstance(value, str) and not value.strip() else value

    @field_validator("snapshot_date")
    @classmethod
    def _not_ahead(cls, value: date | None) -> date | None:
        # Somewhere on earth it is tomorrow already; later than that is a slip.
        if value is not None and value > datetime.now(UTC).date() + timedelta(days=1):
            raise ValueError("lies in the future; say the day on which the file was exported")
        return value


class UploadQuery(UploadOptions):
    """The same as a query, for a body that is the file itself; and for a form, whose fields go before."""

    filename: str | None = Field(
        None, max_length=1_000, description="The file's name; goes before Content-Disposition."
    )


def merged(query: UploadQuery, fields: dict[str, str]) -> UploadOptions:
    """The options of the query, overridden by the form's. Raises BadOption without repeating a value."""
    try:
        form = UploadOptions.model_validate(fields)
    except ValidationError as error:
        faults = [f"{'.'.join(str(part) for part in fault['loc'])}: {fault['msg']}" for fault in error.errors()]
        raise BadOption(f"the form's fields do not fit ({'; '.join(faults)})") from None
    given = {**query.model_dump(exclude_none=True, exclude={"filename"}), **form.model_dump(exclude_none=True)}
    return UploadOptions.model_validate(given)


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
            raise ValueError("says neither a column nor an answer")
        return self


Rulings = dict[str, str | Ruling | None]
"""From canonical column to the file's column, to null for "not in this file", or to a ruling."""

_RULINGS = TypeAdapter(Rulings)


def decisions_in(text: str | None, industry: Industry | None) -> tuple[Decision, ...]:
    """The decisions in the option `mapping`. Raises BadOption."""
    if text is None:
        return ()
    try:
        json.loads(text)
    except (json.JSONDecodeError, RecursionError):
        raise BadOption('mapping is not JSON; send an object such as {"mrr": "Amount due"}') from None
    try:
        rulings = _RULINGS.validate_json(text, strict=True)
    except ValidationError:
        raise BadOption(
            "mapping must be a JSON object from canonical column to the file's column, to null, or to "
            '{"column": …} or {"answer": …}'
        ) from None
    return decided(rulings, industry)


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
