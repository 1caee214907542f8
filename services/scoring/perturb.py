"""What a change of one column would do to the risk levels, tried on every customer as rows pass by."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from services.scoring.domain import BadPerturbation, Clip, Effect, Perturbation
from services.scoring.features import Cells, Feature, Matrix, column_spans, matrix

RanksAfter = Callable[[np.ndarray, Matrix], np.ndarray]
"""(m,) places of customers, (m, n_columns) as a change would encode them -> (m,) the ranks of their risk levels."""


def effects(
    perturbations: Sequence[Perturbation],
    table: pa.RecordBatch,
    encoded: Matrix,
    features: Sequence[Feature],
    ranks: np.ndarray,
    ranks_after: RanksAfter,
) -> list[Effect]:
    """Of each perturbation on these customers. ranks: (n,) of their risk levels.

    Raises BadPerturbation for a change that the column's type does not take.
    """
    return [_effect(each, table, encoded, features, ranks, ranks_after) for each in perturbations]


def perturbed(table: pa.RecordBatch, perturbation: Perturbation) -> Cells:
    """(n,) the changed column. Raises BadPerturbation."""
    cells: Any = table.column(perturbation.column)
    changed: Cells
    change = perturbation.change
    if change is None:
        blank: Cells = pa.nulls(len(cells), cells.type)
        return blank
    try:
        if isinstance(change, Clip):
            changed = _clipped(table, cells, change)
        elif perturbation.divides:
            changed = pc.divide(cells, pa.scalar(change, pa.float64()))
        else:
            filler = change == "yes" if pa.types.is_boolean(cells.type) else change
            changed = pc.fill_null(cells, pa.scalar(filler, cells.type))
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError, pa.ArrowTypeError) as error:
        raise BadPerturbation(
            f"perturbation '{perturbation.id}' cannot be tried: column '{perturbation.column}' is {cells.type}"
        ) from error
    return changed


def _effect(
    perturbation: Perturbation,
    table: pa.RecordBatch,
    encoded: Matrix,
    features: Sequence[Feature],
    before: np.ndarray,
    ranks_after: RanksAfter,
) -> Effect:
    name = perturbation.column
    reading = [
        (feature, span)
        for feature, span in zip(features, column_spans(features), strict=True)
        if name in feature.columns
    ]
    if name not in table.schema.names or not reading:
        return Effect(perturbation.id)
    cells = perturbed(table, perturbation)
    rows = np.flatnonzero(_differ(table.column(name), cells))
    if not len(rows):
        return Effect(perturbation.id)
    # Only customers whose cell is another are judged again: mending a few gaps costs next to nothing.
    changed = table.set_column(table.schema.get_field_index(name), name, cells).take(rows)
    after = encoded[rows]
    for feature, span in reading:
        after[:, span] = matrix(changed, [feature])
    moved = ranks_after(rows, after) - before[rows]
    return Effect(perturbation.id, len(rows), int((moved > 0).sum()), int((moved < 0).sum()))


def _clipped(table: pa.RecordBatch, cells: Any, clip: Clip) -> Any:
    if clip.low is not None:
        cells = pc.max_element_wise(cells, pa.scalar(clip.low, cells.type), skip_nulls=False)
    if clip.high is not None:
        cells = pc.min_element_wise(cells, pa.scalar(clip.high, cells.type), skip_nulls=False)
    if clip.high_column and clip.high_column in table.schema.names:
        # Where the bound is not known there is none.
        bound = pc.coalesce(table.column(clip.high_column), cells)
        cells = pc.min_element_wise(cells, bound, skip_nulls=False)
    return cells


def _differ(before: Cells, after: Cells) -> np.ndarray:
    """(n,) whether a cell is another than it was; missing is one value."""
    same: Any = pc.equal(before, after)
    both: Any = pc.and_(pc.is_null(before), pc.is_null(after))
    return ~np.asarray(pc.or_(pc.fill_null(same, False), both))
