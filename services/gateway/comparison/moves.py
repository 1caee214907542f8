"""Each customer's move between two uploads, split into model and data, and the data's part by feature; sums are exact.

With p0 as it was scored then, p1 the old row under the new model and p2 as scored now: p1 - p0 is the model's part (a
new version, or another level), p2 - p1 the data's. Under one model and level the base is the same, so the differences
of a customer's impacts sum to the data's part.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa

MOVE = "move."
"""Begins the name of each feature's part."""

FROM, TO = "from.", "to."
"""Begin the names of the impacts in a joined batch: of the old row under the new model, and of the new row."""

KEPT, NEW, LOST = "kept", "new", "lost"

CLOSING_ERROR_MAX = 1e-5
"""Largest gap, in probability, that float32's rounding of stored impacts explains."""

_COLUMNS: list[tuple[str, pa.DataType]] = [
    ("customer_id", pa.string()),
    ("customer_name", pa.string()),
    ("status", pa.string()),
    ("probability_before", pa.float64()),
    ("probability_after", pa.float64()),
    ("move", pa.float64()),
    ("model_move", pa.float64()),
    ("data_move", pa.float64()),
    ("unexplained_move", pa.float64()),
    ("risk_before", pa.string()),
    ("risk_after", pa.string()),
    ("monthly_revenue_before", pa.float64()),
    ("monthly_revenue_after", pa.float64()),
]


def schema(features: Sequence["pa.Field[Any]"]) -> pa.Schema:
    """Of the changes: move = model_move + data_move, and data_move = unexplained_move + all columns `move.…`.

    features: by the name of the feature, with the metadata (`title`, `actionable`) that the results give them. Moves
    are null for customers who were not in both uploads; unexplained_move is what a customer without exact reasons on
    either side leaves open, else about 0.
    """
    whole = [pa.field(name, kind) for name, kind in _COLUMNS]
    return pa.schema(
        [*whole, *(pa.field(MOVE + field.name, pa.float64(), metadata=field.metadata) for field in features)]
    )


def changes(joined: pa.RecordBatch, features: Sequence["pa.Field[Any]"]) -> pa.RecordBatch:
    """The changes of these customers, in their order.

    joined: customer_id, customer_name, before, model, after (probabilities p0, p1, p2; null where the customer is not
    there), level_before, level_after, revenue_before, revenue_after, and the impacts under FROM and TO.
    """
    before, model, after = (_floats(joined, name) for name in ("before", "model", "after"))
    kept = ~np.isnan(before) & ~np.isnan(after)
    rescored = np.where(kept, model, np.nan)
    raw = np.column_stack([np.empty((joined.num_rows, 0)), *(_difference(joined, field.name) for field in features)])
    raw[~np.isfinite(raw).all(axis=1)] = 0.0
    parts = closed(raw, after - rescored)
    columns: dict[str, Any] = {
        "customer_id": joined.column("customer_id"),
        "customer_name": joined.column("customer_name"),
        "status": np.where(np.isnan(before), NEW, np.where(np.isnan(after), LOST, KEPT)),
        "probability_before": _nullable(before),
        "probability_after": _nullable(after),
        "move": _nullable(after - before),
        "model_move": _nullable(rescored - before),
        "data_move": _nullable(after - rescored),
        "unexplained_move": _nullable(after - rescored - parts.sum(axis=1)),
        "risk_before": joined.column("level_before"),
        "risk_after": joined.column("level_after"),
        "monthly_revenue_before": joined.column("revenue_before"),
        "monthly_revenue_after": joined.column("revenue_after"),
    }
    columns |= {MOVE + field.name: pa.array(parts[:, k], mask=~kept) for k, field in enumerate(features)}
    whole = schema(features)
    return pa.record_batch([pa.array(columns[field.name], type=field.type) for field in whole], schema=whole)


def closed(parts: np.ndarray, total: np.ndarray) -> np.ndarray:
    """(n, k) the parts with float32's rounding shared out by size, so that each row sums to its total.

    A row that lacks more than rounding explains is left as it is: what it lacks is unexplained.
    """
    gap, size = total - parts.sum(axis=1), np.abs(parts).sum(axis=1)
    closing = (np.abs(gap) <= CLOSING_ERROR_MAX) & (size > np.abs(gap))
    share = np.divide(gap, size, out=np.zeros_like(gap), where=closing)
    whole: np.ndarray = parts + share[:, None] * np.abs(parts)
    return whole


def _difference(joined: pa.RecordBatch, name: str) -> np.ndarray:
    difference: np.ndarray = _floats(joined, TO + name) - _floats(joined, FROM + name)
    return difference


def _floats(joined: pa.RecordBatch, name: str) -> np.ndarray:
    """(n,) float64, NaN where null."""
    cells: Any = joined.column(name)
    floats: np.ndarray = cells.cast(pa.float64()).to_numpy(zero_copy_only=False)
    return floats


def _nullable(values: np.ndarray) -> "pa.Array[Any]":
    nullable: pa.Array[Any] = pa.array(values, mask=np.isnan(values))
    return nullable
