"""What a training came to, in one sentence that a founder understands."""

from dataclasses import dataclass
from enum import StrEnum

from services.scoring.training.judging import Figures

ROWS_MIN = 50
SIDE_ROWS_MIN = 15
"""Labelled customers, and of those who left or stayed, below which nothing can be learnt and judged at once."""


class Outcome(StrEnum):
    """What became of a training.

    BETTER: beats the model in use beyond chance. NO_BETTER: made, and not shown to be better. DECLINED: no model.
    """

    BETTER = "better"
    NO_BETTER = "no_better"
    DECLINED = "declined"


@dataclass(frozen=True)
class Verdict:
    outcome: Outcome
    sentence: str


def too_few(rows: int, left: int) -> Verdict | None:
    """The refusal of a file that is too small, or None."""
    stayed = rows - left
    if rows >= ROWS_MIN and min(left, stayed) >= SIDE_ROWS_MIN:
        return None
    return Verdict(
        Outcome.DECLINED,
        f"There are {rows:,} customers whose end is known, {left:,} who left and {stayed:,} who stayed: too few to"
        f" learn from and to judge what was learnt. From {ROWS_MIN} customers with at least {SIDE_ROWS_MIN} on either"
        " side a model can be tried; until then the model in use goes on.",
    )


def too_narrow(features: int, needed: int) -> Verdict | None:
    """The refusal of a file with too few usable columns, or None."""
    if features >= needed:
        return None
    return Verdict(
        Outcome.DECLINED,
        f"Only {features} of the file's columns can be learnt from, and a model needs {needed}: add columns on use,"
        " support and payment as they were before customers left; until then the model in use goes on.",
    )


def nothing_to_learn(figures: Figures, rows: int, tells: bool) -> Verdict | None:
    """The refusal of a label that nothing in the file tells, or None. tells: whether the final model ranks at all."""
    auc = figures["auc"]
    if tells and auc.low > 0.5 and figures["log_loss"].value < figures["log_loss_of_base_rate"].value:
        return None
    return Verdict(
        Outcome.DECLINED,
        f"Nothing to learn: on customers it had not seen, a model of these {rows:,} customers tells who left no better"
        f" than chance (AUC {auc.value:.2f}, between {auc.low:.2f} and {auc.high:.2f}; 0.50 is a coin). Check that the"
        " label belongs to these customers and this period, or add columns on use, support and payment; until then the"
        " model in use goes on.",
    )


def compared(figures: Figures, in_use: Figures, differences: Figures) -> Verdict:
    """Whether the new model is worth using in place of the one in use."""
    auc, loss = figures["auc"], figures["log_loss"].value
    ranks = f"an AUC of {auc.value:.2f} (between {auc.low:.2f} and {auc.high:.2f}) against {in_use['auc'].value:.2f}"
    states = f"a log loss of {loss:.3f} against {in_use['log_loss'].value:.3f}"
    seen = "on customers it had not seen, this model"
    if differences["log_loss"].high < 0 and differences["auc"].high > 0:
        gain = (
            f"beats the one in use beyond chance, with {ranks}; the tenth of customers it ranks first leave"
            f" {figures['lift_at_10_percent'].value:.1f} times as often as the average."
            if differences["auc"].low > 0
            else f"states nearer probabilities than the one in use, beyond chance, with {states}; it ranks customers"
            f" no better, with {ranks}."
        )
        return Verdict(Outcome.BETTER, f"Worth using: {seen} {gain}")
    why = "does worse than" if differences["log_loss"].low > 0 else "is not told apart by more than chance from"
    return Verdict(
        Outcome.NO_BETTER,
        f"Not shown to be worth using: {seen} {why} the one in use, with {ranks} and {states}. Keep the model in use,"
        " and train again with more customers whose end is known.",
    )
