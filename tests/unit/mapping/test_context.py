"""The other columns speak too."""

from services.mapping.cells import Cells
from services.mapping.context import in_context
from services.mapping.domain import Strategy
from services.mapping.match import Match
from services.mapping.profiles import ColumnProfile


def test_a_price_beside_an_interval_is_nearer_to_monthly_revenue():
    """It is still the price of a period, but one that can be told."""
    columns = [Cells(ColumnProfile("Amount")), Cells(ColumnProfile("Interval"))]
    price = {"mrr": Match("mrr", 60.0, Strategy.ALIAS, "")}
    interval = {"billing_interval": Match("billing_interval", 90.0, Strategy.ALIAS, "")}
    alone, beside = in_context(columns[:1], [price], {}), in_context(columns, [price, interval], {})
    assert (60.0, 76.0) == (alone[0]["mrr"].confidence, beside[0]["mrr"].confidence)


def test_dates_of_payments_are_no_dates_of_customers(headers_mapped):
    """The day of a charge is no sign-up; the customer's own dates still are."""
    payment = ("id", "Created", "Fee", "Amount Refunded", "Captured", "Tax", "Transfer", "Customer ID")
    assert {"Customer ID": "customer_id"} == headers_mapped(*payment, industry="saas")
    assert "signup_date" == headers_mapped(*payment, "Customer created", industry="saas")["Customer created"]


def test_rows_of_one_customer_have_ids_of_their_own(suggested):
    """A bare id that is unique beside an id that repeats tells rows apart, not customers."""
    columns = {"id": [f"s{place}" for place in range(40)], "account_id": [f"a{place // 4}" for place in range(40)]}
    assert {"customer_id": "account_id"} == suggested(columns, industry="saas").plan.sources


def test_a_company_stands_back_where_a_person_is_named(headers_mapped):
    """One of the two is the customer's name, and the company is where it stands alone."""
    assert {"Name": "customer_name"} == headers_mapped("Name", "Company", industry="saas")
    assert {"Company": "customer_name"} == headers_mapped("Company", industry="saas")


def test_a_summary_of_customers_is_no_list_of_payments(suggested):
    """Sums of invoices and refunds beside an id that tells customers apart: their dates are the customers' own."""
    sums = {
        name: ["10", "20", "30"] * 10 for name in ("Total invoices", "Total refunds", "Total payments", "Total fees")
    }
    ids, created = [f"a{place}" for place in range(30)], [f"2024-01-{1 + place % 28:02}" for place in range(30)]
    found = suggested({"account_id": ids, "created_at": created, **sums}, industry="saas").plan.sources
    assert found["signup_date"] == "created_at"


def test_an_id_of_a_group_is_no_customers_where_addresses_tell_them_apart(suggested):
    """The bare id stands beside addresses that do not repeat; a group's id that does is passed over."""
    columns = {
        "id": [str(place) for place in range(40)],
        "orgid": [str(place // 4) for place in range(40)],
        "email": [f"a{place}@example.org" for place in range(40)],
    }
    assert "id" == suggested(columns, industry="saas").plan.sources["customer_id"]
