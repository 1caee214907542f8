"""The thresholds of the risk levels."""

import pytest

from services.gateway.thresholds import BadThresholds, RiskThresholds
from services.scoring import domain as scoring


def test_the_usual_ones_are_scorings() -> None:
    """What a job without thresholds of its own is scored by."""
    assert (scoring.HIGH_ABOVE, scoring.MEDIUM_ABOVE) == (RiskThresholds().high_above, RiskThresholds().medium_above)


@pytest.mark.parametrize(("high", "medium"), [(0.4, 0.7), (1.0, 0.4), (0.7, 0.0), (float("nan"), 0.4), (70, 40)])
def test_what_cannot_be_meant_is_refused(high: float, medium: float) -> None:
    """The sentence says what was seen."""
    with pytest.raises(BadThresholds, match=f"{high:g}"):
        RiskThresholds(high, medium)
