"""Decisions and doubts in one industry's reading of a table."""

import pytest

from libs.tables.columns import Industry
from services.mapping.asking import Decision
from services.mapping.domain import BadDecision

COLUMNS = {
    "customer_id": ["a", "b", "c"],
    "tenure_months": ["3", "4", "5"],
    "mrr": ["10", "20", "30"],
    "Price": ["1", "2", "3"],
    "Colour": ["red", "blue", "red"],
}


def test_a_decision_is_certain(suggested):
    """What a person says is mapped with confidence 100, and what stood there before makes room."""
    plan = suggested(COLUMNS, decisions=(Decision("mrr", "Price"),)).plan
    decided = next(mapping for mapping in plan.mappings if mapping.column == "Price")
    assert ("mrr", 100.0, "decision", "you said that 'Price' is mrr") == (
        decided.canonical,
        decided.confidence,
        decided.strategy,
        decided.evidence,
    )
    assert "mrr" in plan.extras


def test_not_in_this_file_is_an_answer(suggested):
    """A waived column is missing without a question, and its look-alike stays unmapped."""
    suggestion = suggested(COLUMNS, decisions=(Decision("mrr", None),))
    assert ((), ("mrr",)) == (suggestion.questions, suggestion.plan.missing_required)
    assert "mrr" in suggestion.plan.extras


def test_a_decision_on_an_unknown_column_is_refused(suggested):
    """The person named something that is not there."""
    with pytest.raises(BadDecision, match="the file has no column of that name"):
        suggested(COLUMNS, decisions=(Decision("mrr", "Prize"),))
    with pytest.raises(BadDecision, match="no canonical column of telecom named 'mrr'"):
        suggested(COLUMNS, decisions=(Decision("mrr", "Price"),), industry=Industry.TELECOM)


def test_alternatives_are_shown(suggested):
    """A column that lost its canonical column to a better one keeps it as an alternative."""
    plan = suggested(COLUMNS).plan
    price = next(mapping for mapping in plan.mappings if mapping.column == "Price")
    assert (None, ["mrr"]) == (price.canonical, [other.canonical for other in price.alternatives])


def test_missing_optional_columns_are_features(suggested):
    """Names, dates and labels are not missed; features are, in canonical order."""
    missing = suggested(COLUMNS).plan.missing_optional
    assert ("total_revenue", "plan_type") == missing[:2]
    assert set() == {"churned", "signup_date", "customer_name"} & set(missing)
