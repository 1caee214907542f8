"""The report's part on drift: how far a file's customers are from those that the model learnt from, in plain words."""

from collections.abc import Sequence
from typing import Literal

from services.gateway.report.part import Document, Part

Level = Literal["none", "shifted", "strong"]
Alert = Literal["none", "watch", "high"]

SOMEBODY = "the customers that the model learnt from"
"""Those of a version that does not say."""


class MovedBin(Part):
    """Where the spread differs most. share, reference_share: of the customers with a value, here and there, 0-1."""

    label: str
    share: float
    reference_share: float


class FeatureDrift(Part):
    """One feature, or "score". psi: population stability index; None without a customer who has a value.

    level: none below 0.1 or within chance, strong from 0.25. known_share, reference_known_share: with a value, 0-1.
    unread: cells with a word that the model does not know. moved: None without a psi.
    """

    feature: str
    psi: float | None
    level: Level
    known_share: float
    reference_known_share: float
    unread: int
    moved: MovedBin | None


class Drift(Part):
    """alert: high where the scores themselves are another population's, watch where something differs beyond chance.

    simulated: the model learnt from no real customers; the alert is then at most watch, since a difference from an
    assumption is no change. features: what differs most first.
    """

    alert: Alert
    sentence: str
    reference: str
    simulated: bool
    score: FeatureDrift | None
    features: list[FeatureDrift]


def drift_of(drift: Document | None, missing: Sequence[str] = ()) -> Drift | None:
    """drift: scoring's; None from before there was any. missing: features that the file lacks.

    None where the model version keeps no profile to compare with.
    """
    if drift is None or not (drift["features"] or drift.get("score")):
        return None
    features = sorted(map(_feature, drift["features"]), key=lambda each: -(each.psi or 0.0))
    score = _feature(drift["score"]) if drift.get("score") else None
    simulated, reference = bool(drift["simulated"]), drift["reference"] or SOMEBODY
    alert = _alert(features, score, simulated)
    return Drift(
        alert=alert,
        sentence=" ".join(_sentences(alert, features, score, reference, simulated, len(missing))),
        reference=reference,
        simulated=simulated,
        score=score,
        features=features,
    )


def _feature(told: Document) -> FeatureDrift:
    psi = told.get("psi")
    return FeatureDrift(
        feature=told["feature"],
        psi=psi,
        level=told["level"].removeprefix("DRIFT_LEVEL_").lower(),
        known_share=told["known_share"],
        reference_known_share=told["reference_known_share"],
        unread=int(told["unread_count"]),
        moved=None if psi is None else _moved(told["bins"]),
    )


def _moved(bins: Sequence[Document]) -> MovedBin:
    rows = sum(int(each["count"]) for each in bins)
    shares = [(int(each["count"]) / rows, each) for each in bins]
    share, most = max(shares, key=lambda pair: abs(pair[0] - pair[1]["reference_share"]))
    return MovedBin(label=most["label"], share=share, reference_share=most["reference_share"])


def _alert(features: Sequence[FeatureDrift], score: FeatureDrift | None, simulated: bool) -> Alert:
    if simulated:
        return "watch" if score is not None and score.level == "strong" else "none"
    if score is not None and score.level == "strong":
        return "high"
    differs = any(each.level != "none" for each in (*features, *([score] if score else [])))
    return "watch" if differs else "none"


def _sentences(
    alert: Alert,
    features: Sequence[FeatureDrift],
    score: FeatureDrift | None,
    reference: str,
    simulated: bool,
    missing: int,
) -> list[str]:
    differing = [each for each in features if each.level != "none"]
    told = [
        f"{len(differing)} of {len(features)} features are spread differently from {reference}, beyond chance."
        if differing
        else f"No feature is spread differently from {reference}, beyond what chance explains."
    ]
    if differing and (moved := differing[0].moved):
        told.append(
            f"Most of all {differing[0].feature}: {moved.label} for {moved.share:.0%} of your customers, "
            f"{moved.reference_share:.0%} of those."
        )
    if score is not None and score.level != "none":
        part = f"; part of it comes from the {missing} features that your file lacks" if missing else ""
        told.append(f"The scores differ too (stability index {score.psi:.2f}){part}.")
    if simulated:
        told.append(
            "Those customers are simulated and stand for no real company: a difference says how far your customers are "
            "from what was assumed, not that anything changed or is wrong. The farther, the more a score is a guess; a "
            "model of your own would end that."
        )
    elif alert == "high":
        told.append("Take the probabilities with care: give your churn rate, or train a model of your own.")
    return told
