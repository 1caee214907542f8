"""Names find their canonical column."""

import pytest


@pytest.mark.parametrize(
    ("header", "canonical"),
    [
        ("Customer ID", "customer_id"),
        ("client_number", "customer_id"),
        ("Monthly Recurring Revenue", "mrr"),
        ("MRR (USD)", "mrr"),
        ("Tenure in months", "tenure_months"),
        ("Customer Country", "country"),
        ("number_of_support_tickets", "support_tickets"),
        ("# of Seats", "seats_purchased"),
        ("subscriptions.status", "status"),
        ("Is Churned?", "churned"),
        ("Plan_Type__c", "plan_type"),
        ("Pays", "country"),
    ],
)
def test_known_names_are_found(headers_mapped, header, canonical):
    """Aliases are found however they are written, and with words around them that say nothing."""
    assert {header: canonical} == headers_mapped(header, industry="saas")


@pytest.mark.parametrize(
    "header", ["Custmer ID", "customer idd", "Customre ID", "Suport Tickets", "Tenur Months", "Coutnry"]
)
def test_one_wrong_letter_is_forgiven(headers_mapped, header):
    """A letter missing, too many, wrong or swapped is a typo."""
    assert 1 == len(headers_mapped(header, industry="saas"))


@pytest.mark.parametrize(
    "header",
    [
        *("Contact", "County", "State", "ARR amount", "arr_amount", "Subscription ID", "Billing State"),
        *("Estimated Salary", "Annual Revenue", "Phone", "value", "id", "Total Discount Amount", "Card Name"),
        *("Balance", "", "???", "\u0e0a\u0e37\u0e48\u0e2d"),
    ],
)
def test_other_things_are_not_mapped(headers_mapped, header):
    """Near spellings of other words, other units, and names that say nothing alone stay unmapped."""
    assert {} == headers_mapped(header, industry="saas")


def test_generic_id_is_believed_when_its_values_are_unique(suggested):
    """A column named "id" is the customer's when every value differs and no better name is there."""
    rows = [str(1000 + place) for place in range(30)]
    plan = suggested({"id": rows, "mrr": ["10"] * 30}).plan
    assert {"customer_id": "id", "mrr": "mrr"} == plan.sources
    better = suggested({"id": rows, "Customer ID": rows, "mrr": ["10"] * 30}).plan
    assert "Customer ID" == better.sources["customer_id"]


def test_telling_values_are_enough(suggested):
    """A column called "value" full of month-to-month is a contract."""
    cells = ["Month-to-month", "Two year", "One year", "Month-to-month"]
    plan = suggested({"value": cells, "customerID": list("abcd")}, industry="telecom").plan
    mapping = next(each for each in plan.mappings if each.column == "value")
    assert ("contract", "values") == (mapping.canonical, mapping.strategy)


def test_evidence_is_a_sentence_without_cell_values(suggested):
    """What is said of a match names the column, never a customer."""
    plan = suggested({"Customer ID": ["secret-1", "secret-2"], "Email": ["a@x.org", "b@x.org"]}).plan
    assert "secret" not in " ".join(mapping.evidence for mapping in plan.mappings)
    assert "@" not in " ".join(mapping.evidence for mapping in plan.mappings)
    assert "'Customer ID' is a name of customer_id; nearly every cell is different" == plan.mappings[0].evidence


def test_how_gender_digits_are_read_is_said(suggested):
    """0 and 1 say nothing of themselves, so the evidence says how they are read."""
    plan = suggested({"gender": ["0", "1", "1"]}, industry="telecom").plan
    assert plan.mappings[0].evidence.endswith("1 is read as female and 0 as male")
