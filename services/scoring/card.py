"""The model card: what a version is, where it was tested and where it cannot be, in Markdown."""

from services.scoring.features import group_names
from services.scoring.model import Metadata
from services.scoring.train import IMPORTANCE_ROWS

_FIGURES = {
    "auc": "AUC (mean over folds)",
    "auc_fold_sd": "AUC, standard deviation between folds",
    "brier": "Brier score",
    "log_loss": "Log loss",
    "accuracy": "Accuracy at 0.5",
    "calibration_error": "Calibration error (10 groups of equal size)",
    "calibration_noise": "Calibration error that chance alone would show",
}


def rendered(metadata: Metadata, title: str, about: str, heading: str) -> str:
    """The card. about: Markdown on data and limits. heading: title of the figures."""
    return "\n".join(
        [
            f"# {title}",
            "",
            f"Family `{metadata.family}`, version `{metadata.version}`. Says how likely a customer is to leave within "
            f"**{metadata.horizon_days} days**.",
            "",
            about,
            f"## {heading}",
            "",
            _method(metadata),
            "",
            *_table(("figure", "value"), [(_FIGURES[k], f"{metadata.metrics[k]:.4f}") for k in _FIGURES]),
            "",
            f"Rows: {metadata.metrics['rows']:,.0f}; of them left: {metadata.base_rate:.1%}. "
            f'Accuracy of always saying "stays": {1 - metadata.base_rate:.4f}.',
            "",
            "## Features",
            "",
            f"Weight is the mean absolute attribution over the first {IMPORTANCE_ROWS:,} training rows, in log-odds "
            "before calibration.",
            "",
            *_table(("feature", "weight"), _weights(metadata)),
            "",
            "## Provenance",
            "",
            f"Training data SHA-256 `{metadata.training_digest}`. Calibration: log-odds = "
            f"{metadata.calibration.slope:.4f} x margin {metadata.calibration.intercept:+.4f}.",
            "",
            *_table(("library", "version"), sorted(metadata.libraries.items())),
            "",
        ]
    )


def _method(metadata: Metadata) -> str:
    recipe = metadata.specification["recipe"]
    return (
        f"Stratified {recipe['folds']}-fold cross-validation, repeats: {recipe['repeats']}, first seed "
        f"{recipe['seed']}. Each row is judged by a model that did not see it, calibrated on the other folds' "
        "held-out margins; the figures are means over the repeats."
    )


def _weights(metadata: Metadata) -> list[tuple[str, str]]:
    names = sorted(group_names(metadata.features), key=lambda name: -metadata.importance[name])
    return [(name, f"{metadata.importance[name]:.3f}") for name in names]


def _table(header: tuple[str, str], rows: list[tuple[str, str]]) -> list[str]:
    return [f"| {header[0]} | {header[1]} |", "|---|---|", *(f"| {left} | {right} |" for left, right in rows)]
