"""What a rule of derivation is: the kinds of cells it reads, what it computes, and when."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from libs.tables.columns import Kind
from services.mapping.domain import Fold

Values = Any
"""A pa.Array; the stubs of pyarrow.compute refuse much that it takes, scalars beside arrays above all."""


@dataclass(frozen=True)
class Context:
    """What a rule knows beside its columns. parameters: those of the derivation."""

    snapshot_date: date
    parameters: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Rule:
    """One named rule.

    reads: the kind of each column, in order; a derivation may leave out the last ones.
    compute: of the columns read (a blank or unreadable cell is null), the value of each row.
    folds: for a rule that is computed once for each customer, after rows were folded: how each column it reads
        is folded where the plan says nothing else. Empty: computed for each row of the file.
    reads_canonical: the parameters that name canonical columns, which stand in for columns of the file.
    """

    name: str
    reads: tuple[Kind, ...]
    compute: Callable[[Sequence[Values], Context], Values]
    folds: tuple[Fold, ...] = ()
    reads_canonical: tuple[str, ...] = ()
