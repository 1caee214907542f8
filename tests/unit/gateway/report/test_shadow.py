"""The report's part on the shadow, and its one sentence."""

from typing import Any

import pytest

from libs.errors import KINDS
from services.gateway.report.shadow import shadow_of

SUMMARY = {"version": "v1", "horizon_days": 30}

NAMED = {"family": "baseline-saas", "version": "v2", "digest": "ab" * 32}

FIGURES: dict[str, Any] = {
    "rows": 1200,
    "mean_absolute_difference": 0.0324,
    "rank_correlation": 0.917,
    "levels": [[10, 2, 0], [3, 40, 5], [0, 7, 1133]],
    "top_tenth_shared": 0.8,
    "revenue_at_risk": 1000.0,
    "shadow_revenue_at_risk": 1200.4,
    "horizon_days": 30,
}


def test_everything_is_told_in_one_sentence() -> None:
    """With the nine pairs of levels, and the version that calls more revenue at risk."""
    told = shadow_of({**NAMED, **FIGURES}, SUMMARY)
    assert told.figures is not None
    assert (17, 9, "v2") == (told.figures.levels_differ, len(told.figures.levels), told.figures.more_revenue_at_risk)
    pairs = {(pair.in_use, pair.shadow): pair.customers for pair in told.figures.levels}
    assert (2, 3, 1133) == (pairs["high", "medium"], pairs["medium", "high"], pairs["low", "low"])
    assert (
        "Beside the model in use, version v2 was tried and changed nothing here: its probabilities differ by 3.2 "
        "points on average; the order of the customers agrees at 0.92 of 1; 17 of 1,200 would be at another risk "
        "level; 80% of the tenth most at risk are the same customers; it calls more revenue at risk (1,200 a month, "
        "not 1,000)."
    ) == told.sentence
    assert (None, "baseline-saas", "v2") == (told.not_scored, told.model_family, told.model_version)


def test_what_is_not_known_is_left_out_of_the_sentence() -> None:
    """Of revenue and order."""
    unknown = {"rank_correlation": None, "revenue_at_risk": None, "shadow_revenue_at_risk": None}
    told = shadow_of({**NAMED, **FIGURES, **unknown}, SUMMARY)
    assert told.figures is not None and told.figures.more_revenue_at_risk is None
    assert "revenue" not in told.sentence and "order" not in told.sentence


def test_less_revenue_at_risk_is_the_version_in_uses_more() -> None:
    """And equal revenue is nobody's."""
    less, same = (
        shadow_of({**NAMED, **FIGURES, "shadow_revenue_at_risk": revenue}, SUMMARY) for revenue in (900.0, 1000.0)
    )
    assert less.figures is not None and same.figures is not None
    assert ("v1", None) == (less.figures.more_revenue_at_risk, same.figures.more_revenue_at_risk)
    assert "it calls less revenue at risk (900 a month, not 1,000)" in less.sentence


def test_another_horizon_is_said() -> None:
    """Thirty days and sixty cannot agree."""
    told = shadow_of({**NAMED, **FIGURES, "horizon_days": 60}, SUMMARY)
    assert "it looks 60 days ahead and not 30, which is part of this" in told.sentence


@pytest.mark.parametrize("kind", [*KINDS, "InUse"])
def test_what_was_not_scored_has_a_reason(kind: str) -> None:
    """The kind, and a sentence in plain words; no figures."""
    told = shadow_of({**NAMED, "not_scored": kind}, SUMMARY)
    assert (kind, None) == (told.not_scored, told.figures)
    assert told.sentence.startswith("The shadow, model version v2, was not scored: ")
    assert told.sentence.endswith(". Nothing else depends on it.")
