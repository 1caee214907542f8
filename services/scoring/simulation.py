"""Simulate: a few customers as they stand and as changed, each with probability, interval and every impact."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from libs.errors import InvalidInput, TooLarge
from libs.tables.columns import REVENUE
from services.scoring.choices import Lever, levers_of
from services.scoring.domain import ScoreOptions, check_columns
from services.scoring.estimate import Estimate, estimated, shift_for
from services.scoring.features import Feature, group_names, matrix, numbers, texts, values
from services.scoring.model import Metadata, Model
from services.scoring.recommend import known_spans
from services.scoring.results import RISING, risk_ranks
from services.scoring.settable import settables
from services.scoring.whatif import Changes, Moved, what_if
from services.scoring.wording import title, told

CUSTOMERS_MAX = 1_000
"""Customers of one call: what a call of a second may hold."""


class TooManyCustomers(TooLarge):
    """More customers than one call takes."""


class UnmatchedChanges(InvalidInput):
    """Changes that are not one for each customer."""


@dataclass(frozen=True)
class Outcome:
    """What is said of one customer. low, high: of the interval; None if the model gives none.

    monthly_revenue, revenue_at_risk: None where not known.
    """

    probability: float
    low: float | None
    high: float | None
    risk_level: str
    monthly_revenue: float | None
    revenue_at_risk: float | None


@dataclass(frozen=True)
class Impact:
    """One feature's bar, before and after, in probability points as fractions. value, label: after, in words."""

    feature: str
    title: str
    value: str
    label: str
    before: float
    after: float
    actionable: bool


@dataclass(frozen=True)
class Simulated:
    """One customer. base + the impacts = the probability, before and after; no impacts where they are not exact."""

    customer_id: str | None
    before: Outcome
    after: Outcome
    base: float
    impacts: tuple[Impact, ...]
    moved: tuple[Moved, ...]
    levers: tuple[Lever, ...]


@dataclass(frozen=True)
class Simulation:
    """customers: in the order of the rows. level_shift: what was added to every log-odds."""

    customers: tuple[Simulated, ...]
    level_shift: float


def simulated(
    model: Model, table: pa.RecordBatch, changes: Sequence[Changes], options: ScoreOptions, *, levers: bool = False
) -> Simulation:
    """Every customer of the table as it stands and as changed.

    changes: one for each row, or none at all: then nothing is other than it is. levers: whether to say what can be
    changed. Raises what scoring raises, what whatif raises, TooManyCustomers and UnmatchedChanges.
    """
    _check(table, changes)
    metadata, rows = model.metadata, table.num_rows
    known = settables(metadata)
    needed = {"customer_id", REVENUE[metadata.industry], *known}
    table = table.select([name for name in table.schema.names if name in needed])
    spans = known_spans(metadata, options.spans)
    asked = what_if(metadata, known, table, changes or [{}] * rows, spans)
    shift = shift_for(model, table, options)
    encoded = matrix(asked.table, metadata.features)
    both = estimated(model, model.walk(encoded), encoded, shift)
    after = np.arange(rows)
    after[asked.rows] = rows + np.arange(len(asked.rows))
    outcomes = _outcomes(metadata, asked.table, both, options)
    impacts = _impacts(metadata, asked.table, both, after)
    can = levers_of(metadata, known, table, spans) if levers else [()] * rows
    ids = texts(table, "customer_id").to_pylist()
    return Simulation(
        tuple(
            Simulated(
                ids[row], outcomes[row], outcomes[after[row]], both.base, impacts[row], asked.moved[row], can[row]
            )
            for row in range(rows)
        ),
        shift,
    )


def _check(table: pa.RecordBatch, changes: Sequence[Changes]) -> None:
    check_columns(table.schema.names)
    if table.num_rows > CUSTOMERS_MAX:
        raise TooManyCustomers(
            f"{table.num_rows:,} customers are too many for one simulation; send at most {CUSTOMERS_MAX:,}"
        )
    if changes and len(changes) != table.num_rows:
        raise UnmatchedChanges(
            f"there are changes for {len(changes):,} customers and {table.num_rows:,} customers; send one for each "
            "row, in their order, or none at all"
        )


def _outcomes(metadata: Metadata, table: pa.RecordBatch, both: Estimate, options: ScoreOptions) -> list[Outcome]:
    """One for each row of the table."""
    none = [None] * table.num_rows
    low, high = (end.tolist() for end in both.interval) if both.interval else (none, none)
    paid = REVENUE[metadata.industry]
    monthly = numbers(table, paid).to_pylist() if paid in table.schema.names else none
    levels = [RISING[rank].value for rank in risk_ranks(both.probability, options)]
    return [
        Outcome(chance, least, most, level, revenue, None if revenue is None else revenue * chance)
        for chance, least, most, level, revenue in zip(
            both.probability.tolist(), low, high, levels, monthly, strict=True
        )
    ]


def _impacts(metadata: Metadata, table: pa.RecordBatch, both: Estimate, after: np.ndarray) -> list[tuple[Impact, ...]]:
    """By customer, the greatest after the changes first; none where they are not exact.

    after: (n,) the place among all rows of what each customer would be.
    """
    features = {feature.name: feature for feature in metadata.features}
    shown = [features[name] for name in group_names(metadata.features)]
    words = [_words(metadata, table, feature) for feature in shown]
    found = []
    for row, place in enumerate(after):
        own, then = both.explanation.impacts[row], both.explanation.impacts[place]
        exact = both.explanation.exact[row] and both.explanation.exact[place]
        order = np.argsort(-np.abs(then), kind="stable").tolist() if exact else []
        found.append(
            tuple(
                Impact(
                    feature=shown[group].name,
                    title=title(shown[group]),
                    value=words[group][place][1],
                    label=words[group][place][0],
                    before=float(own[group]),
                    after=float(then[group]),
                    actionable=shown[group].changeable,
                )
                for group in order
            )
        )
    return found


def _words(metadata: Metadata, table: pa.RecordBatch, feature: Feature) -> list[tuple[str, str]]:
    """Label and value of every row."""
    profile = metadata.profile.get(feature.name)
    return [told(feature, value, profile) for value in values(table, feature).to_pylist()]
