"""What cannot be known is asked, one clear question for each required column."""


def test_missing_columns_are_asked_for_in_their_order(suggested):
    """Every required column that nothing gives is a question; only the customer id may not be absent."""
    questions = suggested({"Colour": ["red", "blue"], "Notes": ["x", "y"]}).questions
    assert [("customer_id", False), ("tenure_months", True), ("mrr", True)] == [
        (question.canonical, question.may_be_absent) for question in questions
    ]
    assert (
        "Which column says what tells one customer from another (customer_id)? No column comes near. "
        "Name the column; it cannot be left out." == questions[0].message
    )


def test_doubtful_columns_are_candidates(suggested):
    """A price per period may be the monthly revenue: it is offered, not taken."""
    suggestion = suggested({"customer_id": ["a", "b"], "tenure_months": ["3", "4"], "Amount": ["10", "20"]})
    question = suggestion.questions[0]
    assert ("mrr", ["Amount"]) == (question.canonical, [candidate.column for candidate in question.candidates])
    assert "The nearest is in doubt: 'Amount' is a name of mrr" in question.message
    assert ("mrr",) == suggestion.plan.missing_required
    assert "Amount" in suggestion.plan.extras


def test_a_wrong_unit_is_asked_about(suggested):
    """Hours are no tenure that a rule knows: the column is offered with the reason for the doubt."""
    suggestion = suggested({"customer_id": ["a", "b"], "Tenure (hours)": ["300", "400"], "mrr": ["10", "20"]})
    assert ["tenure_months"] == [question.canonical for question in suggestion.questions]
    assert "its name says hours, not months" in suggestion.questions[0].message


def test_the_threshold_decides_between_mapping_and_asking(suggested):
    """The same file asks or maps as the setting says."""
    columns = {"customer_id": ["a", "b"], "tenure_months": ["3", "4"], "Amount": ["10", "20"]}
    assert "Amount" == suggested(columns, required_min=50).plan.sources["mrr"]
    assert ["customer_id", "tenure_months", "mrr"] == [
        question.canonical for question in suggested(columns, required_min=100).questions
    ]
