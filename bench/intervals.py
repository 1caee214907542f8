"""Whether intervals hold the true probability: python -m bench.intervals [models]

Where the truth is known: fresh simulated companies for the SaaS prior, by how many columns they lack; for telecom the
real customers with labels drawn from a truth of another kind (a logistic regression with interactions, rough trees
with other seeds than the width was fitted to), the recipe fitted to them anew. Where it is not: ten groups of real
held-out customers, whose frequency must lie within the group's mean interval. Exits with 1 when a limit is missed.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from libs.objects.local import LocalStore
from services.scoring.baselines import saas, telecom
from services.scoring.baselines.simulation import simulated
from services.scoring.calibrate import fitted, probability
from services.scoring.features import matrix
from services.scoring.model import Model
from services.scoring.profile import bounds
from services.scoring.registry import Registry, StoreRing
from services.scoring.specifications import SAAS, TELECOM
from services.scoring.train import Examples, Recipe, boosted, held_out, margins

COVERAGE_MIN = 0.85
COMPANIES = 1_000
SEED = 500


def main(models: str = "models") -> int:
    """Prints both tables; 1 if a limit is missed."""
    store = LocalStore(Path(models))
    registry = Registry(store, StoreRing(store))
    prior, phone = registry.load(saas.FAMILY), registry.load(telecom.FAMILY)
    kept = True
    print(f"{'truth is known':<58} {'held':>7} {'half-width, log-odds':>22}")
    for name, held, width in (*of_prior(prior), *of_telecom(phone)):
        kept &= held >= COVERAGE_MIN
        print(f"{name:<58} {held:>7.1%} {width:>22.2f}")
    print(f"\n{'held-out telecom customers, 5-fold':<40} {'stated':>7} {'low':>7} {'high':>7} {'left':>7}")
    for place, (stated, low, high, left) in enumerate(groups(phone)):
        kept &= low <= left <= high
        print(f"{'group ' + str(place + 1):<40} {stated:>7.3f} {low:>7.3f} {high:>7.3f} {left:>7.3f}")
    print(f"\nnominal 90 %: {'kept' if kept else 'missed'} (held >= {COVERAGE_MIN:.0%}, every group inside)")
    return 0 if kept else 1


def interval(model: Model, encoded: np.ndarray, log_odds: np.ndarray) -> tuple[np.ndarray, np.ndarray, float]:
    """Lower and upper ends as probabilities, and the mean half-width in log-odds."""
    assert model.spread is not None and model.metadata.interval is not None
    widths = model.spread.margins(encoded)
    mean = float(model.metadata.interval.widening * np.exp(widths).mean())
    return *bounds(log_odds, widths, model.metadata.interval), mean


def of_prior(model: Model) -> Iterator[tuple[str, float, float]]:
    """Name, share held, mean half-width."""
    sample = simulated(COMPANIES, SEED)
    encoded = matrix(sample.table, SAAS)
    missing = np.isnan(encoded).sum(axis=1)
    for name, rows in (
        ("all", missing >= 0),
        ("at most 4 features missing", missing <= 4),
        ("5 to 8 missing", (missing > 4) & (missing < 9)),
        ("9 or more missing", missing >= 9),
    ):
        log_odds = model.metadata.calibration.log_odds(model.margins(encoded[rows]))
        low, high, width = interval(model, encoded[rows], log_odds)
        truth = sample.chance[rows]
        yield f"SaaS, {COMPANIES:,} fresh companies: {name}", float(np.mean((low <= truth) & (truth <= high))), width


def of_telecom(model: Model) -> Iterator[tuple[str, float, float]]:
    """The same for the recipe on labels drawn from truths of several kinds."""
    known = telecom.examples(telecom.customers())
    for name, truth in truths(known):
        drawn = (np.random.default_rng(SEED).random(len(truth)) < probability(truth)).astype(float)
        again = boosted(Examples(known.encoded, drawn, drawn), np.arange(len(drawn)), TELECOM, telecom.RECIPE)
        stated = model.metadata.calibration.log_odds(margins(again, known.encoded))
        low, high, width = interval(model, known.encoded, stated)
        held = (low <= probability(truth)) & (probability(truth) <= high)
        yield f"telecom, truth is {name}", float(held.mean()), width


def truths(known: Examples) -> Iterator[tuple[str, np.ndarray]]:
    """Log-odds that labels are drawn from, by name."""
    columns = np.nan_to_num((known.encoded - np.nanmean(known.encoded, axis=0)) / np.nanstd(known.encoded, axis=0))
    shown = np.hstack([columns, columns[:, :1] ** 2, columns[:, :1] * columns])
    smooth = LogisticRegression(C=0.5, max_iter=2000).fit(shown, known.labels)
    yield "a logistic regression with interactions", smooth.decision_function(shown)
    for depth in (4, 8):
        order = np.random.default_rng(SEED + depth).permutation(len(known.labels))
        seen, unseen = order[::2], order[1::2]
        rough = boosted(known, seen, TELECOM, Recipe(rounds=120, depth=depth, rate=0.08, child_weight=5.0))
        found = margins(rough, known.encoded)
        yield f"trees of depth {depth}", fitted(found[unseen], known.labels[unseen]).log_odds(found)


def groups(model: Model) -> Iterator[tuple[float, float, float, float]]:
    """Of ten groups by stated probability: mean stated, mean low, mean high, share that left."""
    known = telecom.examples(telecom.customers())
    stated = held_out(known, TELECOM, telecom.RECIPE, repeat=SEED).margins
    log_odds = model.metadata.calibration.log_odds(stated)
    low, high, _ = interval(model, known.encoded, log_odds)
    for rows in np.array_split(np.argsort(log_odds, kind="stable"), 10):
        yield (
            float(probability(log_odds[rows]).mean()),
            float(low[rows].mean()),
            float(high[rows].mean()),
            float(known.labels[rows].mean()),
        )


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2]))
