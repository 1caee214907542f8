"""Fixtures of training's tests: seeded customers of a small company, and a baseline that knows a little of them."""

import numpy as np
import pyarrow as pa
import pytest

from libs.tables.columns import Industry
from services.scoring.calibrate import Calibration
from services.scoring.features import Encoding, Feature, Floats
from services.scoring.linear import Linear
from services.scoring.model import Kind, Metadata, Model

KNOWN = ("tenure_months", "mrr", "logins_per_month", "api_calls_per_month")
FEATURES = tuple(Feature(name, (name,), Encoding.NUMBER) for name in KNOWN)


@pytest.fixture(scope="session")
def baseline() -> Model:
    """A line over four features, one of which no table here has."""
    line = Linear(
        KNOWN,
        weights=np.array([-0.02, 0.0, -0.02, -0.001]),
        means=np.array([20.0, 100.0, 20.0, 100.0]),
        lows=np.zeros(4),
        highs=np.full(4, 1e6),
        intercept=-3.0,
    )
    metadata = Metadata(
        family="baseline-saas",
        version="b",
        industry=Industry.SAAS,
        horizon_days=30,
        training_digest="00" * 32,
        features=FEATURES,
        calibration=Calibration(1.0, 0.0),
        base_margin=-3.0,
        base_rate=0.05,
        metrics={},
        importance=dict.fromkeys(KNOWN, 1.0),
        specification={},
        libraries={},
        kind=Kind.LINEAR,
    )
    return Model(metadata, "ab" * 32, line)


def truth(logins: Floats, csat: np.ndarray, channel: np.ndarray, signal: float = 1.0) -> Floats:
    """(n,) each customer's true probability."""
    log_odds = signal * (-0.15 * (logins - 20) - 0.8 * (csat - 3) + 0.8 * (channel == "web")) - 1.2
    return 1 / (1 + np.exp(-log_odds))


def customers(n: int, signal: float = 1.0, seed: int = 1) -> pa.Table:
    """n customers with a label that logins, an extra number and an extra category tell, `signal` strong."""
    random = np.random.default_rng(seed)
    logins, csat = random.poisson(20, n).astype(float), random.integers(1, 6, n)
    channel = random.choice(["web", "sales", "partner"], n)
    left = random.random(n) < truth(logins, csat, channel, signal)
    return pa.table(
        {
            "source_row": np.arange(1, n + 1),
            "customer_id": [f"c{k}" for k in range(n)],
            "tenure_months": random.integers(1, 60, n).astype(float),
            "mrr": np.round(random.gamma(2, 60, n), 2),
            "logins_per_month": logins,
            "country": random.choice(["de", "fr", "us"], n),
            "churned": left,
            "extra.csat score": csat.astype(str),
            "extra.channel": channel,
        }
    )
