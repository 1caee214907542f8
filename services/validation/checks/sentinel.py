"""The leak sentinel of layer 5: columns that tell the label too well to be true, and labels that nothing tells."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist

import pyarrow as pa

from libs.tables import suspects
from libs.tables.columns import EXTRA_PREFIX, SOURCE_ROW, Column
from services.validation.checks.evidence import Sides, auc_error, chance_error, halves, watched
from services.validation.checks.row import holds, missing
from services.validation.checks.whole import readiness
from services.validation.checks.witness import Witness
from services.validation.domain import FREE, Finding, Operation, Repair, Severity

AUC_IMPLAUSIBLE = 0.9
AUC_PLAUSIBLE_MAX = 0.85
"""An AUC of at least the first, and beyond the second by two standard errors, is no single column's own merit.

The best single columns of honest files (tenure, contract, satisfaction) reach about 0.75.
"""

SIDE_ROWS_MIN = 20
"""Customers who left, and who stayed, below which no AUC is judged."""

NOISE_SIDE_ROWS_MIN = 30
"""The same, below which a label is not said to look like chance: too few show nothing either way."""

CHANCE = 0.01
"""Chance that any column of a label of pure noise passes for telling something.

Bonferroni: each column is ranked by its cells and by their absence, either way round.
"""

BY_CHANCE_MAX = 1e-9
"""Chance below which a column filled on one side only was filled because of the label."""

EXTRAS_MAX = 200
"""Extra columns that are watched; each takes a fraction of a millisecond per batch."""


@dataclass(frozen=True)
class _Told:
    """What one witness told at the end. auc: of its cells or of their absence, whichever tells more."""

    name: str
    auc: float
    one_sided: bool


class Sentinel:
    """Watches every column beside the label, over one pass; it has nothing to say of a table without one."""

    def __init__(self, columns: Sequence[Column], schema: pa.Schema) -> None:
        labelled = any(column.name == "churned" for column in columns)
        watched = [c.name for c in columns if not c.pii and c.name != "churned"]
        self.extras = tuple(name for name in schema.names if name.startswith(EXTRA_PREFIX))
        names = [*watched, *self.extras[:EXTRAS_MAX]] if labelled else []
        self._after = tuple(c.name for c in columns if c.name in (*suspects.AFTER_THE_FACT, "churned")) + tuple(
            name for name in self.extras if suspects.is_after_the_fact(name)
        )
        self._scores = tuple(name for name in self.extras if suspects.is_another_score(name))
        self._witnesses = {name: Witness(name) for name in names}
        self._sides = Sides()

    def observe(self, rows: pa.RecordBatch) -> None:
        """Adds the clean rows of one batch that are watched; those whose label is blank say nothing."""
        if not self._witnesses or rows.num_rows == 0:
            return
        kept = watched(rows.column(SOURCE_ROW).to_numpy()) & ~missing(rows.column("churned"))
        if not kept.all():
            rows = rows.filter(pa.array(kept))
        left = holds(rows.column("churned"), True)
        half = halves(rows.column(SOURCE_ROW).to_numpy())
        self._sides += Sides.of(left)
        for name, witness in self._witnesses.items():
            witness.observe(rows.column(name), left, half)

    def merge(self, other: "Sentinel") -> None:
        """Adds what another pass over rows of the same schema saw."""
        self._sides += other._sides
        for name, witness in self._witnesses.items():
            witness.merge(other._witnesses[name])

    def findings(self) -> list[Finding]:
        """Notes on columns that their names give away, a finding for each that its figures do, and one on the label."""
        judged = self._sides.least >= SIDE_ROWS_MIN
        told = {name: self._told(witness) for name, witness in self._witnesses.items()} if judged else {}
        found = []
        if self._after:
            found.append(_after(self._after, told))
        if self._scores:
            found.append(_scores(self._scores, told))
        open_to_doubt = [one for name, one in told.items() if name not in self._after + self._scores]
        leaks = [one for one in open_to_doubt if self._leaks(one)]
        found += [_leak(one, self._sides) for one in leaks]
        rest = [one for one in open_to_doubt if one not in leaks and not math.isnan(one.auc)]
        if rest and self._sides.least >= NOISE_SIDE_ROWS_MIN:
            found.append(_signal(rest, self._sides))
        return found

    def _told(self, witness: Witness) -> _Told:
        filled = witness.filled_auc(self._sides)
        value = witness.auc()
        # A handful of cells rank perfectly by chance; their side of the label must be large enough as well.
        told = filled if math.isnan(value) or witness.filled.least < SIDE_ROWS_MIN else max(value, filled)
        return _Told(witness.name, told, self._one_sided(witness.filled))

    def _one_sided(self, filled: Sides) -> bool:
        """Whether only customers of one side have the column filled, more of them than chance would."""
        if filled.least:
            return False
        share_left = self._sides.left / (self._sides.left + self._sides.stayed)
        share, cells = (share_left, filled.left) if filled.left else (1 - share_left, filled.stayed)
        return cells * math.log(share) < math.log(BY_CHANCE_MAX)

    def _leaks(self, told: _Told) -> bool:
        if told.one_sided:
            return True
        return told.auc >= AUC_IMPLAUSIBLE and told.auc - 2 * auc_error(told.auc, self._sides) > AUC_PLAUSIBLE_MAX


def _figures(names: Sequence[str], told: dict[str, _Told]) -> str:
    return ", ".join(f"{name} (AUC {told[name].auc:.2f} alone)" if name in told else name for name in names)


def _after(names: tuple[str, ...], told: dict[str, _Told]) -> Finding:
    message = (
        f"{_figures(names, told)}: known only once a customer has left,"
        " so it is no input of a prediction, nor of a model in training."
    )
    return readiness("leak", Severity.INFO, True, message, columns=names)


def _scores(names: tuple[str, ...], told: dict[str, _Told]) -> Finding:
    return readiness(
        "other_score",
        Severity.INFO,
        False,
        f"{_figures(names, told)}: by its name another model's score, so it is no input of a prediction,"
        " nor of a model in training.",
        "Nothing needs doing: it is kept beside the results, to compare.",
        weight=FREE,
        columns=names,
    )


def _leak(told: _Told, sides: Sides) -> Finding:
    labelled = sides.left + sides.stayed
    how = (
        "is filled only for customers of one side of the label"
        if told.one_sided
        else f"alone tells who left with an AUC of {told.auc:.2f}, where honest columns stay below"
        f" {AUC_PLAUSIBLE_MAX:.2f}"
    )
    figure = f" (AUC {told.auc:.2f} alone)" if told.one_sided else ""
    return readiness(
        f"leak.{told.name}",
        Severity.WARNING,
        False,
        f"{told.name} {how}{figure}: it reads like something recorded after the customer had left."
        " A label leaks through it, so it is excluded from training.",
        f"Export {told.name} as it was before customers left, or leave it out: it cannot show in time who will leave.",
        count=labelled,
        share=1.0,
        weight=FREE,
        columns=(told.name,),
        repair=Repair(Operation.DROP_COLUMN, told.name),
    )


def _signal(told: list[_Told], sides: Sides) -> Finding:
    """Whether any column that may be used tells more of the label than chance would."""
    best = max(told, key=lambda one: one.auc)
    beyond = 0.5 + NormalDist().inv_cdf(1 - CHANCE / (4 * len(told))) * chance_error(sides)
    labelled = sides.left + sides.stayed
    told_something = best.auc > beyond
    among = f"of {len(told)} columns" if len(told) > 1 else "of one column"
    message = (
        f"{among}, {best.name} tells most alone of who left (AUC {best.auc:.2f})."
        if told_something
        else f"the label looks like chance as far as single columns can tell: {among} none has an AUC beyond"
        f" {beyond:.2f}, which {labelled:,} rows show without any cause (the highest is {best.auc:.2f}, {best.name})."
    )
    return readiness(
        "signal",
        Severity.WARNING,
        told_something,
        message,
        "Check that the label belongs to these customers and this period; a model trained on it would learn nothing,"
        " so add columns on use, support or payment.",
        count=0 if told_something else labelled,
        share=0.0 if told_something else 1.0,
        weight=FREE,
        columns=() if not told_something else (best.name,),
    )
