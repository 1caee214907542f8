"""What each feature is worth to a tenant's model: customers it had not seen, judged with the feature masked."""

import numpy as np

from services.scoring.calibrate import probability
from services.scoring.features import Feature, Floats, Matrix, column_spans, encoded_names
from services.scoring.model import Model
from services.scoring.training.examples import Examples
from services.scoring.training.judging import auc
from services.scoring.training.learning import Learnt
from services.scoring.training.setting import Ground


class Masked:
    """Gathers, fold by fold, what held-out customers are given without each feature.

    The baseline that a model may lean on is masked with it: a file without the column lacks it for both.
    """

    def __init__(self, standing: Ground, baseline: Model) -> None:
        self._standing = standing
        self._baseline = baseline
        self._spans = column_spans(standing.features)
        self._whole = np.full(len(standing.examples), np.nan)
        self._without = np.full((len(standing.features), len(standing.examples)), np.nan)

    def add(self, model: Learnt, unseen: np.ndarray) -> None:
        """One fold: the model that learnt without these rows."""
        examples = self._standing.examples.at(unseen)
        self._whole[unseen] = probability(model.log_odds(examples))
        for place, (feature, span) in enumerate(zip(self._standing.features, self._spans, strict=True)):
            if feature.columns:
                self._without[place, unseen] = probability(model.log_odds(self._masked(examples, span)))

    def costs(self, features: tuple[Feature, ...]) -> dict[str, float]:
        """By feature, the AUC that held-out customers who have it lose without it; 0 if nothing.

        Features that too few customers of either kind have are left out: of them nothing can be said.
        """
        names, labels = {feature.name for feature in features}, self._standing.examples.labels
        costs = {}
        for place, (feature, span) in enumerate(zip(self._standing.features, self._spans, strict=True)):
            known = ~np.isnan(self._standing.examples.encoded[:, span]).all(axis=1) & np.isfinite(self._without[place])
            if feature.name in names and 0 < labels[known].sum() < known.sum():
                lost = auc(labels[known], self._whole[known]) - auc(labels[known], self._without[place][known])
                costs[feature.name] = round(max(lost, 0.0), 6)
        return costs

    def score_deciles(self) -> tuple[float, ...]:
        """(9,) the inner deciles of the held-out log-odds."""
        chances = self._whole[np.isfinite(self._whole)]
        deciles = np.quantile(np.log(chances) - np.log1p(-chances), np.arange(1, 10) / 10)
        return tuple(round(float(each), 6) for each in deciles)

    def _masked(self, examples: Examples, span: slice) -> Examples:
        encoded: Matrix = examples.encoded.copy()
        encoded[:, span] = np.nan
        return Examples(encoded, examples.labels, examples.customers, self._leaning(examples, encoded, span))

    def _leaning(self, examples: Examples, encoded: Matrix, span: slice) -> Floats | None:
        """(n,) the baseline's log-odds of the masked rows."""
        width = len(encoded_names(self._baseline.metadata.features))
        if examples.baseline is None or span.start >= width:
            return examples.baseline
        return self._baseline.metadata.calibration.log_odds(self._baseline.margins(encoded[:, :width]))
