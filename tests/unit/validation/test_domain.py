"""Costs, score and error kinds of validation."""

import pytest

from libs.errors import InvalidInput, kind_of
from services.validation.domain import (
    Finding,
    Findings,
    Layer,
    Severity,
    UncheckableTable,
    UnfitBatch,
    UnknownIndustry,
    cost,
)


def finding(cost: float) -> Finding:
    """A finding of the given cost."""
    return Finding("x", Layer.RANGES, Severity.WARNING, False, 1, 0.5, "seen", "do", cost, ("mrr",))


def test_score_is_one_less_all_costs():
    """Costs add up; a score never falls below 0."""
    assert 0.7 == pytest.approx(Findings(2, 1, 1, (finding(0.1), finding(0.2))).score)
    assert 0.0 == Findings(2, 1, 1, (finding(0.9), finding(0.9))).score


@pytest.mark.parametrize(
    ("severity", "share", "weight", "wanted"),
    [
        (Severity.INFO, 1.0, 1.0, 0.02),
        (Severity.WARNING, 0.5, 1.0, 0.1),
        (Severity.WARNING, 1.0, 0.1, 0.02),
        (Severity.ERROR, 0.25, 1.0, 0.25),
        (Severity.FATAL, 1.0, 1.0, 1.0),
        (Severity.ERROR, 1.0, 5.0, 1.0),
        (Severity.ERROR, 1.0, 0.0, 0.0),
    ],
)
def test_cost_is_severity_times_share_times_weight(severity, share, weight, wanted):
    """A cost is at most 1."""
    assert wanted == cost(severity, share, weight)


@pytest.mark.parametrize("error", [UnknownIndustry, UncheckableTable, UnfitBatch])
def test_errors_are_invalid_input(error):
    """What validation refuses can never work unchanged."""
    assert InvalidInput is kind_of(error("x"))
