"""Levers: whom an action applies to, and what it makes of them."""

import numpy as np
import pyarrow as pa
import pytest

from libs.tables.columns import Industry
from services.scoring.catalogue import CATALOGUE, Action
from services.scoring.domain import Span, Spans
from services.scoring.features import matrix
from services.scoring.levers import Changed, Customers, reencoded
from services.scoring.specifications import SAAS, TELECOM

SPANS = {
    "logins_per_month": Span(1, 14, 60),
    "days_since_last_login": Span(0, 3, 40),
    "seat_use": Span(0.1, 0.7, 1.0),
    "mrr": Span(20, 100, 500),
    "billing_interval": Span(levels=("monthly", "Annual")),
}


def action(name: str, industry: Industry = Industry.SAAS) -> Action:
    """The action of that name."""
    return next(each for each in CATALOGUE[industry] if each.name == name)


def after(name: str, columns: dict[str, list[object]], spans: Spans = SPANS) -> Changed | None:
    """What the SaaS action makes of these customers."""
    return Customers(pa.record_batch(columns), SAAS, spans).after(action(name))


def test_a_number_is_brought_to_the_typical_one_and_what_moves_with_it_too() -> None:
    """Who logs in more than is typical is left alone; what is not known stays so."""
    columns = {"logins_per_month": [2.0, 20.0, None, 5.0], "days_since_last_login": [30.0, 30.0, 30.0, 1.0]}
    changed = after("train_users", columns)
    assert changed is not None
    assert [0, 3] == changed.rows.tolist()
    assert {"logins_per_month": [14.0, 14.0], "days_since_last_login": [3.0, 1.0]} == {
        name: cells.to_pylist() for name, cells in changed.columns.items()
    }


def test_what_moves_along_and_is_not_known_stays_unknown() -> None:
    """An action says nothing of what nobody knows."""
    changed = after("train_users", {"logins_per_month": [2.0], "days_since_last_login": pa.array([None], pa.float64())})
    assert changed is not None
    assert [None] == changed.columns["days_since_last_login"].to_pylist()


def test_seats_are_filled_whole_and_never_beyond_those_paid_for() -> None:
    """Seven of ten is typical; one of one stays; two of three is as near as whole seats come."""
    changed = after("fill_seats", {"seats_used": [2.0, 1.0, 1.0], "seats_purchased": [10.0, 1.0, 4.0]})
    assert changed is not None
    assert ([0, 2], [7.0, 3.0]) == (changed.rows.tolist(), changed.columns["seats_used"].to_pylist())


def test_a_level_is_given_only_where_the_tenant_has_it() -> None:
    """Yearly billing is offered where some customers have it, in the tenant's own word for it."""
    columns: dict[str, list[object]] = {"billing_interval": ["monthly", " Month ", "yearly", None, "odd"]}
    changed = after("yearly_billing", columns)
    assert changed is not None
    assert ([0, 1], ["yearly"] * 2) == (changed.rows.tolist(), changed.columns["billing_interval"].to_pylist())
    assert after("yearly_billing", columns, {"billing_interval": Span(levels=("monthly",))}) is None


def test_nothing_leaves_the_span() -> None:
    """A price that would fall below what 95 % of the customers pay is not offered; nor one above the span."""
    changed = after("lower_price", {"mrr": [21.0, 22.3, 100.0, 900.0]})
    assert changed is not None
    assert [1, 2] == changed.rows.tolist()


@pytest.mark.parametrize("spans", [{}, {"logins_per_month": Span(levels=("a",))}])
def test_without_a_span_no_number_is_moved(spans: Spans) -> None:
    """What is typical is not guessed."""
    assert after("train_users", {"logins_per_month": [2.0]}, spans) is None


@pytest.mark.parametrize("name", ["train_users", "fill_seats", "yearly_billing"])
def test_an_absent_lever_has_no_action(name: str) -> None:
    """Nor has a ratio of which one half is absent."""
    assert after(name, {"mrr": [10.0], "seats_used": [1.0]}) is None


def test_a_lever_that_the_model_does_not_read_is_none() -> None:
    """A tenant's own model may do without a column."""
    features = [feature for feature in SAAS if feature.name != "logins_per_month"]
    table = pa.record_batch({"logins_per_month": [2.0]})
    assert Customers(table, features, SPANS).after(action("train_users")) is None


def test_what_cannot_be_had_is_not_offered() -> None:
    """Tech support needs internet, whatever word the file has for not having it; what is not known stops nothing."""
    columns = {"tech_support": ["no"] * 4, "internet_service": ["No", "DSL", None, "fiber optic"]}
    changed = Customers(pa.record_batch(columns), TELECOM, {}).after(action("give_tech_support", Industry.TELECOM))
    assert changed is not None
    assert [1, 2, 3] == changed.rows.tolist()


def test_no_internet_service_is_no_add_on_refused() -> None:
    """Who has no internet cannot be given its add-ons."""
    table = pa.record_batch({"tech_support": ["no", "yes", "no internet service", "No"]})
    changed = Customers(table, TELECOM, {}).after(action("give_tech_support", Industry.TELECOM))
    assert changed is not None
    assert [0, 3] == changed.rows.tolist()


def test_reencoding_is_encoding_the_changed_table() -> None:
    """Only what changed is redone, and the result is the same."""
    columns = {
        "tenure_months": [1.0, 2.0, 3.0],
        "seats_used": [2.0, 10.0, 1.0],
        "seats_purchased": [10.0, 10.0, 4.0],
        "billing_interval": ["monthly", "yearly", None],
    }
    table = pa.record_batch(columns)
    changed = Customers(table, SAAS, SPANS).after(action("fill_seats"))
    assert changed is not None
    whole = pa.record_batch({**columns, "seats_used": [7.0, 10.0, 3.0]})
    expected = matrix(whole, SAAS)[[0, 2]]
    np.testing.assert_array_equal(expected, reencoded(matrix(table, SAAS), table, SAAS, changed))
