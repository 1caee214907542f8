"""Layer 4: what must hold between columns. Rows that break a rule are kept as they are."""

from datetime import date

import pytest

from services.validation.domain import Severity

DAY, LATER = date(2024, 1, 1), date(2024, 2, 1)


def one(odd, sound, count=60):
    """A column whose first cell is odd."""
    return [odd] + [sound] * (count - 1)


SAAS_RULES = [
    ("seats", {"seats_used": one(11.0, 9.0), "seats_purchased": one(10.0, 10.0)}),
    ("canceled_before_signup", {"canceled_at": one(DAY, None), "signup_date": one(LATER, DAY)}),
    ("login_before_signup", {"last_login_at": one(DAY, LATER), "signup_date": one(LATER, DAY)}),
    ("logins_without_a_login", {"days_since_last_login": one(90.0, 3.0), "logins_per_month": one(4.0, 4.0)}),
    ("login_within_tenure", {"days_since_last_login": one(1000.0, 3.0), "tenure_months": one(2.0, 2.0)}),
    ("total", {"total_revenue": one(100_000.0, 1000.0), "mrr": one(100.0, 100.0), "tenure_months": one(10.0, 10.0)}),
    ("total", {"total_revenue": one(1.0, 1000.0), "mrr": one(100.0, 100.0), "tenure_months": one(10.0, 10.0)}),
]
TELECOM_RULES = [
    ("phone", {"phone_service": one(False, True), "multiple_lines": one("yes", "no")}),
    ("phone", {"phone_service": one(True, False), "multiple_lines": one("no phone service", "no phone service")}),
    ("internet", {"internet_service": one("no", "dsl"), "online_backup": one("yes", "yes")}),
    ("internet", {"internet_service": one("dsl", "no"), "streaming_tv": one("no internet service", "no")}),
    ("total", {"total_charges": one(9e6, 1000.0), "monthly_charges": [100.0] * 60, "tenure_months": [10.0] * 60}),
]


@pytest.mark.parametrize(("id", "cells"), SAAS_RULES)
def test_saas_rule_finds_the_odd_row(saas, id, cells):
    """Each rule finds the one row that breaks it, and keeps the row."""
    outcome = saas(60, **cells)
    found = outcome[f"rule.{id}"]
    assert (1, (1,), Severity.WARNING) == (found.count, found.rows, found.severity)
    assert 0.2 / 60 == pytest.approx(found.cost, abs=1e-6)
    assert 60 == outcome.clean.num_rows


@pytest.mark.parametrize(("id", "cells"), TELECOM_RULES)
def test_telecom_rule_finds_the_odd_row(telecom, id, cells):
    """Each rule finds the one row that breaks it, and keeps the row."""
    outcome = telecom(60, **cells)
    assert (1, (1,)) == (outcome[f"rule.{id}"].count, outcome[f"rule.{id}"].rows)
    assert 60 == outcome.clean.num_rows


@pytest.mark.parametrize(("id", "cells"), SAAS_RULES)
def test_rule_does_not_judge_rows_that_lack_a_cell(saas, id, cells):
    """A rule between two cells says nothing of a row that has only one of them."""
    for name in cells:
        lacking = {**cells, name: one(None, cells[name][1])}
        assert saas(60, **lacking)[f"rule.{id}"].passed


def test_total_leaves_room_for_young_customers_and_price_changes(saas):
    """Up to three times either way and three months' pay are plausible, and who pays nothing now may have paid."""
    outcome = saas(
        4,
        tenure_months=[0.0, 1.0, 12.0, 12.0],
        mrr=[50.0, 50.0, 100.0, 0.0],
        total_revenue=[150.0, 0.0, 3500.0, 800.0],
    )
    assert outcome["rule.total"].passed


def test_customers_who_pay_nothing_are_a_note(saas):
    """Free accounts are worth knowing and cost nothing."""
    found = saas(60, mrr=one(0.0, 10.0))["rule.paying"]
    assert (1, Severity.INFO, 0.0) == (found.count, found.severity, found.cost)


def test_rules_without_their_columns_do_not_run(saas, telecom):
    """A rule is listed only where it could be judged."""
    assert {"rule.paying"} == {id for id in saas(60).ids if id.startswith("rule.")}
    assert {"rule.paying"} == {id for id in telecom(60, internet_service=["dsl"] * 60).ids if id.startswith("rule.")}


def test_rows_set_aside_are_not_judged(saas):
    """A row with a negative price is one fault, not two."""
    outcome = saas(60, mrr=one(-5.0, 10.0), total_revenue=[1e6] + [100.0] * 59, tenure_months=[10.0] * 60)
    assert outcome["rule.total"].passed
