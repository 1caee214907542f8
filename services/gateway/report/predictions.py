"""The part of the report that needs the model: what scoring made of the clean rows, and how far to believe it."""

from dataclasses import asdict

from pydantic import Field

from services.gateway.report.accuracy import ASSUMPTION, Outlook
from services.gateway.report.drift import Drift, drift_of
from services.gateway.report.part import Document, Part
from services.gateway.report.shadow import Shadow, shadow_of


class RiskCounts(Part):
    """Customers at each risk level."""

    high: int
    medium: int
    low: int


class EstimatedAccuracy(Part):
    """What the probabilities say of how right they will be, if they are calibrated for these customers.

    No customer's end is known yet, so this is an expectation and not a measurement. right_share: of calls "leaves"
    (above one half) or "stays", how many will be right, 0-1. leavers: customers expected to leave within the horizon.
    top_tenth_share: how many of those are among the tenth of customers most at risk, 0-1; None where nobody leaves.
    auc: expected chance that one who leaves is ranked above one who stays. brier: expected squared error.
    assumption: what all of it rests on, for a person. The last three are None and empty in reports of before.
    """

    right_share: float
    leavers: float
    top_tenth_share: float | None
    auc: float | None = None
    brier: float | None = None
    assumption: str = ""


class MissingCost(Part):
    """What a file loses without a feature. auc: that customers whom the model had not seen lost with it masked."""

    feature: str
    auc: float


class Predictions(Part):
    """What scoring made of the clean rows.

    missing_features: what the model knows and the file had not. missing_costs: what that costs, the dearest first;
    features of which the model version does not know it are left out. reasons_exact: False where global importance
    stood in for a customer's own reasons. drift: None where the version has nothing to compare with. shadow: None where
    no version was named to compare with.
    """

    rows: int
    model_family: str
    model_version: str
    model_digest: str
    horizon_days: int
    risk: RiskCounts
    mean_probability: float
    missing_features: list[str]
    reasons_exact: bool
    estimated_accuracy: EstimatedAccuracy | None = None
    missing_costs: list[MissingCost] = Field(default_factory=list)
    drift: Drift | None = None
    shadow: Shadow | None = None


def predictions_of(summary: Document, outlook: Outlook | None, shadow: Document | None = None) -> Predictions:
    """summary: scoring's. outlook: of the results. shadow: as `shadow_of` takes it."""
    return Predictions(
        rows=summary["row_count"],
        model_family=summary["family"],
        model_version=summary["version"],
        model_digest=summary["digest"],
        horizon_days=summary["horizon_days"],
        risk=RiskCounts(high=summary["high_count"], medium=summary["medium_count"], low=summary["low_count"]),
        mean_probability=summary["probability_mean"],
        missing_features=summary["missing_features"],
        reasons_exact=summary["reasons_exact"],
        estimated_accuracy=EstimatedAccuracy(**asdict(outlook), assumption=ASSUMPTION) if outlook else None,
        missing_costs=sorted(
            (MissingCost(feature=each["feature"], auc=each["auc"]) for each in summary.get("missing_costs", ())),
            key=lambda cost: -cost.auc,
        ),
        drift=drift_of(summary.get("drift"), summary["missing_features"]),
        shadow=shadow_of(shadow, summary) if shadow else None,
    )
