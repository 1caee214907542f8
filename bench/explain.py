"""Exact Shapley values beside the engines that are usual: python -m bench.explain [--large] [--svg FILE]

One model (200 trees of depth 4, fitted to the public telecom file) and rows drawn from that file with their amounts
shaken and cells blanked, so that no two are alike; then rows at the very edge of every split. Each engine runs in a
process of its own, in turns, the best of its runs counts; peak memory is the process's. Every engine's values are
compared with XGBoost's own on every row. Exits with 1 when a limit is passed. `--large` adds 1,000,000 rows, for which
the slow engines are not run.
"""

import argparse
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import numpy as np
import xgboost

from bench.chart import bars
from services.scoring.baselines import telecom
from services.scoring.features import encoded_names, matrix
from services.scoring.forest import forest
from services.scoring.specifications import TELECOM
from services.scoring.trees import Trees

SEED = 20260531
SIZES, LARGE = (10_000, 100_000), 1_000_000
BLOCK_ROWS = 25_000
"""As the scoring stage cuts a table."""

RATIO_MIN = 6.0
DIFFERENCE_MAX = 1e-4
THREADS = os.cpu_count() or 1

ENGINES = {
    "ours": "RetainWise, tables kept with the model",
    "cold": "RetainWise, tables made anew",
    "woodelf": "woodelf-explainer",
    "contribs": "xgboost pred_contribs",
    "shap": "shap.TreeExplainer",
    "predict": "plain predict, for scale",
}
SLOW = ("contribs", "shap")
TURNS = 2


def main() -> int:
    """Runs every engine at every size and prints the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--large", action="store_true", help="add 1,000,000 rows")
    parser.add_argument("--svg", type=Path, help="draw the 100,000 rows here")
    given = parser.parse_args()
    names = [name for name in ENGINES if name != "woodelf" or _version("woodelf-explainer")]
    print(
        f"python {platform.python_version()}, xgboost {xgboost.__version__}, shap {version('shap')}, woodelf-explainer"
        f" {_version('woodelf-explainer') or 'not installed'}, numpy {np.__version__}; {THREADS} cores and threads,"
        f" load {os.getloadavg()[0]:.1f}; seed {SEED}"
    )
    passed = True
    with tempfile.TemporaryDirectory() as folder:
        _prepare(Path(folder), [*SIZES, *([LARGE] if given.large else [])])
        for rows in [*SIZES, *([LARGE] if given.large else [])]:
            here = [name for name in names if rows < LARGE or name not in SLOW]
            found = _measured(folder, rows, here)
            _print(rows, found)
            if rows == SIZES[-1]:
                passed = found["shap"]["s"] / found["ours"]["s"] >= RATIO_MIN
                passed &= found["ours"]["difference"] < DIFFERENCE_MAX
                if given.svg:
                    seconds = {ENGINES[name]: found[name]["s"] for name in here}
                    given.svg.write_text(bars(f"{rows:,} customers explained", seconds, "s"))
        edge = _measured(folder, 0, [name for name in names if name != "predict"])
        print("\nrows at the edge of a split: largest difference from xgboost, and rows off")
        for name, each in edge.items():
            print(f"  {ENGINES[name]:<42}{each['difference']:>10.1e}{each['wrong']:>8} of {each['rows']:,}")
        passed &= edge["ours"]["difference"] < DIFFERENCE_MAX
    limits = f"{RATIO_MIN:g} times shap's speed, equal within {DIFFERENCE_MAX:g} on every row"
    print("\nwithin" if passed else "\nover", "the limits:", limits)
    return 0 if passed else 1


def child(engine: str, folder: Path, rows: int) -> None:
    """One measurement, printed as JSON: best seconds of the warm runs, peak memory, distance from xgboost."""
    booster = xgboost.Booster(model_file=folder / "model.ubj")
    booster.set_param({"nthread": THREADS})
    encoded = np.load(folder / f"{rows}.npy")
    run = {
        "ours": _ours,
        "cold": _cold,
        "woodelf": _woodelf,
        "contribs": _contribs,
        "shap": _shap,
        "predict": _predict,
    }[engine](booster)
    if engine in ("ours", "woodelf", "predict"):
        run(encoded[:BLOCK_ROWS])  # warm: tables, threads
    before = resource.getrusage(resource.RUSAGE_SELF)
    started = time.perf_counter()
    values = run(encoded)
    seconds = time.perf_counter() - started
    after = resource.getrusage(resource.RUSAGE_SELF)
    told = {
        "s": seconds,
        "cpu": after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime,
        "mib": after.ru_maxrss / 1024,
        "rows": len(encoded),
    }
    if engine != "predict" and rows <= SIZES[-1]:
        gaps = np.abs(values - np.load(folder / f"{rows}-reference.npy")).max(axis=1)
        told |= {"difference": float(gaps.max()), "wrong": int((gaps > DIFFERENCE_MAX).sum())}
    print(json.dumps(told))


Run = Callable[[np.ndarray], np.ndarray]


def _ours(booster: xgboost.Booster) -> Run:
    trees = Trees(booster, THREADS)

    def run(encoded: np.ndarray) -> np.ndarray:
        blocks = (encoded[start : start + BLOCK_ROWS] for start in range(0, len(encoded), BLOCK_ROWS))
        return np.vstack([trees.contributions(block)[:, :-1] for block in blocks])

    return run


def _cold(booster: xgboost.Booster) -> Run:
    return lambda encoded: _ours(booster)(encoded)


def _woodelf(booster: xgboost.Booster) -> Run:
    import pandas as pd
    from woodelf import WoodelfExplainer

    explainer, names = WoodelfExplainer(booster), booster.feature_names
    return lambda encoded: np.asarray(explainer.shap_values(pd.DataFrame(encoded, columns=names), verbose=False))


def _contribs(booster: xgboost.Booster) -> Run:
    def run(encoded: np.ndarray) -> np.ndarray:
        rows = xgboost.DMatrix(encoded, feature_names=booster.feature_names, nthread=THREADS)
        return np.asarray(booster.predict(rows, pred_contribs=True)[:, :-1])

    return run


def _shap(booster: xgboost.Booster) -> Run:
    import shap

    explainer = shap.TreeExplainer(booster)
    return lambda encoded: np.asarray(explainer.shap_values(encoded))


def _predict(booster: xgboost.Booster) -> Run:
    return lambda encoded: np.asarray(booster.inplace_predict(encoded, predict_type="margin"))


def _measured(folder: str, rows: int, names: list[str]) -> dict[str, dict[str, float]]:
    """The best run of each engine, the engines taking turns so that a busy machine is busy for all."""
    found: dict[str, dict[str, float]] = {}
    for _ in range(TURNS if rows else 1):
        for name in names:
            command = [sys.executable, "-m", "bench.explain", "--child", name, folder, str(rows)]
            told = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
            if name not in found or told["s"] < found[name]["s"]:
                found[name] = told
    return found


def _print(rows: int, found: dict[str, dict[str, float]]) -> None:
    print(f"\n| {rows:,} rows | wall | CPU | shap takes | peak memory | off xgboost's |")
    print("|---|---:|---:|---:|---:|---:|")
    for name, each in found.items():
        ratio = f"{found['shap']['s'] / each['s']:.1f} ×" if "shap" in found else ""
        off = f"{each['difference']:.0e}" if "difference" in each else ""
        print(
            f"| {ENGINES[name]} | {each['s']:.2f} s | {each['cpu']:.2f} s | {ratio} | {each['mib']:.0f} MiB | {off} |"
        )


def _prepare(folder: Path, sizes: list[int]) -> None:
    """The model, the rows of each size, those at the edges (as size 0), and XGBoost's values for them."""
    table, names = telecom.customers(), list(encoded_names(TELECOM))
    real = matrix(table, TELECOM)
    labels = np.asarray(table.column("churned")).astype(float)
    settings = {"objective": "binary:logistic", "max_depth": 4, "eta": 0.05, "nthread": THREADS, "seed": SEED}
    booster = xgboost.train(settings, xgboost.DMatrix(real, labels, feature_names=names), 200)
    booster.save_model(folder / "model.ubj")
    made = {rows: _shaken(real, rows) for rows in sizes} | {0: _at_edges(booster, real)}
    for rows, encoded in made.items():
        np.save(folder / f"{rows}.npy", encoded)
        if rows <= SIZES[-1]:
            np.save(folder / f"{rows}-reference.npy", _contribs(booster)(encoded))


def _shaken(real: np.ndarray, rows: int) -> np.ndarray:
    rng = np.random.default_rng(SEED)
    drawn = real[rng.integers(0, len(real), rows)].copy()
    amounts = [place for place, feature in enumerate(encoded_names(TELECOM)) if feature.endswith("_charges")]
    drawn[:, amounts] = np.round(drawn[:, amounts] * rng.uniform(0.8, 1.2, (rows, len(amounts))), 2)
    drawn[rng.random(drawn.shape) < 0.02] = np.nan
    return drawn


def _at_edges(booster: xgboost.Booster, real: np.ndarray) -> np.ndarray:
    """For each split, real rows with its threshold and the two float32 values on each side of it."""
    edge = []
    for place, split in enumerate(forest(booster).splits):
        value = np.float32(split.threshold)
        for toward in (-np.inf, np.inf):
            step = value
            for _ in range(3):
                row = real[(place * 37) % len(real)].copy()
                row[split.column] = step
                edge.append(row)
                step = np.nextafter(step, np.float32(toward))
    return np.array(edge, dtype=np.float32)


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


if __name__ == "__main__":
    if sys.argv[1:2] == ["--child"]:
        child(sys.argv[2], Path(sys.argv[3]), int(sys.argv[4]))
    else:
        sys.exit(main())
