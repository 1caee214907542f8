"""The results table: its schema, and one block of it from probabilities and explanations."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from libs.tables.columns import CUSTOMER_NAME, PLAN, REVENUE, SOURCE_ROW
from services.scoring import recommend
from services.scoring.domain import Direction, RiskLevel, ScoreOptions
from services.scoring.explain import Explanation
from services.scoring.features import Cells, Feature, Floats, group_names, numbers, texts, values
from services.scoring.model import REASONS, Metadata
from services.scoring.wording import Words, title

NOTHING_RAISES = "none: nothing known of this customer raises the risk"

_FACTOR: tuple[tuple[str, pa.DataType], ...] = (
    ("feature", pa.string()),
    ("label", pa.string()),
    ("value", pa.string()),
    ("direction", pa.string()),
    ("impact", pa.float64()),
    ("actionable", pa.bool_()),
)

_COLUMNS: list[tuple[str, pa.DataType]] = [
    ("customer_id", pa.string()),
    (CUSTOMER_NAME, pa.string()),
    ("plan", pa.string()),
    ("churn_probability", pa.float64()),
    ("probability_low", pa.float64()),
    ("probability_high", pa.float64()),
    ("retention_probability", pa.float64()),
    ("risk_level", pa.string()),
    ("top_risk_factor", pa.string()),
    *((f"factor_{rank}_{name}", kind) for rank in range(1, REASONS + 1) for name, kind in _FACTOR),
    ("other_impact", pa.float64()),
    ("base_probability", pa.float64()),
    ("recommendation", pa.string()),
    ("action", pa.string()),
    ("action_probability", pa.float64()),
    ("model_version", pa.string()),
    ("scored_at", pa.string()),
    ("horizon_days", pa.int32()),
    ("monthly_revenue", pa.float64()),
    ("revenue_at_risk", pa.float64()),
    ("saved_revenue", pa.float64()),
    (SOURCE_ROW, pa.int64()),
]

SCHEMA = pa.schema(_COLUMNS)
"""What every model's results begin with: base_probability + the three impacts + other_impact = churn_probability."""

SCHEMA_VERSION = 1
"""Grows when a column changes its meaning or goes; new ones may come at any time, and are null in what is older."""

IMPACT = "impact."
"""Begins the name of each waterfall column."""


def schema(metadata: Metadata) -> pa.Schema:
    """SCHEMA, and the whole waterfall: one float32 column of impacts for each feature that the model explains by.

    base_probability + all of them = churn_probability within 1e-6 on every row, null on one whose reasons are not
    its own. The field's metadata have `title`, the feature in a person's words, and `actionable`, "true" or "false";
    those of the schema `schema_version` and `industry`.
    """
    waterfall = [
        pa.field(
            IMPACT + feature.name,
            pa.float32(),
            metadata={"title": title(feature), "actionable": str(feature.changeable).lower()},
        )
        for feature in _shown(metadata)
    ]
    about = {b"schema_version": str(SCHEMA_VERSION).encode(), b"industry": metadata.industry.value.encode()}
    return pa.schema([*SCHEMA, *waterfall]).with_metadata(about)


@dataclass(frozen=True)
class Scores:
    """probability: (n,) float64. base: the typical customer's, the same for every row of a table.

    interval: (n,) lower and (n,) upper end of what the true probability may be; None if the model does not say.
    """

    probability: Floats
    base: float
    explanation: Explanation
    advice: recommend.Advice
    interval: tuple[Floats, Floats] | None = None


@dataclass(frozen=True)
class Ranked:
    """Which groups are named, as indices into `group_names`.

    factors: (n, 3). raising: (n,) the one that raises the risk most. raises: (n,) whether it does.
    """

    factors: np.ndarray
    raising: np.ndarray
    raises: np.ndarray


RISING = (RiskLevel.LOW, RiskLevel.MEDIUM, RiskLevel.HIGH)
"""Risk levels by rank."""

_LEVELS = pa.array([level.value for level in RISING], pa.string())


def risk_ranks(probability: Floats, options: ScoreOptions) -> np.ndarray:
    """(n,) intp, the place in RISING of each probability's risk level, by the options' thresholds."""
    ranks: np.ndarray = np.zeros(len(probability), dtype=np.intp)
    ranks[probability > options.medium_above] = 1
    ranks[probability > options.high_above] = 2
    return ranks


def assembled(
    table: pa.RecordBatch, scores: Scores, metadata: Metadata, options: ScoreOptions, words: Words
) -> pa.RecordBatch:
    """One block of results, rows in the order of `table`, which has customer_id and source_row."""
    rows = table.num_rows
    ranks = risk_ranks(scores.probability, options)
    own = [values(table, feature) for feature in _shown(metadata)]
    ranked = _ranked(scores.explanation, _known(own))
    impacts = np.take_along_axis(scores.explanation.impacts, ranked.factors, axis=1)
    columns: dict[str, Any] = {
        "customer_id": texts(table, "customer_id"),
        CUSTOMER_NAME: _told(table, CUSTOMER_NAME),
        "plan": _told(table, PLAN[metadata.industry]),
        "churn_probability": scores.probability,
        **_interval(scores, rows),
        "retention_probability": 1.0 - scores.probability,
        "risk_level": _LEVELS.take(ranks),
        **_factors(own, words, metadata, scores.explanation, ranked, impacts),
        "other_impact": scores.probability - scores.base - impacts.sum(axis=1),
        "base_probability": np.full(rows, scores.base),
        **recommend.columns(scores.advice, metadata, scores.probability, ranks == 0),
        "model_version": pa.repeat(metadata.version, rows),
        "scored_at": pa.repeat(options.scored_at, rows),
        "horizon_days": np.full(rows, metadata.horizon_days, dtype=np.int32),
        **_revenue(table, metadata, scores.probability),
        SOURCE_ROW: table.column(SOURCE_ROW),
        **_waterfall(scores.explanation, metadata),
    }
    whole = schema(metadata)
    return pa.record_batch([pa.array(columns[field.name], type=field.type) for field in whole], schema=whole)


def _told(table: pa.RecordBatch, column: str) -> Cells:
    """What the file says of each customer, for whoever looks for one; null where it says nothing."""
    return texts(table, column) if column in table.schema.names else pa.nulls(table.num_rows, pa.string())


def _interval(scores: Scores, rows: int) -> dict[str, Any]:
    low, high = scores.interval or (pa.nulls(rows, pa.float64()),) * 2
    return {"probability_low": low, "probability_high": high}


def _shown(metadata: Metadata) -> list[Feature]:
    """The feature whose value is shown for each group, in the order of `group_names`."""
    by_feature = {feature.name: feature for feature in metadata.features}
    return [by_feature[name] for name in group_names(metadata.features)]


def _known(own: Sequence[Cells]) -> np.ndarray:
    """(n, n_groups) whether the customer has a value of the group's own. own: by group."""
    return np.column_stack([column.is_valid().to_numpy(zero_copy_only=False) for column in own])


def _ranked(explanation: Explanation, known: np.ndarray) -> Ranked:
    """Groups by size of impact; ties go to the earlier feature.

    What is not known of a customer is named only where fewer than three things are: its impact is
    exact too, but it is no reason that a person could check. It counts in `other_impact`.
    """
    impacts, exact = explanation.impacts, explanation.exact
    size = np.where(exact[:, None], np.abs(impacts), explanation.importance[None, :])
    # Floats from 0 on are ordered as their bits are; so all that is known goes before what is not, exactly.
    taken = np.iinfo(np.int64).min
    order = size.view(np.int64) + np.where(known, 0, taken + 1)
    factors = np.empty((len(order), REASONS), dtype=np.intp)
    for rank in range(REASONS):
        factors[:, rank] = order.argmax(axis=1)
        np.put_along_axis(order, factors[:, rank, None], taken, axis=1)
    candidates = np.where(known, impacts, -np.inf)
    raising = np.where(exact, candidates.argmax(axis=1), factors[:, 0])
    raises = ~exact | (np.take_along_axis(candidates, raising[:, None], axis=1)[:, 0] > 0)
    return Ranked(factors, raising, raises)


_DIRECTIONS = pa.array([Direction.DECREASES.value, Direction.INCREASES.value, Direction.INFLUENCES.value], pa.string())
_INFLUENCES = 2


def _factors(
    own: Sequence[Cells],
    words: Words,
    metadata: Metadata,
    explanation: Explanation,
    ranked: Ranked,
    impacts: Floats,
) -> dict[str, Any]:
    names = pa.array(group_names(metadata.features), pa.string())
    changeable = np.array([feature.changeable for feature in _shown(metadata)])
    labels, told = _words(own, words, _shown(metadata), np.column_stack([ranked.factors, ranked.raising]))
    columns: dict[str, Any] = {"top_risk_factor": pc.if_else(pa.array(ranked.raises), labels[REASONS], NOTHING_RAISES)}
    for place in range(REASONS):
        direction = np.where(explanation.exact, (impacts[:, place] > 0).astype(np.int8), _INFLUENCES)
        columns |= {
            f"factor_{place + 1}_feature": names.take(ranked.factors[:, place]),
            f"factor_{place + 1}_label": labels[place],
            f"factor_{place + 1}_value": told[place],
            f"factor_{place + 1}_direction": _DIRECTIONS.take(direction),
            f"factor_{place + 1}_impact": impacts[:, place],
            f"factor_{place + 1}_actionable": changeable[ranked.factors[:, place]],
        }
    return columns


def _waterfall(explanation: Explanation, metadata: Metadata) -> dict[str, Any]:
    not_own = ~explanation.exact
    return {
        IMPACT + name: pa.array(explanation.impacts[:, place].astype(np.float32), mask=not_own)
        for place, name in enumerate(group_names(metadata.features))
    }


def _words(
    own: Sequence[Cells], words: Words, shown: Sequence[Feature], chosen: np.ndarray
) -> tuple[list[Cells], list[Cells]]:
    """Labels and values of the chosen groups, one (n,) array for each column of `chosen`.

    own, shown: the customers' values and the feature they are of, by group. Only the rows that name one are worded.
    """
    flat = chosen.T.ravel()
    places = np.empty(len(flat), dtype=np.int64)
    labels, told = list[str](), list[str]()
    for group, feature in enumerate(shown):
        here = np.flatnonzero(flat == group)
        said = words.said(feature, own[group].take(here % len(chosen)))
        places[here] = said.places + len(labels)
        labels += said.labels
        told += said.values
    columns = places.reshape(chosen.shape[1], -1)
    first, second = (pa.array(each, pa.string()) for each in (labels, told))
    return [first.take(column) for column in columns], [second.take(column) for column in columns]


def _revenue(table: pa.RecordBatch, metadata: Metadata, probability: Floats) -> dict[str, Any]:
    column = REVENUE[metadata.industry]
    if column not in table.schema.names:
        return {name: pa.nulls(table.num_rows, pa.float64()) for name in ("monthly_revenue", "revenue_at_risk")}
    monthly = numbers(table, column)
    return {"monthly_revenue": monthly, "revenue_at_risk": pc.multiply(monthly, pa.array(probability))}
