"""The one id there is, where no column says who the customer is."""

from services.mapping.last_resort import ID_SCORE

CODES = [f"q{each * 7919:x}z{each:03}" for each in range(20)]
SPEND = ["10", "20"] * 10


def _customer_id(suggested, columns):
    plan = suggested(columns, industry="saas").plan
    return next(((each.column, each.confidence) for each in plan.mappings if each.canonical == "customer_id"), None)


def test_a_numbered_subscription_stands_in(suggested):
    """A subscription id different in every row is taken, never surer than 80."""
    column, confidence = _customer_id(suggested, {"Subscription ID": CODES, "MRR": SPEND})
    assert (column, confidence < 80) == ("Subscription ID", True)


def test_three_rows_show_a_named_id_and_no_other(suggested):
    """A name that says what it is needs few rows; codes of an unknown name may be anything."""
    few = {"MRR": SPEND[:3]}
    assert _customer_id(suggested, {"Subscription ID": CODES[:3], **few})[0] == "Subscription ID"
    assert _customer_id(suggested, {"qzxv": CODES[:3], **few}) is None


def test_a_code_of_an_unknown_name_stands_in(suggested):
    """So is a column of codes whose name nobody knows."""
    column, _ = _customer_id(suggested, {"qzxv": CODES, "MRR": SPEND})
    assert column == "qzxv"


def test_two_such_columns_are_asked_about(suggested):
    """Which of two it is only a person can say."""
    other = [code[::-1] for code in CODES]
    assert _customer_id(suggested, {"qzxv": CODES, "wvvk": other, "MRR": SPEND}) is None


def test_a_named_id_is_preferred(suggested):
    """Where a column says who the customer is nothing stands in for it."""
    column, _ = _customer_id(suggested, {"qzxv": CODES, "Customer ID": [f"c{each}" for each in range(20)]})
    assert column == "Customer ID"


def test_its_score_is_just_enough():
    """It is mapped, but below what is sure."""
    assert 70 <= ID_SCORE < 72


def test_a_phone_number_is_only_asked_about(suggested):
    """It is a person's and may change: never the customer's id unasked, and not even asked about beside an id."""
    phones = [f"555{place:04}" for place in range(30)]
    plan = suggested({"Phone Number": phones, "Plan": ["Basic", "Pro"] * 15}, industry="saas").plan
    assert "customer_id" not in plan.sources
    beside = suggested({"Phone Number": phones, "visitor id": phones[::-1]}, industry="saas").plan
    alternatives = {each.column: [other.canonical for other in each.alternatives] for each in beside.mappings}
    assert "customer_id" not in alternatives["Phone Number"]


def test_a_product_is_the_plan_where_nothing_else_is(suggested):
    """Taken with doubt, and left where a column says the plan."""
    columns = {"customer_id": [f"k{place:03}" for place in range(30)], "product": ["north", "south", "west"] * 10}
    mapped = next(each for each in suggested(columns, industry="saas").plan.mappings if each.column == "product")
    assert "plan_type" == mapped.canonical
    assert mapped.confidence < 80
    beside = columns | {"plan": ["Gold", "Silver", "Basic"] * 10}
    assert "plan" == suggested(beside, industry="saas").plan.sources["plan_type"]
