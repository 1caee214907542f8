"""What a table tells beside its scores, counted block by block: drift, and what perturbations would change."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa

from services.scoring.calibrate import probability
from services.scoring.domain import Drift, Effect, ScoreOptions
from services.scoring.drift import Counts, Reference
from services.scoring.features import Floats, Matrix
from services.scoring.model import Model
from services.scoring.perturb import effects
from services.scoring.results import risk_ranks
from services.scoring.walk import Walk


@dataclass
class Seen:
    """Of some of the rows; adds up."""

    counts: Counts = field(default_factory=Counts)
    effects: list[Effect] = field(default_factory=list)

    def add(self, other: "Seen") -> None:
        self.counts.add(other.counts)
        both = zip(self.effects, other.effects, strict=True)
        self.effects = [one + more for one, more in both] if self.effects else other.effects


class Witness:
    """Counts the customers of one table. shift: as they are scored with. columns: of the table."""

    def __init__(self, model: Model, columns: Sequence[str], shift: float, options: ScoreOptions) -> None:
        self._model = model
        self._shift = shift
        self._options = options
        self._reference = Reference(model.metadata, columns)

    def seen(self, table: pa.RecordBatch, encoded: Matrix, walk: Walk, chances: Floats) -> Seen:
        """Of one block. encoded: its matrix, which `walk` walks. chances: (n,) its probabilities.

        Raises BadPerturbation.
        """

        def ranks_after(rows: np.ndarray, changed: Matrix) -> np.ndarray:
            log_odds = self._model.metadata.calibration.log_odds(walk.after(rows, changed), self._shift)
            return risk_ranks(probability(log_odds), self._options)

        with np.errstate(divide="ignore"):  # a chance of 0 or 1 lies in the outermost bin, as it should
            log_odds = np.log(chances) - np.log1p(-chances) - self._shift
        features, ranks = self._model.metadata.features, risk_ranks(chances, self._options)
        found = effects(self._options.perturbations, table, encoded, features, ranks, ranks_after)
        return Seen(self._reference.counts(table, encoded, log_odds), found)

    def drift(self, seen: Seen) -> Drift:
        """What was seen of the whole table says of drift."""
        return self._reference.drift(seen.counts)
