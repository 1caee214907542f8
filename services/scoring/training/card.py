"""The card of a tenant's model: its report in Markdown, for a person."""

from collections.abc import Sequence
from typing import Any

from services.scoring.card import interval_lines
from services.scoring.model import Metadata

_FIGURES = {
    "auc": "AUC",
    "pr_auc": "Area under precision and recall",
    "brier": "Brier score",
    "brier_of_base_rate": "Brier score of the base rate",
    "log_loss": "Log loss",
    "accuracy": "Accuracy at 0.5",
    "accuracy_of_base_rate": "Accuracy of the commoner answer",
    "calibration_error": "Calibration error (10 groups of equal size)",
    "calibration_noise": "Calibration error that chance alone would show",
    "lift_at_10_percent": "Lift of the tenth ranked first",
    "revenue_captured_at_10_percent": "Revenue that left, with the tenth of most expected loss",
}


def rendered(metadata: Metadata, report: dict[str, Any]) -> str:
    """The card. report: what the version keeps of it."""
    figures = report["figures"]
    rows = [(title, _figure(figures[name])) for name, title in _FIGURES.items() if name in figures]
    cost = metadata.missing_cost
    weights = [
        (each["feature"], f"{each['weight']:.3f}", f"{cost[each['feature']]:.3f}" if each["feature"] in cost else "")
        for each in report["importance"]
    ]
    left_out = [(each["column"], each["reason"]) for each in report["left_out"]]
    return "\n".join(
        [
            "# A model of one's own",
            "",
            f"Family `{metadata.family}`, version `{metadata.version}`. Says how likely a customer is to leave within "
            f"**{metadata.horizon_days} days**.",
            "",
            f"Learnt from {report['labelled_rows']:,} rows of {report['customers']:,} customers, of whom "
            f"{report['base_rate']:.1%} left. Split {report['split']['kind']}: {report['split']['why']}.",
            "",
            "## Figures on rows it had not seen",
            "",
            *_table(("figure", "value (95 % interval)"), rows),
            "",
            *interval_lines(metadata),
            "## Features",
            "",
            *_table(("feature", "weight", "AUC lost without it"), weights),
            "",
            *(["## Left out", "", *_table(("column", "why"), left_out), ""] if left_out else []),
        ]
    )


def _figure(figure: dict[str, float | None]) -> str:
    if figure["value"] is None:
        return "not known"
    span = f" ({figure['low']:.4f} to {figure['high']:.4f})" if figure["low"] != figure["high"] else ""
    return f"{figure['value']:.4f}{span}"


def _table(header: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> list[str]:
    lines = ["| " + " | ".join(cells) + " |" for cells in (header, *rows)]
    return [lines[0], "|---" * len(header) + "|", *lines[1:]]
