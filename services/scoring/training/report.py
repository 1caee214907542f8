"""The report of a training as one JSON document; docs/model-report-json.md says what it holds."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from libs.errors import InvalidInput
from services.scoring.domain import HORIZON_DAYS
from services.scoring.features import Floats
from services.scoring.model import Model
from services.scoring.profile import Interval
from services.scoring.training.judging import Figures, Held, bins
from services.scoring.training.learning import Learnt
from services.scoring.training.order import Order
from services.scoring.training.setting import Ground
from services.scoring.training.split import Kind, Split
from services.scoring.training.verdict import Verdict
from services.scoring.training.versions import recipe_fields

SCHEMA_VERSION = 1

OF_THE_JOB = ("outcome", "sentence", "family", "version", "in_use")
"""Parts that the version itself does not keep: they depend on what was in use, and its name must not."""

_WHY = {
    Kind.BY_TIME: "learnt from the earlier rows and judged on the later ones, as it will be used",
    Kind.BY_CUSTOMER: "rows repeat customers, so whole customers were held out: none is judged by a model that met it",
    Kind.BY_ROW: "one row a customer, so each was judged by models that had not seen it",
}

_LATER = ("leak_auc", "split", "figures", "calibration", "random_split", "in_use", "model", "importance", "interval")
"""Parts that are null where a training ends before it knows them."""

Sheet = dict[str, Any]


class UnknownTimeColumn(InvalidInput):
    """The column that should say when rows were observed is not there, or holds no days."""


def begun(order: Order, standing: Ground, rows: int, baseline: Model) -> Sheet:
    """What is known before anything is learnt."""
    examples = standing.examples
    return {
        "schema_version": SCHEMA_VERSION,
        "industry": baseline.metadata.industry.value,
        "horizon_days": horizon(order),
        "horizon_assumed": not order.horizon_days,
        "rows": rows,
        "labelled_rows": len(examples),
        "customers": len(np.unique(examples.customers)),
        "left": examples.left,
        "base_rate": _short(examples.labels.mean()) if len(examples) else None,
        "features": [feature.name for feature in standing.own_features],
        "left_out": [{"column": name, "reason": reason} for name, reason in sorted(standing.left_out.items())],
        "leaks": [
            {
                "feature": leak.feature.name,
                "columns": list(leak.feature.columns),
                "auc_alone": _short(leak.auc),
                "echo_of": leak.echo_of or None,
            }
            for leak in standing.leaks
        ],
        **dict.fromkeys(_LATER),
    }


def leak_figures(with_leaks: float, without: float) -> Sheet:
    """The AUC that the leaks pretend, and the one without them; one fixed recipe on both sides."""
    return {"leak_auc": {"with": _short(with_leaks), "without": _short(without)}}


def judged(split: Split, held: Held, found: Figures) -> Sheet:
    """How the model held up on rows it had not seen."""
    return {
        "split": {
            "kind": split.kind.value,
            "why": _WHY[split.kind],
            "folds": len(split.repeats[0]),
            "repeats": len(split.repeats),
            "held_out_rows": len(held.labels),
        },
        "figures": figures_json(found),
        "calibration": [
            {"stated": _short(each.stated), "seen": _short(each.seen), "rows": each.rows} for each in bins(held)
        ],
    }


def random_split(found: Figures) -> Sheet:
    """The same figures with rows shared out at random: what they pretend beyond `figures` is optimism."""
    return {"random_split": {"figures": figures_json(found)}}


def in_use(model: Model, found: Figures, gain: Figures) -> Sheet:
    """The model in use on the same rows, shifted to their rate of leaving; `difference` is ours less theirs."""
    return {
        "in_use": {
            "family": model.metadata.family,
            "version": model.metadata.version,
            "figures": figures_json(found),
            "difference": figures_json(gain),
        }
    }


def model(final: Learnt) -> Sheet:
    """What was chosen."""
    return {"model": recipe_fields(final)}


def importance(weights: Mapping[str, float]) -> Sheet:
    """Features by weight: mean absolute attribution in log-odds."""
    ranked = sorted(weights.items(), key=lambda pair: (-pair[1], pair[0]))
    return {"importance": [{"feature": name, "weight": _short(weight)} for name, weight in ranked]}


def interval(made: Interval) -> Sheet:
    """How sure the probabilities are, and where that was tested."""
    said = {"nominal": made.nominal, "coverage": made.coverage, "tested_on": made.tested_on}
    return {"interval": said}


def ended(sheet: Sheet, verdict: Verdict, family: str | None = None, version: str | None = None) -> Sheet:
    """The whole report."""
    leaks = f" {leak_sentence(sheet)}" if sheet["leak_auc"] else ""
    return {
        "outcome": verdict.outcome.value,
        "sentence": verdict.sentence + leaks,
        "family": family,
        "version": version,
        **sheet,
    }


def leak_sentence(sheet: Sheet) -> str:
    """What was kept out, and what it would have pretended."""
    names = [
        f"{leak['feature']} (it echoes {leak['echo_of']})" if leak["echo_of"] else leak["feature"]
        for leak in sheet["leaks"]
    ]
    auc, (they, them) = sheet["leak_auc"], ("they read", "them") if len(names) > 1 else ("it reads", "it")
    return (
        f"Left out because {they} like something recorded after the end: {', '.join(names)}; with {them} a model would"
        f" have pretended an AUC of {auc['with']:.2f}, where {auc['without']:.2f} is the truth."
    )


def stored(sheet: Sheet) -> Sheet:
    """What the version keeps."""
    return {name: value for name, value in sheet.items() if name not in OF_THE_JOB}


def metrics(sheet: Sheet) -> dict[str, float]:
    """Held-out figures by name, as a model's metadata keep them."""
    return {name: figure["value"] for name, figure in sheet["figures"].items() if figure["value"] is not None} | {
        "rows": float(sheet["labelled_rows"]),
        "base_rate": sheet["base_rate"],
    }


def horizon(order: Order) -> int:
    """Days ahead that the probability speaks of."""
    return order.horizon_days or HORIZON_DAYS


def times(table: pa.Table, column: str, labelled: pa.Table) -> Floats | None:
    """(n,) the day of each labelled row as a number, NaN where not known; None if no column was named.

    Raises UnknownTimeColumn.
    """
    if not column:
        return None
    if column not in table.column_names:
        raise UnknownTimeColumn(f"the table has no column '{column}' to split by time")
    cells = labelled.column(column)
    try:
        if pa.types.is_string(cells.type):
            cells = pc.cast(pc.utf8_slice_codeunits(pc.utf8_trim_whitespace(cells), 0, 10), pa.date32())
        days = pc.cast(pc.cast(cells, pa.date32(), safe=False), pa.int32())
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError) as error:
        raise UnknownTimeColumn(f"'{column}' does not hold days like 2026-05-31, so it cannot split by time") from error
    return pc.cast(days, pa.float64()).combine_chunks().to_numpy(zero_copy_only=False)


def figures_json(found: Figures) -> Sheet:
    """Each figure with the ends of its 95 % interval."""
    return {name: {key: _short(value) for key, value in asdict(figure).items()} for name, figure in found.items()}


def _short(value: float) -> float | None:
    """Six decimals say more than any sample knows; what is no number is null."""
    return round(float(value), 6) if np.isfinite(value) else None
