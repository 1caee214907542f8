"""The SaaS prior on labelled files it was never fitted to: python -m bench.prior

Each file goes through our own ingest and mapping. Printed for each: AUC with its 95 % bootstrap interval; that of an
expert's ranking of the same columns (each standardised within the file, equal weights, the known directions); the
calibration error once the file's churn rate is given, with what chance alone would show; and in how many of ten groups
by probability the frequency lies within the group's mean interval. Exits with 1 when a limit of the acceptance is
missed.
"""

import sys
from pathlib import Path

import numpy as np
import pyarrow as pa
from sklearn.metrics import roc_auc_score

from bench.labelled import labelled
from libs.objects.local import LocalStore
from services.scoring.calibrate import calibration_error, calibration_noise, level_shift, probability
from services.scoring.features import encoded_names, matrix
from services.scoring.model import Model
from services.scoring.profile import bounds
from services.scoring.registry import Registry, StoreRing
from services.scoring.specifications import SAAS

AUC_MIN = {"customer_churn_business_synth": 0.58, "saas_customers_nps_synth": 0.63}
ERROR_MAX = 0.06
DRAWS = 200
LOGGED = ("tenure_months", "logins_per_month", "days_since_last_login", "api_calls_per_month", "support_tickets")


def main(models: str = "models") -> int:
    """Prints a row for each file; 1 if a limit is missed."""
    store = LocalStore(Path(models))
    model = Registry(store, StoreRing(store)).load("baseline-saas")
    print(f"baseline-saas {model.metadata.version}\n")
    print("| file | customers | left | AUC | 95 % | expert's | calibration error | by chance | groups inside | note |")
    print("|---" * 10 + "|")
    kept = True
    for file, table in labelled():
        labels = np.asarray(table.column("churned")).astype(float)
        own = log_odds(model, table)
        chances, inside = told_the_rate(model, table, labels)
        auc, error = roc_auc_score(labels, own), calibration_error(chances, labels)
        low, high = auc_interval(labels, own)
        ranked = expert(table)
        beside = f"{roc_auc_score(labels, ranked):.3f}"
        print(
            f"| {file.name} | {len(labels):,} | {labels.mean():.1%} | {auc:.3f} | {low:.3f}-{high:.3f} | {beside} "
            f"| {error:.3f} | {calibration_noise(chances, 0):.3f} | {inside} of 10 | {file.note} |"
        )
        if file.name in AUC_MIN:
            kept &= auc >= AUC_MIN[file.name] and error <= ERROR_MAX
    print(f"\nThe prior {'keeps' if kept else 'misses'} the limits: {AUC_MIN}, calibration error <= {ERROR_MAX}")
    return 0 if kept else 1


def log_odds(model: Model, table: pa.Table) -> np.ndarray:
    """(n,) calibrated, as without a churn rate."""
    return model.metadata.calibration.log_odds(model.margins(matrix(table, SAAS)))


def told_the_rate(model: Model, table: pa.Table, labels: np.ndarray) -> tuple[np.ndarray, int]:
    """(n,) probabilities given the file's churn rate, and in how many of ten groups the frequency lies inside."""
    own = log_odds(model, table)
    moved = own + level_shift(own, float(labels.mean()), model.metadata.base_rate)
    assert model.spread is not None and model.metadata.interval is not None
    low, high = bounds(moved, model.spread.margins(matrix(table, SAAS)), model.metadata.interval)
    groups = np.array_split(np.argsort(moved, kind="stable"), 10)
    inside = sum(bool(low[rows].mean() <= labels[rows].mean() <= high[rows].mean()) for rows in groups)
    return probability(moved), inside


def auc_interval(labels: np.ndarray, scores: np.ndarray) -> tuple[float, float]:
    """The central 95 % of bootstrap draws."""
    rng = np.random.default_rng(0)
    draws = [rng.integers(0, len(labels), len(labels)) for _ in range(DRAWS)]
    aucs = [roc_auc_score(labels[rows], scores[rows]) for rows in draws if 0 < labels[rows].mean() < 1]
    low, high = np.quantile(aucs, (0.025, 0.975))
    return float(low), float(high)


def expert(table: pa.Table) -> np.ndarray:
    """(n,) a ranking by hand: the sum of the standardised columns, each in the direction that is known."""
    encoded = matrix(table, SAAS).astype(np.float64)
    signs = {feature.name: feature.monotone for feature in SAAS}
    ranking = np.zeros(len(encoded))
    for place, name in enumerate(encoded_names(SAAS)):
        column = np.log1p(np.maximum(encoded[:, place], 0)) if name in LOGGED else encoded[:, place]
        spread = np.nanstd(column) if np.isfinite(column).any() else 0.0
        # Whether a higher price keeps or loses customers differs too much for an expert to weigh it.
        if spread > 0 and name != "mrr":
            ranking += signs[name] * np.nan_to_num((column - np.nanmean(column)) / spread)
    return ranking


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2]))
