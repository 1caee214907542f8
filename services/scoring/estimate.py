"""What a model says of encoded customers: probability, interval and reasons; the same for scoring and for what-ifs."""

import logging
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from services.scoring.calibrate import level_shift, probability
from services.scoring.domain import ScoreOptions
from services.scoring.explain import Explanation, attributions, explained
from services.scoring.features import Floats, Matrix, matrix
from services.scoring.model import Model
from services.scoring.profile import bounds
from services.scoring.walk import Walk

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Estimate:
    """probability: (n,) float64. base: the typical customer's, the same for everyone.

    interval: (n,) lower and (n,) upper end of what the true probability may be; None if the model does not say.
    """

    probability: Floats
    base: float
    explanation: Explanation
    interval: tuple[Floats, Floats] | None


def estimated(model: Model, walk: Walk, encoded: Matrix, shift: float) -> Estimate:
    """walk: of the model over `encoded`. shift: what is added to every log-odds; from shift_for."""
    calibration = model.metadata.calibration
    own = calibration.log_odds(walk.margins, shift)
    base = calibration.log_odds(np.array(model.metadata.base_margin), shift)
    explanation = explained(model, _attributions_or_none(model, walk), own, shift)
    return Estimate(probability(own), float(probability(base)), explanation, _bounds(model, encoded, own))


def shift_for(model: Model, table: pa.RecordBatch, options: ScoreOptions) -> float:
    """What the options add to every log-odds, found from these customers if it is not given. Raises BadChurnRate."""
    if options.level_shift is not None:
        return options.level_shift
    if options.churn_rate is None:
        return 0.0
    margins = model.margins(matrix(table, model.metadata.features))
    return level_shift(model.metadata.calibration.log_odds(margins), options.churn_rate, model.metadata.base_rate)


def _bounds(model: Model, encoded: Matrix, log_odds: Floats) -> tuple[Floats, Floats] | None:
    if model.spread is None or model.metadata.interval is None:
        return None
    return bounds(log_odds, model.spread.walk(encoded).margins, model.metadata.interval)


def _attributions_or_none(model: Model, walk: Walk) -> Floats | None:
    """None if the explainer fails: a score without personal reasons is worth more than none, and is marked so."""
    try:
        return attributions(model, walk)
    except Exception as error:  # noqa: BLE001, whatever it is, it is logged and told in the summary
        log.error("the explainer failed; global importance stands in", extra={"error": type(error).__name__})
        return None
