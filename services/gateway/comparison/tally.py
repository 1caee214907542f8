"""Figures over all customers' changes, added up batch by batch."""

import heapq
from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa

from services.gateway.comparison.document import Changes, CustomerMove, FeatureMove, LevelMove, Upload
from services.gateway.comparison.moves import KEPT, LOST, MOVE, NEW

SHOWN = 10
"""Customers shown among those who rose, and fell, most."""

LEVELS = ("high", "medium", "low")

TOTALS = ("move", "model_move", "data_move", "unexplained_move")


class Tally:
    """features: as in moves.schema."""

    def __init__(self, features: Sequence["pa.Field[Any]"]) -> None:
        self._features = features
        self._status: Counter[str] = Counter()
        self._levels: Counter[tuple[str, str]] = Counter()
        self._totals = np.zeros(len(TOTALS))
        self._sums, self._sizes = np.zeros(len(features)), np.zeros(len(features))
        self._raised, self._lowered = np.zeros(len(features), dtype=int), np.zeros(len(features), dtype=int)
        self._most: dict[int, list[tuple[float, int, CustomerMove]]] = {1: [], -1: []}
        self._seen = 0

    def add(self, changes: pa.RecordBatch) -> None:
        """changes: of some customers, as moves.changes gives them."""
        status = changes.column("status").to_numpy(zero_copy_only=False)
        self._status.update(status.tolist())
        kept = changes.filter(pa.array(status == KEPT))
        old, new = (kept.column(name).to_numpy(zero_copy_only=False) for name in ("risk_before", "risk_after"))
        self._levels.update(zip(old.tolist(), new.tolist(), strict=True))
        self._totals += [_floats(kept, name).sum() for name in TOTALS]
        parts = np.column_stack([np.empty((len(kept), 0)), *(_floats(kept, MOVE + f.name) for f in self._features)])
        self._sums += parts.sum(axis=0)
        self._sizes += np.abs(parts).sum(axis=0)
        self._raised += (parts > 0).sum(axis=0)
        self._lowered += (parts < 0).sum(axis=0)
        for sign in self._most:
            self._keep_most(kept, parts, sign)

    def document(self, before: Upload, after: Upload, same_model: bool) -> Changes:
        """The whole of it."""
        kept = self._status[KEPT]
        means = [float(total) / kept if kept else None for total in self._totals]
        return Changes(
            before=before,
            after=after,
            same_model=same_model,
            kept=kept,
            new=self._status[NEW],
            lost=self._status[LOST],
            mean_move=means[0],
            mean_model_move=means[1],
            mean_data_move=means[2],
            mean_unexplained_move=means[3],
            features=self._feature_moves(kept) if kept else [],
            levels=[
                LevelMove(before=old, after=new, customers=self._levels[old, new])
                for old in LEVELS
                for new in LEVELS
                if self._levels[old, new]
            ],
            rises=self._shown(1),
            falls=self._shown(-1),
        )

    def _feature_moves(self, kept: int) -> list[FeatureMove]:
        moves = [
            FeatureMove(
                feature=field.name,
                title=_title(field),
                mean=float(self._sums[k]) / kept,
                mean_size=float(self._sizes[k]) / kept,
                raised=int(self._raised[k]),
                lowered=int(self._lowered[k]),
            )
            for k, field in enumerate(self._features)
        ]
        return sorted(moves, key=lambda each: -each.mean_size)

    def _keep_most(self, kept: pa.RecordBatch, parts: np.ndarray, sign: int) -> None:
        moved = sign * _floats(kept, "move")
        for row in np.argsort(-moved, kind="stable")[:SHOWN]:
            if moved[row] <= 0:
                break
            self._seen += 1
            # Of equal moves the one seen first stays.
            entry = (float(moved[row]), -self._seen, self._customer(kept, parts, int(row)))
            if len(self._most[sign]) < SHOWN:
                heapq.heappush(self._most[sign], entry)
            else:
                heapq.heappushpop(self._most[sign], entry)

    def _customer(self, kept: pa.RecordBatch, parts: np.ndarray, row: int) -> CustomerMove:
        model = kept.column("model_move")[row].as_py()
        most = int(np.abs(parts[row]).argmax()) if len(self._features) else None
        by_data = most is not None and abs(parts[row, most]) >= abs(model)
        return CustomerMove(
            customer_id=kept.column("customer_id")[row].as_py(),
            customer_name=kept.column("customer_name")[row].as_py(),
            before=kept.column("probability_before")[row].as_py(),
            after=kept.column("probability_after")[row].as_py(),
            model_move=model,
            data_move=kept.column("data_move")[row].as_py(),
            feature=self._features[most].name if by_data and most is not None else None,
        )

    def _shown(self, sign: int) -> list[CustomerMove]:
        return [customer for _, _, customer in sorted(self._most[sign], key=lambda entry: (-entry[0], -entry[1]))]


def _title(field: "pa.Field[Any]") -> str:
    return (field.metadata or {}).get(b"title", b"").decode() or field.name.replace("_", " ")


def _floats(changes: pa.RecordBatch, name: str) -> np.ndarray:
    return changes.column(name).to_numpy(zero_copy_only=False)
