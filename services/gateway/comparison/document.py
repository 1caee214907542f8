"""The documents of a comparison: what changed between two uploads, and what came true of the earlier one."""

from datetime import date
from typing import Literal

from pydantic import Field

from services.gateway.report.part import Part


class Upload(Part):
    """One of the two predictions. customers: those scored. expected_leavers: the sum of their probabilities."""

    prediction_id: str
    snapshot_date: date
    model_version: str
    customers: int
    expected_leavers: float
    revenue_at_risk: float = Field(description="Monthly revenue times probability, where the revenue is known.")


class FeatureMove(Part):
    """What a feature's values moved, over the customers in both uploads, in probability points as fractions.

    mean: with its sign; the means of all features, the model's and what is unexplained sum to the mean move.
    mean_size: without it. raised, lowered: customers whose probability it raised or lowered.
    """

    feature: str
    title: str
    mean: float
    mean_size: float
    raised: int
    lowered: int


class CustomerMove(Part):
    """One of those who moved most. feature: whose values moved it most; None where the model did.

    customer_name: as the later file has it; comparisons made before it was kept have none.
    """

    customer_id: str | None
    customer_name: str | None = None
    before: float
    after: float
    model_move: float
    data_move: float
    feature: str | None


class LevelMove(Part):
    """Customers in both uploads who went from one risk level to another, or stayed at one."""

    before: Literal["high", "medium", "low"]
    after: Literal["high", "medium", "low"]
    customers: int


class Changes(Part):
    """What changed from one upload to another of the same customers.

    same_model: whether both were scored by one version at one level; then nothing moved because of the model.
    kept, new, lost: customers in both, in the later alone, in the earlier alone. mean_move = mean_model_move +
    mean_data_move; mean_data_move = mean_unexplained_move + the means of all features; None where nobody was kept.
    """

    schema_version: Literal[1] = 1
    before: Upload
    after: Upload
    same_model: bool
    kept: int
    new: int
    lost: int
    mean_move: float | None
    mean_model_move: float | None
    mean_data_move: float | None
    mean_unexplained_move: float | None
    features: list[FeatureMove] = Field(description="What moved most first.")
    levels: list[LevelMove]
    rises: list[CustomerMove] = Field(description="Those whose probability rose most, at most ten.")
    falls: list[CustomerMove] = Field(description="Those whose probability fell most, at most ten.")


class Bin(Part):
    """A tenth of the customers by rank of probability: what was stated, what was seen, with its 95 % interval."""

    customers: int
    stated: float
    seen: float
    seen_low: float
    seen_high: float


class Outcomes(Part):
    """What came true of a prediction, as a later upload tells it. Shares and probabilities 0-1.

    n: customers of whom both are known. left: how many left. expected: how many should have, the sum of p.
    already_gone: customers who had left when they were scored; not judged. unknown: of whom the later upload says
    nothing. days: between the two snapshots. complete: whether the whole horizon had gone by.
    auc, lift_at_10_percent, captured_at_10_percent: None where all left or all stayed.
    """

    schema_version: Literal[1] = 1
    prediction_id: str
    revealed_by: str
    n: int
    left: int
    expected: float
    already_gone: int
    unknown: int
    days: int
    horizon_days: int
    complete: bool
    auc: float | None
    brier: float | None
    lift_at_10_percent: float | None
    captured_at_10_percent: float | None
    bins: list[Bin]
    sentence: str
