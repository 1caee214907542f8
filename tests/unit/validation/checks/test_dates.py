"""Layer 4: dates in order, and against the day that the file describes."""

from datetime import date

import pytest

from libs.tables.columns import Industry
from services.validation.domain import Options
from services.validation.stage import validate

SNAPSHOT = date(2024, 6, 1)
PAST, FUTURE = date(2024, 1, 1), date(2024, 7, 1)


def one(odd, sound, count=60):
    """A column whose first cell is odd."""
    return [odd] + [sound] * (count - 1)


def found_in(table, snapshot=SNAPSHOT, **cells):
    """The findings on a table of 60 rows, by id."""
    given = table(Industry.SAAS, 60, **cells)
    validation = validate(given.to_batches(), Options(Industry.SAAS, given.schema, snapshot=snapshot))
    assert 60 == sum(rows.num_rows for _, rows in validation)
    return {check.id: check for check in validation.findings().checks}


RULES = [
    ("signup_in_future", {"signup_date": one(FUTURE, PAST)}),
    ("login_in_future", {"last_login_at": one(FUTURE, SNAPSHOT)}),
    ("active_but_canceled", {"status": ["active"] * 60, "canceled_at": one(PAST, FUTURE)}),
    ("label_against_cancellation", {"churned": one(True, False), "canceled_at": [FUTURE] * 60}),
    ("label_against_cancellation", {"churned": one(False, True), "canceled_at": [PAST] * 60}),
    ("tenure_before_signup", {"tenure_months": one(48.0, 5.0), "signup_date": [PAST] * 60}),
]


@pytest.mark.parametrize(("id", "cells"), RULES)
def test_rule_finds_the_odd_row_and_keeps_it(table, id, cells):
    """Each rule finds the one row that breaks it."""
    found = found_in(table, **cells)[f"rule.{id}"]
    assert (1, (1,)) == (found.count, found.rows)
    assert found.advice


@pytest.mark.parametrize(("id", "cells"), RULES)
def test_rule_does_not_judge_rows_that_lack_a_cell(table, id, cells):
    """A row that lacks one of the cells breaks no rule."""
    for name in cells:
        assert found_in(table, **{**cells, name: one(None, cells[name][1])})[f"rule.{id}"].passed


@pytest.mark.parametrize(("id", "cells"), RULES)
def test_rule_needs_the_day_the_file_describes(table, id, cells):
    """Nobody knows what the future is without it."""
    assert f"rule.{id}" not in found_in(table, snapshot=None, **cells)


def test_the_day_itself_is_no_future(table):
    """A login or a cancellation on the day of the export is in order."""
    found = found_in(
        table, last_login_at=[SNAPSHOT] * 60, canceled_at=[SNAPSHOT] * 60, status=["active"] * 60, churned=[True] * 60
    )
    assert {True} == {check.passed for id, check in found.items() if id.startswith("rule.") and id != "rule.paying"}
