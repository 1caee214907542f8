"""The model card: what a version is, where it was tested and where it cannot be, in Markdown."""

from collections.abc import Mapping, Sequence

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
            *interval_lines(metadata),
            "## Features",
            "",
            f"Weight is the mean absolute attribution over the first {IMPORTANCE_ROWS:,} training rows, in log-odds "
            "before calibration; a feature that moves with another is weighed with it. The last column is what a file "
            "without the feature loses: AUC of held-out rows that have it, less their AUC with it masked.",
            "",
            *_table(("feature", "weight", "AUC lost without it"), _weights(metadata)),
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


def interval_lines(metadata: Metadata) -> list[str]:
    """The card's section on the interval; nothing where the version has none."""
    interval = metadata.interval
    if interval is None:
        return []
    return [
        "## Interval",
        "",
        f"`probability_low` and `probability_high` are made to hold the true probability of {interval.nominal:.0%} of "
        f"customers; they held {interval.coverage:.1%} of {interval.tested_on}. The true probability of a real "
        "customer is never seen, so on real customers only the frequencies of groups can be compared with it.",
        "",
    ]


def _weights(metadata: Metadata) -> list[tuple[str, ...]]:
    weighed = sorted(group_names(metadata.features), key=lambda name: -metadata.importance[name])
    # A feature that is shown with another comes after those with a weight of their own.
    rest = [feature.name for feature in metadata.features if feature.name not in weighed]
    return [(name, _number(metadata.importance, name), _number(metadata.missing_cost, name)) for name in weighed + rest]


def _number(figures: Mapping[str, float], name: str) -> str:
    return f"{figures[name]:.3f}" if name in figures else ""


def _table(header: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> list[str]:
    return [
        "| " + " | ".join(header) + " |",
        "|---" * len(header) + "|",
        *("| " + " | ".join(row) + " |" for row in rows),
    ]
