"""What others make of the same customers and the same folds: CatBoost, LightGBM, and XGBoost tuned at length."""

from collections.abc import Callable
from importlib.metadata import version

import numpy as np
import xgboost

from services.scoring.training.split import Fold

SEED = 20260531
TRIES = 12
ROUNDS_MAX, PATIENCE = 600, 30

Fit = Callable[[np.ndarray, np.ndarray, np.ndarray], np.ndarray]
"""From encoded rows, labels and unseen rows to the probabilities of the unseen."""


def rivals() -> dict[str, Fit]:
    """By name, with what was set. One thread each: two that wait for each other crawl on a busy machine."""
    return {
        f"CatBoost {version('catboost')}, defaults": _catboost,
        f"LightGBM {version('lightgbm')}, 300 trees of 15 leaves, rate 0.03": _lightgbm,
        f"XGBoost {version('xgboost-cpu')}, best of {TRIES} settings in each fold": _xgboost,
    }


def held_out(fit: Fit, encoded: np.ndarray, labels: np.ndarray, folds: tuple[Fold, ...]) -> np.ndarray:
    """(n,) probabilities of rows that the models behind them had not seen."""
    found = np.empty(len(labels))
    for seen, unseen in folds:
        found[unseen] = fit(encoded[seen], labels[seen], encoded[unseen])
    return found


def _catboost(seen: np.ndarray, labels: np.ndarray, unseen: np.ndarray) -> np.ndarray:
    from catboost import CatBoostClassifier

    model = CatBoostClassifier(random_seed=SEED, thread_count=1, verbose=False, allow_writing_files=False)
    return np.asarray(model.fit(seen, labels).predict_proba(unseen))[:, 1]


def _lightgbm(seen: np.ndarray, labels: np.ndarray, unseen: np.ndarray) -> np.ndarray:
    from lightgbm import LGBMClassifier

    model = LGBMClassifier(
        n_estimators=300,
        num_leaves=15,
        learning_rate=0.03,
        min_child_samples=40,
        random_state=SEED,
        n_jobs=1,
        verbosity=-1,
    )
    return np.asarray(model.fit(seen, labels).predict_proba(unseen))[:, 1]


def _xgboost(seen: np.ndarray, labels: np.ndarray, unseen: np.ndarray) -> np.ndarray:
    """A seeded random search: each setting stops by a fifth of the seen rows; the best is fitted to all of them."""
    random = np.random.default_rng(SEED)
    aside = random.random(len(seen)) < 0.2
    learn, judge = xgboost.DMatrix(seen[~aside], labels[~aside]), xgboost.DMatrix(seen[aside], labels[aside])
    best, least, rounds = dict[str, object](), np.inf, 0
    for _ in range(TRIES):
        setting = {
            "objective": "binary:logistic",
            "eval_metric": "logloss",
            "max_depth": int(random.integers(2, 7)),
            "learning_rate": float(np.exp(random.uniform(np.log(0.02), np.log(0.15)))),
            "min_child_weight": float(random.choice([1, 5, 20])),
            "reg_lambda": float(random.choice([1, 5, 20])),
            "subsample": float(random.uniform(0.5, 1)),
            "colsample_bytree": float(random.uniform(0.4, 1)),
            "seed": SEED,
            "nthread": 1,
        }
        booster = xgboost.train(
            setting, learn, ROUNDS_MAX, evals=[(judge, "judge")], early_stopping_rounds=PATIENCE, verbose_eval=False
        )
        if booster.best_score < least:
            best, least, rounds = setting, booster.best_score, booster.best_iteration + 1
    booster = xgboost.train(best, xgboost.DMatrix(seen, labels), rounds)
    return np.asarray(booster.predict(xgboost.DMatrix(unseen)))
