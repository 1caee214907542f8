"""The report's part on a shadow: how far another model version disagrees with the one in use, in plain words."""

from pydantic import Field

from services.gateway.report.disagreement import LEVELS
from services.gateway.report.part import Document, Part

IN_USE = "InUse"
"""Why a shadow is not scored that is itself the version in use."""

REASONS = {
    IN_USE: "it is the version in use",
    "NotFound": "it is no longer there",
    "Forbidden": "it does not verify",
    "Conflict": "it is not what it was when it was named",
    "InvalidInput": "it cannot read this file",
    "Unavailable": "the scoring service did not answer in time or was busy",
    "OutOfTime": "the scoring service took too long",
}
"""Kinds of error, and what they mean here; any other is a fault on our side."""


class LevelPair(Part):
    """Customers at one risk level by the version in use, and at one by the shadow."""

    in_use: str
    shadow: str
    customers: int


class ShadowFigures(Part):
    """How far the two versions disagree on the same customers.

    mean_absolute_difference: of the two probabilities, 0-1. rank_correlation: Spearman's, -1 to 1; None where a version
    says the same of everybody. levels_differ: customers at another risk level. levels: all nine pairs.
    top_tenth_shared: of the tenth most at risk by the one, the share that is also by the other, 0-1.
    more_revenue_at_risk: the version that calls more revenue at risk; None where both call the same, or no revenue is
    known. horizon_days: days ahead that the shadow speaks of.
    """

    rows: int
    mean_absolute_difference: float
    rank_correlation: float | None
    levels_differ: int
    levels: list[LevelPair]
    top_tenth_shared: float
    revenue_at_risk: float | None
    shadow_revenue_at_risk: float | None
    more_revenue_at_risk: str | None
    horizon_days: int


class Shadow(Part):
    """A version that was scored beside the one in use, or that should have been; nothing sold depends on it.

    not_scored: None where it was scored; else the kind of what stopped it, or InUse. figures: None then.
    """

    model_family: str
    model_version: str
    model_digest: str
    sentence: str
    not_scored: str | None = None
    figures: ShadowFigures | None = Field(default=None, description="Null where it was not scored.")


def shadow_of(shadow: Document, summary: Document) -> Shadow:
    """What is told of a shadow.

    shadow: {"family", "version", "digest"}; with {"not_scored"}, or {"horizon_days"} and the fields of a Disagreement.
    summary: scoring's, of the version in use.
    """
    named = {f"model_{name}": shadow[name] for name in ("family", "version", "digest")}
    if kind := shadow.get("not_scored"):
        why = REASONS.get(kind, "a fault on our side")
        sentence = f"The shadow, model version {shadow['version']}, was not scored: {why}. Nothing else depends on it."
        return Shadow(**named, sentence=sentence, not_scored=kind)
    figures = _figures(shadow, summary["version"])
    return Shadow(**named, sentence=_sentence(figures, shadow["version"], summary["horizon_days"]), figures=figures)


def _figures(shadow: Document, in_use: str) -> ShadowFigures:
    pairs = [
        LevelPair(in_use=ours, shadow=theirs, customers=count)
        for ours, row in zip(LEVELS, shadow["levels"], strict=True)
        for theirs, count in zip(LEVELS, row, strict=True)
    ]
    ours, theirs = shadow["revenue_at_risk"], shadow["shadow_revenue_at_risk"]
    same = ours is None or ours == theirs
    alike = ("rows", "mean_absolute_difference", "rank_correlation", "top_tenth_shared", "horizon_days")
    return ShadowFigures(
        **{name: shadow[name] for name in alike},
        levels_differ=sum(pair.customers for pair in pairs if pair.in_use != pair.shadow),
        levels=pairs,
        revenue_at_risk=ours,
        shadow_revenue_at_risk=theirs,
        more_revenue_at_risk=None if same else in_use if ours > theirs else shadow["version"],
    )


def _sentence(figures: ShadowFigures, version: str, horizon_days: int) -> str:
    told = [f"its probabilities differ by {figures.mean_absolute_difference * 100:.1f} points on average"]
    if figures.rank_correlation is not None:
        told.append(f"the order of the customers agrees at {figures.rank_correlation:.2f} of 1")
    told.append(f"{figures.levels_differ:,} of {figures.rows:,} would be at another risk level")
    told.append(f"{figures.top_tenth_shared:.0%} of the tenth most at risk are the same customers")
    if figures.more_revenue_at_risk is not None:
        which = "more" if figures.more_revenue_at_risk == version else "less"
        told.append(
            f"it calls {which} revenue at risk ({figures.shadow_revenue_at_risk:,.0f} a month, "
            f"not {figures.revenue_at_risk:,.0f})"
        )
    if figures.horizon_days != horizon_days:
        told.append(f"it looks {figures.horizon_days} days ahead and not {horizon_days}, which is part of this")
    return f"Beside the model in use, version {version} was tried and changed nothing here: {'; '.join(told)}."
