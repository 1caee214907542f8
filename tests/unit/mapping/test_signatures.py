"""Tools are known by their header rows."""

from services.mapping.names import compact
from services.mapping.signatures import EXPORTS, known

STRIPE = ["id", "Customer ID", "Plan", "Quantity", "Interval", "Amount", "Status", "Created (UTC)", "Start Date (UTC)"]


def test_a_known_export_is_named(suggested):
    """The plan carries the tool; a few columns may be missing."""
    columns = {name: ["x1", "x2"] for name in [*STRIPE, "Current Period Start (UTC)"]}
    assert "Stripe subscriptions" == suggested(columns).plan.signature.tool


def test_common_names_are_no_signature():
    """An e-mail and a name prove no tool, and a forgotten tool is not named."""
    assert known(["email", "name", "id"]) is None
    names = [compact(name) for name in EXPORTS[0].telling]
    assert known(names, ["Stripe"]) is None


def test_each_export_is_known_by_its_own_names():
    """No signature hides another."""
    assert [each.tool for each in EXPORTS] == [known(each.telling).signature.tool for each in EXPORTS]


def test_a_signature_makes_no_match(suggested):
    """Evidence, never a switch: values that contradict it win."""
    columns = {name: ["x1", "x2"] for name in [*STRIPE, "Current Period Start (UTC)"]}
    assert "mrr" not in suggested(columns).plan.sources
