"""The plain way to the same reasons: one process, pandas, shap.TreeExplainer and a loop over the rows.

Written as one would write it in a notebook that goes to production: no mapping of unknown headers, no checks, no
intervals, no actions, no waterfall; the reason columns are the product's. The model is the same.
"""

from pathlib import Path

import numpy as np
import pandas as pd
import shap
import xgboost

from bench.bare import NAMES
from services.scoring.calibrate import probability
from services.scoring.model import Metadata
from services.scoring.specifications import SAAS

LEVELS = {feature.name: feature for feature in SAAS if feature.levels}


def predict(booster: xgboost.Booster, metadata: Metadata, file: Path, target: Path) -> pd.DataFrame:
    """Writes and returns the results of the file's customers."""
    frame = pd.read_csv(file)[list(NAMES)].rename(columns=NAMES)
    features = _features(frame, list(booster.feature_names or ()))
    margin = booster.predict(xgboost.DMatrix(features), output_margin=True)
    chance = probability(metadata.calibration.log_odds(margin))
    base = float(probability(metadata.calibration.log_odds(np.array(metadata.base_margin))))
    values = shap.TreeExplainer(booster).shap_values(features)
    names, customers = list(features.columns), frame.to_dict("records")
    rows = []
    for customer, shapley, p in zip(customers, values, chance, strict=True):
        total = shapley.sum()
        impacts = shapley * ((p - base) / total if total else 0.0)
        order = np.argsort(-np.abs(impacts), kind="stable")[:3]
        told = {
            "customer_id": customer["customer_id"],
            "churn_probability": p,
            "retention_probability": 1 - p,
            "risk_level": "high" if p > 0.7 else "medium" if p > 0.4 else "low",
        }
        for rank, place in enumerate(order, start=1):
            name, impact = names[place], impacts[place]
            value = customer.get(name)
            told |= {
                f"factor_{rank}_feature": name,
                f"factor_{rank}_label": f"{name.replace('_', ' ')} is {value}",
                f"factor_{rank}_value": str(value),
                f"factor_{rank}_direction": "increases" if impact > 0 else "decreases",
                f"factor_{rank}_impact": impact,
            }
        told |= {
            "other_impact": p - base - impacts[order].sum(),
            "base_probability": base,
            "monthly_revenue": customer["mrr"],
            "revenue_at_risk": customer["mrr"] * p,
        }
        rows.append(told)
    results = pd.DataFrame(rows)
    results.to_parquet(target)
    return results


def _features(frame: pd.DataFrame, names: list[str]) -> pd.DataFrame:
    features = pd.DataFrame(index=frame.index)
    for name in names:
        if name == "seat_use":
            features[name] = frame["seats_used"] / frame["seats_purchased"].where(frame["seats_purchased"] > 0)
        elif name not in frame:
            features[name] = np.nan
        elif name in LEVELS:
            features[name] = frame[name].map(lambda text, feature=LEVELS[name]: _level(feature, text))
        else:
            features[name] = frame[name]
    return features.astype("float32")


def _level(feature, text):
    word = str(text).lower()
    word = feature.synonyms.get(word, word)
    return feature.levels.index(word) if word in feature.levels else np.nan
