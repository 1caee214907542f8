"""The report's words on drift."""

from typing import Any

import pytest

from libs.contracts.scoring.v1 import scoring_pb2 as pb
from services.gateway.report.drift import Drift, drift_of
from tests.unit.gateway.report.test_composing import document


def feature(name: str, level: str = "NONE", psi: float | None = 0.01, counts: tuple[int, int] = (50, 50)) -> Any:
    """One with two bins, of which the reference has half each."""
    bins = [pb.DriftBin(label=f"{name} {k}", count=count, reference_share=0.5) for k, count in enumerate(counts)]
    return pb.FeatureDrift(
        feature=name,
        psi=psi,
        level=f"DRIFT_LEVEL_{level}",
        known_share=1,
        reference_known_share=1,
        unread_count=2,
        bins=bins,
    )


def told(*features: Any, score: Any = None, missing: tuple[str, ...] = (), **more: Any) -> Drift:
    """What is said of such a drift."""
    found = drift_of(document(pb.Drift(features=features, score=score, reference="those of May", **more)), missing)
    assert found is not None
    return found


def test_what_is_alike_is_said_to_be_so() -> None:
    """No alarm, in words."""
    drift = told(feature("mrr"), score=feature("score"))
    assert ("none", False) == (drift.alert, drift.simulated)
    assert "No feature is spread differently from those of May, beyond what chance explains." == drift.sentence


def test_what_differs_most_comes_first_and_is_shown() -> None:
    """With the bin that gained or lost most."""
    drift = told(feature("mrr", "SHIFTED", 0.12), feature("tenure", "STRONG", 0.4, (90, 10)), feature("nps"))
    assert "watch" == drift.alert
    assert ["tenure", "mrr", "nps"] == [one.feature for one in drift.features]
    assert drift.sentence.startswith("2 of 3 features are spread differently from those of May, beyond chance. Most of")
    assert "tenure: tenure 0 for 90% of your customers, 50% of those." in drift.sentence
    assert 2 == drift.features[0].unread


def test_scores_of_another_population_are_an_alarm() -> None:
    """With what to do, and a word on the columns that are not there."""
    drift = told(feature("mrr"), score=feature("score", "STRONG", 0.3), missing=("nps_score",))
    assert "high" == drift.alert
    assert "part of it comes from the 1 features that your file lacks" in drift.sentence
    assert "give your churn rate, or train a model of your own" in drift.sentence


@pytest.mark.parametrize(("level", "alert"), [("NONE", "none"), ("SHIFTED", "none"), ("STRONG", "watch")])
def test_a_distance_from_a_simulation_is_no_change(level: str, alert: str) -> None:
    """It is said what it means, and never raises more than a watch."""
    drift = told(feature("mrr", "STRONG", 0.9), score=feature("score", level, 0.2), simulated=True)
    assert alert == drift.alert
    assert "stand for no real company" in drift.sentence
    assert "train" not in drift.sentence


def test_without_a_profile_nothing_is_said() -> None:
    """A version, or a scoring service, of before."""
    assert drift_of(None) is None
    assert drift_of(document(pb.Drift())) is None


def test_a_feature_nobody_has_is_not_compared() -> None:
    """No index, no bin that moved."""
    (one,) = told(feature("mrr", psi=None, counts=(0, 0))).features
    assert (None, None) == (one.psi, one.moved)
