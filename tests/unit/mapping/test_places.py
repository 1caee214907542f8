"""Countries are known by name and code, and told from states."""

from services.mapping.places import COUNTRIES, LIKE_STATES


def test_names_and_codes_are_lower_case():
    """Cells are folded before they are compared."""
    assert set() == {word for word in COUNTRIES | LIKE_STATES if word != word.lower()}
    assert {"germany", "de", "usa"} <= COUNTRIES


def test_countries_are_told_by_their_values_and_states_are_not(suggested):
    """A column called "Where" full of countries is the country; one of US states is not."""
    ids = [f"c{place}" for place in range(6)]
    countries = suggested({"Customer ID": ids, "Where": ["US", "FR", "GB", "US", "DE", "DK"]}, industry="saas")
    states = suggested({"Customer ID": ids, "Where": ["CA", "IL", "GA", "CO", "DE", "IN"]}, industry="saas")
    assert ("Where", None) == (countries.plan.sources.get("country"), states.plan.sources.get("country"))


def test_states_of_a_subscription_are_told_by_their_values(suggested):
    """A column called "state" may be either; the values say which."""
    columns = {"Customer ID": list("abcd"), "state": ["active", "expired", "active", "canceled"]}
    assert "state" == suggested(columns, industry="saas").plan.sources["status"]
