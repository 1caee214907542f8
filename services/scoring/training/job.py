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
from services.scoring.profile import profiles
from services.scoring.training import card, remembering, report, versions
from services.scoring.training.doubt import spread
from services.scoring.training.judging import Held, differences, figures
from services.scoring.training.learning import Learnt, learnt
from services.scoring.training.order import Order
from services.scoring.training.quick import quick_auc
from services.scoring.training.remembering import Seen
from services.scoring.training.setting import Ground, chances_of, ground
from services.scoring.training.split import Kind, Split, at_random, honest
from services.scoring.training.verdict import Verdict, compared, nothing_to_learn, too_few, too_narrow

Progress = Callable[[float, str], None]
"""Told the share that is done, 0-1 and rising, and what is being done."""


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
        pretended, true = quick_auc(standing.with_leaks()), quick_auc(standing.without_baseline())
        sheet |= report.leak_figures(pretended, true)
    split = honest(examples, report.times(table, order.time_column, standing.table))
    held, without = _held(standing, split, lambda share, said: progress(0.05 + 0.6 * share, said))
    found = figures(held)
    sheet |= report.judged(split, held, found)
    if split.kind is not Kind.BY_ROW:
        progress(0.67, "the same with rows shared out at random, to show what that would pretend")
        sheet |= report.random_split(figures(_held(standing, at_random(examples, 1), lambda *_: None)[0]))
    theirs = held.with_chances(chances_of(in_use, standing)[_rows(split)])
    in_use_figures, gain = figures(theirs), differences(held, theirs)
    sheet |= report.in_use(in_use, in_use_figures, gain)
    progress(0.77, "learning from all customers")
    final = learnt(examples, standing.names)
    verdict = nothing_to_learn(found, len(examples), final.stack.tells)
    if verdict:
        return Trained(verdict, report.ended(sheet, verdict))
    verdict = compared(found, in_use_figures, gain)
    seen = Seen(remembering.score_deciles(held), remembering.missing_costs(standing, held, without, _rows(split)))
    return _versioned(sheet, standing, order, baseline, final, verdict, seen, progress)


def _versioned(
    sheet: dict[str, Any],
    standing: Ground,
    order: Order,
    baseline: Model,
    final: Learnt,
    verdict: Verdict,
    seen: Seen,
    progress: Progress,
) -> Trained:
    made = versions.made(standing, final, baseline)
    sheet |= report.model(final)
    specification = {"baseline": baseline.digest, "order": [order.family, order.horizon_days, order.time_column]}
    version = versions.version_id(standing, specification)
    kind, model_bytes = written(made.predictor)
    encoded = standing.matrix_of(made.features)
    base_margin, importance = versions.importance(made, encoded)
    sheet |= report.importance(importance)
    progress(0.82, "measuring how sure it can be")
    doubt = spread(standing, final, made, encoded)
    sheet |= report.interval(doubt.interval)
    progress(0.97, "writing the version down")
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
        interval=doubt.interval,
        profile=profiles(standing.table, made.features),
        score_deciles=seen.score_deciles,
        missing_cost=remembering.of(made.features, seen.missing_cost),
        learnt_from=f"the {len(standing.examples):,} customers it was trained on",
    )
    stored = report.stored(sheet)
    files = artifact.bundle(
        order.family,
        version,
        model_bytes,
        metadata.to_bytes(),
        card.rendered(metadata, stored).encode(),
        {
            artifact.SPREAD: doubt.model_bytes,
            artifact.REPORT: (json.dumps(stored, indent=1, sort_keys=True) + "\n").encode(),
        },
        artifact.MODEL if kind is ModelKind.TREES else artifact.MODEL_JSON,
    )
    return Trained(verdict, report.ended(sheet, verdict, order.family, version), version, files)


def _held(standing: Ground, split: Split, progress: Progress) -> tuple[Held, Floats]:
    """Predictions for every row that the split holds out, each fold learning everything anew.

    Also, of the first repeat, (n_features, n_held) what they would be with one feature of `standing` not known.
    """
    rows = _rows(split)
    place = np.empty(len(standing.examples), dtype=np.intp)
    place[rows] = np.arange(len(rows))
    chances = np.empty((len(split.repeats), len(rows)))
    without = np.empty((len(standing.features), len(rows)))
    total = sum(len(folds) for folds in split)
    done = 0
    for repeat, folds in enumerate(split):
        for seen, unseen in folds:
            progress(done / total, f"learning and judging, part {done + 1} of {total}")
            model: Learnt = learnt(standing.examples.at(seen), standing.names)
            chances[repeat, place[unseen]] = probability(model.log_odds(standing.examples.at(unseen)))
            if repeat == 0:
                for number in range(len(standing.features)):
                    without[number, place[unseen]] = probability(model.log_odds(standing.without(number, unseen)))
            done += 1
    examples = standing.examples.at(rows)
    revenue = None if standing.revenue is None else standing.revenue[rows]
    return Held(examples.labels, examples.customers, revenue, chances), without


def _rows(split: Split) -> np.ndarray:
    """(n_held,) the rows that each repeat holds out, in their order."""
    return np.sort(np.concatenate([unseen for _, unseen in split.repeats[0]]))
