"""Tenants' own models on labelled files: python -m bench.training [models] [--only PART]

Each file goes through our own ingest and mapping, as an upload would, and through the training that a tenant's file
meets. Printed: a model beside CatBoost, LightGBM and tuned XGBoost on the same folds of the same columns; the sentence
on a file whose label is noise; the leak and what it pretends; what a hundred labelled customers are worth, beside what
became of the other thousands; and whether a training slows scoring, or comes out otherwise the second time
(bench/beside.py). Exits with 1 when a limit of the acceptance is missed; files that are not here are left out.
"""

import argparse
import os
import platform
import sys
from collections.abc import Iterator, Mapping
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path

import numpy as np
import pyarrow as pa

from bench import beside, rivals
from bench.headers import SHARED
from bench.labelled import FILES, Labelled, canonical
from libs.objects.local import LocalStore
from libs.tables.columns import Industry
from services.scoring import artifact
from services.scoring.calibrate import calibration_error, calibration_noise
from services.scoring.features import matrix
from services.scoring.model import Model, read
from services.scoring.registry import Registry, StoreRing
from services.scoring.training.job import Trained, trained
from services.scoring.training.judging import auc
from services.scoring.training.order import Order
from services.scoring.training.setting import ground
from services.scoring.training.split import honest

CLEAR, NOISE, LEAK, TELCO = (
    "customer_churn_business_synth",
    "ravenstack_accounts",
    "saas_customers_nps_synth",
    "ibm_telco_customer_churn",
)
AUC_BEHIND_MAX, ERROR_MAX, SLOWER_MAX = 0.01, 0.02, 2.0
FEW, FILES_OF_FEW = 100, 3
ORDER = Order("bench")
SAID = {
    "clear": "A file that says much",
    "noise": "A label that is noise",
    "leak": "Columns that know the end",
    "few": f"{FEW} labelled customers",
    "beside": "A training beside scoring, twice",
}
PARTS = tuple(SAID)


def main() -> int:
    """Prints everything; 1 if a limit is missed."""
    parser = argparse.ArgumentParser(description="Tenants' own models on labelled files.")
    parser.add_argument("models", nargs="?", default="models", help="folder of the baselines (default: models)")
    parser.add_argument("--only", choices=PARTS, action="append", help="one part alone; may be repeated")
    given = parser.parse_args()
    store, wanted = LocalStore(Path(given.models)), given.only or PARTS
    registry = Registry(store, StoreRing(store))
    saas, telecom = registry.load("baseline-saas"), registry.load("baseline-telecom")
    print(
        f"python {platform.python_version()}, xgboost-cpu {version('xgboost-cpu')}, scikit-learn "
        f"{version('scikit-learn')}; {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}"
    )
    kept = True
    for part, name, industry, judge in (
        ("clear", CLEAR, Industry.SAAS, lambda table: clear(table, saas)),
        ("noise", NOISE, Industry.SAAS, lambda table: noise(table, saas)),
        ("leak", LEAK, Industry.SAAS, lambda table: leak(table, saas)),
        ("few", TELCO, Industry.TELECOM, lambda table: few(table, telecom)),
        ("beside", CLEAR, Industry.SAAS, lambda table: beside.judged(table, Path(given.models), SLOWER_MAX)),
    ):
        if part in wanted and (table := _table(name, industry)) is not None:
            print(f"\n## {SAID[part]} ({name})\n", flush=True)
            kept &= judge(table)
    print(f"\nload {os.getloadavg()[0]:.1f} at the end. Every limit is {'kept' if kept else 'NOT kept'}.")
    return 0 if kept else 1


def clear(table: pa.Table, baseline: Model) -> bool:
    """A file that says much, beside the rivals on the same folds."""
    done = _trained(table, baseline)
    figures, standing = done.report["figures"], ground(table, baseline, {})
    encoded, labels = standing.without_baseline().encoded, standing.examples.labels
    (folds, *_) = honest(standing.examples, None).repeats
    print("| model | AUC | Brier | calibration error | by chance |\n|---|---|---|---|---|")
    names = ("auc", "brier", "calibration_error", "calibration_noise")
    print("| RetainWise | " + " | ".join(f"{figures[name]['value']:.4f}" for name in names) + " |", flush=True)
    best = 0.0
    for name, fit in rivals.rivals().items():
        chances = rivals.held_out(fit, encoded, labels, folds)
        row = auc(labels, chances), float(((chances - labels) ** 2).mean()), calibration_error(chances, labels)
        shown = (*row, calibration_noise(chances, rivals.SEED))
        print(f"| {name} | " + " | ".join(f"{each:.4f}" for each in shown) + " |", flush=True)
        best = max(best, row[0])
    behind, error = best - figures["auc"]["value"], figures["calibration_error"]["value"]
    print(f"\n{done.report['sentence']}\n\nAUC {behind:+.4f} behind the best (limit {AUC_BEHIND_MAX}), ", end="")
    print(f"calibration error {error:.4f} (limit {ERROR_MAX}).")
    print(f"Interval: {done.report['interval']['coverage']:.1%} of {done.report['interval']['tested_on']}.")
    return bool(behind <= AUC_BEHIND_MAX and error <= ERROR_MAX)


def noise(table: pa.Table, baseline: Model) -> bool:
    """A label that nothing tells: the training must decline."""
    done = _trained(table, baseline)
    print(done.report["sentence"])
    return not done.version


def leak(table: pa.Table, baseline: Model) -> bool:
    """Columns that know the end, and those that echo them, must be named and left out."""
    done = _trained(table, baseline)
    print(done.report["sentence"] + "\n")
    for each in done.report["left_out"]:
        print(f"- `{each['column']}`: {each['reason']}")
    pretended, true = done.report["leak_auc"]["with"], done.report["leak_auc"]["without"]
    found = {leak["feature"] for leak in done.report["leaks"]}
    print(f"\nAUC {pretended:.4f} with, {true:.4f} without.")
    return "days_since_last_login" in found and pretended > 0.95 and true < 0.75


def few(table: pa.Table, baseline: Model) -> bool:
    """What is said of a hundred customers, beside what the model is worth on all the others.

    The baseline was fitted to these very customers, so it is hard to beat here.
    """
    honest_words = True
    print("| file | said | its AUC there | AUC on the others | the baseline's |\n|---|---|---|---|---|")
    for seed, seen, unseen in _parts(table):
        done = _trained(seen, baseline)
        labels = unseen["churned"].to_numpy(zero_copy_only=False).astype(float)
        theirs = auc(labels, baseline.margins(matrix(unseen, baseline.metadata.features)))
        own, held = float("nan"), "none"
        if done.files:
            model = _loaded(done.files)
            own = auc(labels, model.margins(matrix(unseen, model.metadata.features)))
        if done.report["figures"]:
            held = "{value:.2f} ({low:.2f} to {high:.2f})".format(**done.report["figures"]["auc"])
        print(f"| {seed} | {done.report['outcome']} | {held} | {own:.4f} | {theirs:.4f} |")
        honest_words &= done.report["outcome"] != "better" or own > theirs
    print(f"\n{done.report['sentence']}")
    return honest_words


def _parts(table: pa.Table) -> Iterator[tuple[int, pa.Table, pa.Table]]:
    for seed in range(FILES_OF_FEW):
        order = np.random.default_rng(seed).permutation(table.num_rows)
        yield seed, table.take(np.sort(order[:FEW])), table.take(np.sort(order[FEW:]))


def _trained(table: pa.Table, baseline: Model) -> Trained:
    return trained(table, ORDER, baseline, baseline, lambda share, said: None)


def _loaded(files: Mapping[str, bytes]) -> Model:
    """The model of a version's files, without a registry."""
    name = next(name for name in artifact.MODELS if name in files)
    return read(files[name], files[artifact.METADATA], artifact.sha256(files[artifact.MANIFEST]), 1)


def _table(name: str, industry: Industry) -> pa.Table | None:
    """The file with all its columns; None where it is not here."""
    path = SHARED / "datasets" / f"{name}.csv"
    if not path.exists():
        print(f"\n{name} is not here: left out")
        return None
    file: Labelled = next(each for each in FILES if each.name == name)
    return canonical(path, replace(file, masked=()), industry)


if __name__ == "__main__":
    sys.exit(main())
