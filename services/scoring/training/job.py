"""A training from table to verdict: what may be learnt, how well it holds, and the version if it is worth one."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from services.scoring import artifact
from services.scoring.calibrate import probability
from services.scoring.features import Floats, group_names
from services.scoring.model import REASONS, Metadata, Model, written
from services.scoring.model import Kind as ModelKind
from services.scoring.training import card, report, versions
from services.scoring.training.examples import Examples
from services.scoring.training.judging import Held, auc, differences, figures
from services.scoring.training.learning import Learnt, learnt
from services.scoring.training.order import Order
from services.scoring.training.search import Boosting, fitted_to
from services.scoring.training.setting import Ground, chances_of, ground
from services.scoring.training.split import Kind, Split, at_random, honest
from services.scoring.training.verdict import Verdict, compared, nothing_to_learn, too_few, too_narrow

Progress = Callable[[float, str], None]
"""Told the share that is done, 0-1 and rising, and what is being done."""

LEAK_RECIPE = Boosting(3, 0.05, 100, 5.0)
"""The leak is shown with one fixed recipe on both sides, so that nothing but the leak differs."""


@dataclass(frozen=True)
class Trained:
    """files: of the version but its SIGNATURE; empty where none was made, and version with it."""

    verdict: Verdict
    report: dict[str, Any]
    version: str = ""
    files: Mapping[str, bytes] | None = None


def trained(table: pa.Table, order: Order, baseline: Model, in_use: Model, progress: Progress) -> Trained:
    """Learns from the labelled rows of a canonical table; the same rows, order and models give the same bytes.

    Raises Unlabelled, UnreadableColumn, UnknownTimeColumn.
    """
    progress(0.01, "looking at the columns")
    standing = ground(table, baseline, order.excluded)
    sheet = report.begun(order, standing, table.num_rows, baseline)
    examples = standing.examples
    refusal = too_few(len(examples), examples.left) or too_narrow(len(group_names(standing.own_features)), REASONS)
    if refusal:
        return Trained(refusal, report.ended(sheet, refusal))
    if standing.leaks:
        progress(0.04, "measuring what a leak would have pretended")
        pretended, true = _quick_auc(standing.with_leaks()), _quick_auc(standing.without_baseline())
        sheet |= report.leak_figures(pretended, true)
    split = honest(examples, report.times(table, order.time_column, standing.table))
    held = _held(standing, split, lambda share, said: progress(0.05 + 0.65 * share, said))
    found = figures(held)
    sheet |= report.judged(split, held, found)
    if split.kind is not Kind.BY_ROW:
        progress(0.72, "the same with rows shared out at random, to show what that would pretend")
        sheet |= report.random_split(figures(_held(standing, at_random(examples, 1), lambda *_: None)))
    theirs = held.with_chances(chances_of(in_use, standing)[_rows(split)])
    in_use_figures, gain = figures(theirs), differences(held, theirs)
    sheet |= report.in_use(in_use, in_use_figures, gain)
    progress(0.85, "learning from all customers")
    final = learnt(examples, standing.names)
    verdict = nothing_to_learn(found, len(examples), final.stack.tells)
    if verdict:
        return Trained(verdict, report.ended(sheet, verdict))
    verdict = compared(found, in_use_figures, gain)
    return _versioned(sheet, standing, order, baseline, final, verdict, progress)


def _versioned(
    sheet: dict[str, Any],
    standing: Ground,
    order: Order,
    baseline: Model,
    final: Learnt,
    verdict: Verdict,
    progress: Progress,
) -> Trained:
    made = versions.made(standing, final, baseline)
    progress(0.95, "writing the version down")
    sheet |= report.model(final)
    specification = {"baseline": baseline.digest, "order": [order.family, order.horizon_days, order.time_column]}
    version = versions.version_id(standing, specification)
    kind, model_bytes = written(made.predictor)
    encoded = standing.matrix_of(made.features)
    base_margin, importance = versions.importance(made, encoded)
    sheet |= report.importance(importance)
    metadata = Metadata(
        family=order.family,
        version=version,
        industry=baseline.metadata.industry,
        horizon_days=report.horizon(order),
        training_digest=standing.examples.digest,
        features=made.features,
        calibration=made.calibration,
        base_margin=base_margin,
        base_rate=float(standing.examples.labels.mean()),
        metrics=report.metrics(sheet),
        importance=importance,
        specification={**specification, **versions.recipe_fields(final)},
        libraries=versions.libraries(),
        kind=kind,
        learnt_from=f"the {len(standing.examples):,} customers it was trained on",
    )
    stored = report.stored(sheet)
    files = artifact.bundle(
        order.family,
        version,
        model_bytes,
        metadata.to_bytes(),
        card.rendered(metadata, stored).encode(),
        {artifact.REPORT: (json.dumps(stored, indent=1, sort_keys=True) + "\n").encode()},
        artifact.MODEL if kind is ModelKind.TREES else artifact.MODEL_JSON,
    )
    return Trained(verdict, report.ended(sheet, verdict, order.family, version), version, files)


def _held(standing: Ground, split: Split, progress: Progress) -> Held:
    """Predictions for every row that the split holds out, each fold learning everything anew."""
    rows = _rows(split)
    place = np.empty(len(standing.examples), dtype=np.intp)
    place[rows] = np.arange(len(rows))
    chances = np.empty((len(split.repeats), len(rows)))
    total = sum(len(folds) for folds in split)
    done = 0
    for repeat, folds in enumerate(split):
        for seen, unseen in folds:
            progress(done / total, f"learning and judging, part {done + 1} of {total}")
            model: Learnt = learnt(standing.examples.at(seen), standing.names)
            chances[repeat, place[unseen]] = probability(model.log_odds(standing.examples.at(unseen)))
            done += 1
    examples = standing.examples.at(rows)
    revenue = None if standing.revenue is None else standing.revenue[rows]
    return Held(examples.labels, examples.customers, revenue, chances)


def _rows(split: Split) -> np.ndarray:
    """(n_held,) the rows that each repeat holds out, in their order."""
    return np.sort(np.concatenate([unseen for _, unseen in split.repeats[0]]))


def _quick_auc(examples: Examples) -> float:
    """Cross-validated AUC of LEAK_RECIPE."""
    names = tuple(map(str, range(examples.encoded.shape[1])))
    margins: Floats = np.empty(len(examples))
    for seen, unseen in at_random(examples, 1).repeats[0]:
        margins[unseen] = fitted_to(examples.at(seen), LEAK_RECIPE, names).margins(examples.encoded[unseen])
    return auc(examples.labels, margins)
