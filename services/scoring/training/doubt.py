"""How sure a tenant's own model can be: the interval of refits, by the same rule as the baselines'."""

import numpy as np

from services.scoring import intervals
from services.scoring.calibrate import Calibration
from services.scoring.features import Floats, Matrix
from services.scoring.train import Examples as Rows
from services.scoring.training.examples import Examples
from services.scoring.training.learning import Learnt
from services.scoring.training.search import fitted_to
from services.scoring.training.setting import Ground
from services.scoring.training.shrink import recalibrated
from services.scoring.training.split import SEED
from services.scoring.training.versions import Made

REFITS_AT_ONCE = 1
"""Training keeps to one thread and leaves the others to scoring."""

CORNERS = (4, 8, 3, 5, 10, 6)
"""Truths of more kinds than for the baselines, which thousands of customers made: with 200 customers the three kinds
held 82 % of true probabilities (five companies), these 91 %."""

DRAWN_ROWS = 2_000
DRAWS_MAX = 10
"""Labels are drawn until so many rows have one, so that a small file's interval does not hang on one luck."""

_AS_IT_IS = Calibration(1.0, 0.0)
"""The refits below are in log-odds already."""


def spread(standing: Ground, learnt: Learnt, made: Made, encoded: Matrix) -> intervals.Spread:
    """The widths of the interval. encoded: (n, n_columns) the labelled customers as `made.features` reads them.

    A refit learns the own model anew by the recipe that was found; where the baseline speaks alone, its weight and
    intercept.
    """
    whole = standing.examples
    own = whole.encoded if learnt.stack.baseline else encoded
    names = tuple(map(str, range(own.shape[1])))

    def refit(known: Rows, rows: np.ndarray) -> Floats:
        if not learnt.stack.own:
            assert whole.baseline is not None
            stack = recalibrated(whole.baseline[rows], known.labels[rows])
            return stack.own * whole.baseline + stack.intercept
        seen = Examples(own[rows], known.labels[rows], whole.customers[rows])
        return learnt.stack.log_odds(fitted_to(seen, learnt.recipe, names).margins(own), whole.baseline)

    return intervals.from_refits(
        Rows(encoded, whole.labels, whole.labels),
        made.features,
        _AS_IT_IS,
        refit,
        SEED,
        customers=whole.customers,
        corners=CORNERS,
        draws=min(DRAWS_MAX, -(-DRAWN_ROWS // len(whole))),
        at_once=REFITS_AT_ONCE,
    )
