"""Layer 5: whether the table as a whole is fit to be scored: rows, identity, gaps, columns that tell nothing."""

from typing import cast

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from libs.tables.columns import Column, Kind
from services.validation.checks.row import Cells, Flags, RowCheck, counted, flags, holds, missing
from services.validation.checks.statistics import Statistics
from services.validation.checks.whole import listed, readiness
from services.validation.domain import FREE, OPTIONAL_WEIGHT, Effect, Finding, Layer, Operation, Repair, Severity

ROWS_FEW = 50
ROWS_VERY_FEW = 10
"""Rows below which shares and correlations say little, and below which they say nothing."""

MISSING_SHARE_MAX = 0.5
"""Share of missing cells beyond which a column is worth a warning."""

CORRELATION_MIN = 0.95
CORRELATION_ROWS_MIN = 30
"""From which |r|, over how many rows, two columns are said to tell the same."""

RARE_SHARE = 0.02
"""Share of customers who left below which the label is called rare."""

ID_CHARACTERS_MAX = 1_000
"""No customer's id is longer; what is, is text that ran into the column."""

TRAINING_ROWS_MIN = 200
TRAINING_SIDE_ROWS_MIN = 50
"""Labelled customers, and of those who left or stayed, below which a model of one's own is not worth fitting.

Ten events for each thing a model learns from is the old rule of thumb (Peduzzi et al., 1996).
"""


class Repeats:
    """Finds rows of a customer who was seen in the row before; remembers one id across batches."""

    def __init__(self) -> None:
        self._last: str | None = None

    def among(self, ids: Cells) -> Flags:
        """Which of the rows repeat the customer before them. ids: (n_rows,) without nulls, customers adjacent."""
        repeated = np.zeros(len(ids), dtype=np.bool_)
        if len(ids):
            repeated[0] = ids[0].as_py() == self._last
            repeated[1:] = flags(pc.equal(ids.slice(1), ids.slice(0, len(ids) - 1)))
            self._last = ids[-1].as_py()
        return repeated


def _long(ids: Cells) -> Flags:
    lengths: Cells = pc.utf8_length(cast(pa.StringArray, ids))
    return flags(pc.greater(lengths, pa.scalar(ID_CHARACTERS_MAX, lengths.type)))


def _no_id(ids: Cells) -> Flags:
    return missing(ids) | holds(ids, "")


_IDENTITY = RowCheck(
    id="readiness.customer_id",
    layer=Layer.READINESS,
    severity=Severity.ERROR,
    columns=("customer_id",),
    failing=lambda block: _no_id(block.column("customer_id")),
    fault="customer_id is missing",
    advice="Fill in customer_id in these rows; a total or a footer line can be deleted.",
    effect=Effect.SET_ASIDE,
)


_IDENTITY_LENGTH = RowCheck(
    id="readiness.customer_id_length",
    layer=Layer.READINESS,
    severity=Severity.ERROR,
    columns=("customer_id",),
    failing=lambda block: _long(block.column("customer_id")),
    fault=f"customer_id is longer than {ID_CHARACTERS_MAX:,} characters",
    advice="Shorten customer_id in these rows; so long a text is most often a quote that was not closed.",
    effect=Effect.SET_ASIDE,
)


IDENTITY = (_IDENTITY, _IDENTITY_LENGTH)
"""What every row must have to be anyone's."""


def duplicates(repeats: Repeats) -> RowCheck:
    """The check of one pass; what it finds depends on the rows before."""
    return RowCheck(
        id="readiness.duplicates",
        layer=Layer.READINESS,
        severity=Severity.ERROR,
        columns=("customer_id",),
        failing=lambda block: repeats.among(block.column("customer_id")),
        fault="duplicate customer",
        advice="Export one row per customer; of several rows the first is used.",
        effect=Effect.SET_ASIDE,
        repair=Repair(Operation.REMOVE_DUPLICATES, "customer_id", {"keep": "first"}),
    )


def gaps(columns: tuple[Column, ...]) -> list[RowCheck]:
    """One check for each required column but the id: a row without it can be scored, and is worse for it."""
    return [_gap(column) for column in columns if column.required and column.name != "customer_id"]


def _gap(column: Column) -> RowCheck:
    name = column.name
    return RowCheck(
        id=f"readiness.missing.{name}",
        layer=Layer.READINESS,
        severity=Severity.WARNING,
        columns=(name,),
        failing=lambda block: missing(block.column(name)),
        fault=f"{name} is missing",
        advice=f"Fill in {name} in these rows: predictions lean on it.",
        effect=Effect.KEPT,
        repair=filling(column),
    )


def findings(statistics: Statistics, columns: tuple[Column, ...], row_count: int, commonest: str) -> list[Finding]:
    """The findings on the clean rows as a whole.

    commonest: what most of the rows set aside have wrong, as a clause; empty where none was.
    """
    features = tuple(column for column in columns if column.feature)
    optional = tuple(column for column in features if not column.required)
    found = [_rows(statistics.rows, row_count, commonest)]
    if statistics.rows:
        found += [_empty(statistics, optional, row_count)]
        found += [
            _missing(statistics, column, row_count) for column in optional if statistics.spans[column.name].filled
        ]
        found += [_constant(statistics, features), _correlated(statistics, features)]
        found += _outcome(statistics)
    return found


def _rows(clean: int, row_count: int, commonest: str) -> Finding:
    if row_count == 0:
        message, advice = "the table has no rows.", "Export the customers, one row each."
        return readiness("rows", Severity.FATAL, False, message, advice, share=1.0)
    if clean == 0:
        message = (
            f"none of {counted(row_count, 'row')} can be scored: every one was set aside, most often because"
            f" {commonest}."
        )
        advice = "Correct that column, map another one in its place, or say that it is not in this file."
        return readiness("rows", Severity.FATAL, False, message, advice, count=row_count, share=1.0)
    severity = Severity.WARNING if clean < ROWS_VERY_FEW else Severity.INFO
    passed = clean >= ROWS_FEW
    message = f"{counted(clean, 'row')} can be scored" + (
        "." if passed else ": a small file, and too few to judge it by or to compare customers with each other."
    )
    advice = f"Export {ROWS_FEW} customers or more, those who left too."
    share = 0.0 if passed else 1.0
    return readiness("rows", severity, passed, message, advice, count=0 if passed else clean, share=share)


def _empty(statistics: Statistics, optional: tuple[Column, ...], row_count: int) -> Finding:
    names = tuple(column.name for column in optional if statistics.spans[column.name].filled == 0)
    share = statistics.rows / row_count
    return readiness(
        "empty",
        Severity.WARNING,
        not names,
        f"{listed(names)}: no cell holds anything." if names else "every optional column of the file holds something.",
        f"Export {listed(names)} filled in, or leave out what you do not record.",
        count=statistics.rows if names else 0,
        share=share if names else 0.0,
        weight=OPTIONAL_WEIGHT * len(names),
        columns=names,
    )


def _missing(statistics: Statistics, column: Column, row_count: int) -> Finding:
    name = column.name
    blank = statistics.rows - statistics.spans[name].filled
    much = blank > MISSING_SHARE_MAX * statistics.rows
    return readiness(
        f"missing.{name}",
        Severity.WARNING if much else Severity.INFO,
        blank == 0,
        f"{name} is missing: in {blank:,} of {counted(statistics.rows, 'row')} that can be scored, {Effect.KEPT}."
        if blank
        else f"{name} is missing: in none of {counted(statistics.rows, 'row')} that can be scored.",
        f"Fill in {name} where you know it.",
        count=blank,
        share=blank / row_count,
        # Both come to the same for a share: 0.2 × 0.1 as a warning, 0.02 as a note.
        weight=OPTIONAL_WEIGHT if much else 1.0,
        columns=(name,),
        repair=filling(column),
    )


def _constant(statistics: Statistics, features: tuple[Column, ...]) -> Finding:
    names = tuple(column.name for column in features if statistics.spans[column.name].constant)
    return readiness(
        "constant",
        Severity.INFO,
        not names,
        f"{listed(names)}: every cell that is filled holds the same."
        if names
        else "no column holds the same in every row.",
        f"Check that the export was not filtered by {listed(names)}: what never differs tells nothing.",
        share=float(bool(names)),
        weight=FREE,
        columns=names,
    )


def _correlated(statistics: Statistics, features: tuple[Column, ...]) -> Finding:
    names = numeric(features)
    r = statistics.moments.correlations()
    pairs = [
        (names[i], names[j], r[i, j])
        for i in range(len(names))
        for j in range(i + 1, len(names))
        if statistics.moments.count[i, j] >= CORRELATION_ROWS_MIN and abs(r[i, j]) >= CORRELATION_MIN
    ]
    told = "; ".join(f"{one} and {other} (r = {value:.2f})" for one, other, value in pairs)
    return readiness(
        "correlated",
        Severity.INFO,
        not pairs,
        f"nearly the same information twice: {told}." if pairs else "no two numbers say nearly the same.",
        "Check that these columns are not copies; where they are, reasons share the credit between them.",
        share=float(bool(pairs)),
        weight=FREE,
        columns=tuple(dict.fromkeys(name for one, other, _ in pairs for name in (one, other))),
    )


def _outcome(statistics: Statistics) -> list[Finding]:
    """How balanced the label is, and whether it is enough to learn from."""
    label = statistics.spans.get("churned")
    if label is None or not label.filled:
        return []
    return [_classes(statistics.churned, label.filled), _trainable(statistics.churned, label.filled)]


def _classes(churned: int, labelled: int) -> Finding:
    share = churned / labelled
    said = f"churned is known for {counted(labelled, 'row')}; {churned:,} of them ({share:.1%}) left"
    one_sided, rare = churned in (0, labelled), share < RARE_SHARE
    advice = (
        "Export customers who stayed and customers who left: only both together can train a model or prove one."
        if one_sided
        else "Take a longer period: so few who left make a model of your own uncertain."
    )
    return readiness(
        "classes",
        Severity.WARNING if one_sided else Severity.INFO,
        not (one_sided or rare),
        said + ("; one side is missing." if one_sided else "."),
        advice,
        count=labelled,
        share=1.0,
        weight=FREE,
        columns=("churned",),
    )


def _trainable(churned: int, labelled: int) -> Finding:
    stayed = labelled - churned
    enough = labelled >= TRAINING_ROWS_MIN and min(churned, stayed) >= TRAINING_SIDE_ROWS_MIN
    seen = f"{counted(labelled, 'customer')} with a label, {churned:,} who left and {stayed:,} who stayed"
    return readiness(
        "trainable",
        Severity.INFO,
        enough,
        f"{seen}: enough for a model of your own." if enough else f"{seen}: too few for a model of your own.",
        f"Collect {TRAINING_ROWS_MIN} labelled customers or more, {TRAINING_SIDE_ROWS_MIN} of them who left;"
        " until then the baseline model predicts.",
        count=0 if enough else labelled,
        share=0.0 if enough else 1.0,
        weight=FREE,
        columns=("churned",),
    )


def filling(column: Column) -> Repair:
    """Filling a column's gaps with what is usual in it."""
    statistic = "median" if column.kind is Kind.NUMBER else "most_frequent"
    return Repair(Operation.FILL_MISSING, column.name, {"statistic": statistic})


def numeric(columns: tuple[Column, ...]) -> tuple[str, ...]:
    """The features that are numbers, in the order of the columns."""
    return tuple(column.name for column in columns if column.feature and column.kind is Kind.NUMBER)
