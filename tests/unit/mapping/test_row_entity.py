"""What the barest names mean once it is known what one row is."""

IDS = [f"k{place:03}" for place in range(30)]
EMAILS = [f"p{place}@example.org" for place in range(30)]
SCORES = [str(place % 11) for place in range(30)]
FLAGS = ["1", "0", "1"] * 10
DAYS = [f"2024-03-{1 + place % 28:02}" for place in range(30)]


def test_the_score_of_a_survey_is_what_was_answered(suggested):
    """Beside a comment and a survey's type; alone it is any score."""
    survey = {"Person ID": IDS, "Score": SCORES, "Survey Type": ["NPS"] * 30, "Comment": ["fine", "", "bad"] * 10}
    assert "Score" == suggested(survey, industry="saas").plan.sources["nps_score"]
    assert "nps_score" not in suggested({"Person ID": IDS, "Score": SCORES}, industry="saas").plan.sources


def test_a_bare_name_beside_the_customers_is_a_plans(suggested):
    """A subscription's own name says what was sold."""
    names = [f"Ada Adams {chr(65 + place % 26)}" for place in range(30)]
    columns = {
        "name": ["Monthly Magazine", "Annual Club", "Weekly Box"] * 10,
        "amount": ["25.0", "180.0", "12.5"] * 10,
        "interval_unit": ["monthly", "yearly", "weekly"] * 10,
        "customers.id": IDS,
        "customers.full_name": names,
    }
    sources = suggested(columns, industry="saas").plan.sources
    assert ("name", "customers.full_name") == (sources["plan_type"], sources["customer_name"])


def test_a_partner_alone_lives_with_nobody(suggested):
    """In a gym's file it is an employer; beside dependents it is who the customer lives with."""
    assert "partner" not in suggested({"Customer ID": IDS, "Partner": FLAGS}, industry="telecom").plan.sources
    home = {"Customer ID": IDS, "Partner": FLAGS, "Dependents": FLAGS}
    assert "Partner" == suggested(home, industry="telecom").plan.sources["partner"]


def test_a_bare_id_among_subscriptions_is_doubtful(suggested):
    """It is taken, and never said to be sure."""
    columns = {
        "id": IDS,
        "plan": ["Pro", "Basic", "Team"] * 10,
        "interval": ["month", "year", "month"] * 10,
        "quantity": [str(1 + place % 9) for place in range(30)],
        "next_renewal": ["2026-07-01"] * 30,
    }
    found = {each.column: each for each in suggested(columns, industry="saas").plan.mappings}
    assert found["id"].confidence < 80


def test_a_bare_total_among_subscriptions_is_the_rows(suggested):
    """What an order comes to is not what its customer has paid so far; alone it may be."""
    totals = {"Customer ID": IDS, "amount_total": [f"{20 + place}.50" for place in range(30)]}
    beside = {
        "next_invoice_date": DAYS,
        "subscription_state": ["active", "paused"] * 15,
        "plan_id": ["Gold", "Pro"] * 15,
    }
    assert "total_revenue" not in suggested(totals | beside, industry="saas").plan.sources
    assert "amount_total" == suggested(totals, industry="saas").plan.sources["total_revenue"]
