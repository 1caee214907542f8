"""What customers would be: what was asked for, what moves along, and what cannot be."""

from typing import Any

import pyarrow as pa
import pytest

from libs.tables.columns import Industry
from services.scoring.domain import Span, Spans
from services.scoring.features import Encoding, Feature
from services.scoring.model import Metadata, Model
from services.scoring.settable import NotRead, settables
from services.scoring.whatif import Changes, Contradiction, WhatIf, what_if
from tests import small_models

SAAS_SPANS: Spans = {
    "logins_per_month": Span(1, 14, 60),
    "days_since_last_login": Span(0, 3, 40),
    "mrr": Span(20, 100, 500),
}
TELECOM_SPANS: Spans = {"monthly_charges": Span(20, 70, 110)}

FIBER: dict[str, Any] = {
    "customer_id": "a",
    "tenure_months": 10.0,
    "monthly_charges": 100.0,
    "total_charges": 1000.0,
    "contract": "Month-to-month",
    "internet_service": "Fiber optic",
    "phone_service": True,
    "multiple_lines": "yes",
    "online_security": "no",
    "tech_support": "yes",
}
"""A telecom customer."""

BUSY: dict[str, Any] = {
    "customer_id": "a",
    "mrr": 100.0,
    "logins_per_month": 2.0,
    "days_since_last_login": 30.0,
    "seats_used": 4.0,
    "seats_purchased": 10.0,
}
"""A SaaS customer."""


@pytest.fixture(scope="module")
def telecom(telecom_model: Model) -> Metadata:
    """Of the telecom baseline."""
    return telecom_model.metadata


@pytest.fixture(scope="module")
def saas(saas_model: Model) -> Metadata:
    """Of the SaaS baseline."""
    return saas_model.metadata


def asked(metadata: Metadata, people: list[dict[str, Any]], *changes: Changes) -> WhatIf:
    """The people after their changes."""
    spans = SAAS_SPANS if metadata.industry is Industry.SAAS else TELECOM_SPANS
    return what_if(metadata, settables(metadata), pa.RecordBatch.from_pylist(people), changes, spans)


def moved(found: WhatIf, row: int = 0) -> dict[str, tuple[Any, Any, bool]]:
    """Before, after and whether it was asked for, by column."""
    return {each.column: (each.before, each.after, not each.because) for each in found.moved[row]}


def test_what_is_asked_for_is_other_and_all_else_is_not(telecom: Metadata) -> None:
    """The customer stands in the table twice: as it is, and as it would be."""
    found = asked(telecom, [FIBER], {"contract": "one year"})
    assert {"contract": ("Month-to-month", "one year", True)} == moved(found)
    before, after = found.table.to_pylist()
    assert FIBER == before
    assert {**FIBER, "contract": "one year"} == after


def test_what_is_as_it_was_is_no_change(telecom: Metadata) -> None:
    """Also in another spelling."""
    found = asked(telecom, [FIBER], {"contract": "monthly", "tenure_months": 10.0, "phone_service": "yes"})
    assert ([], [()], [FIBER]) == (found.rows, found.moved, found.table.to_pylist())


def test_each_customer_has_changes_of_its_own(telecom: Metadata) -> None:
    """Only those of whom something is other stand there again."""
    other = {**FIBER, "customer_id": "b", "tenure_months": None}
    found = asked(telecom, [FIBER, other, FIBER], {"monthly_charges": 90.0}, {}, {"contract": "two year"})
    assert [0, 2] == found.rows
    assert [{**FIBER, "monthly_charges": 90.0}, {**FIBER, "contract": "two year"}] == found.table.to_pylist()[3:]
    assert {} == moved(found, 1)


def test_a_column_that_the_table_has_not_can_be_set(saas: Metadata) -> None:
    """Nothing was known before; the others know as little as before."""
    found = asked(saas, [BUSY, BUSY], {"nps_score": 9.0}, {})
    assert {"nps_score": (None, 9.0, True)} == moved(found)
    assert [None, None, 9.0] == found.table.column("nps_score").to_pylist()


def test_what_goes_along_in_the_catalogue_moves_along(saas: Metadata, telecom: Metadata) -> None:
    """Who logs in as often as others has logged in as lately; DSL is cheaper than fiber."""
    found = asked(saas, [BUSY], {"logins_per_month": 14.0})
    assert {"logins_per_month": (2.0, 14.0, True), "days_since_last_login": (30.0, 3.0, False)} == moved(found)
    assert "Offer a training session" in found.moved[0][1].because
    found = asked(telecom, [FIBER], {"internet_service": "DSL"})
    assert {"internet_service": ("Fiber optic", "DSL", True), "monthly_charges": (100.0, 73.0, False)} == moved(found)


@pytest.mark.parametrize(
    "changes",
    [
        {"logins_per_month": 5.0},  # less than the action does
        {"logins_per_month": 1.0},  # the other way
        {"logins_per_month": 20.0, "days_since_last_login": 30.0},  # held by whoever asks
    ],
)
def test_what_does_not_go_along(saas: Metadata, changes: Changes) -> None:
    """Only who asks for at least what the action does, and for nothing else of what goes along."""
    assert "days_since_last_login" not in moved(asked(saas, [BUSY], changes))


def test_no_internet_leaves_none_of_what_needs_it(telecom: Metadata) -> None:
    """What is not known stays so; with internet again, what was tied is merely not there."""
    found = asked(telecom, [FIBER], {"internet_service": "no"})
    none = "no internet service"
    assert {"online_security": ("no", none, False), "tech_support": ("yes", none, False)} == {
        column: each for column, each in moved(found).items() if column != "internet_service"
    }
    bare = {**FIBER, "internet_service": "No", "online_security": none, "tech_support": None}
    found = asked(telecom, [bare], {"internet_service": "dsl"})
    assert {"internet_service": ("No", "dsl", True), "online_security": (none, "no", False)} == moved(found)


def test_no_telephone_leaves_no_lines(telecom: Metadata) -> None:
    """A flag ties as a category does."""
    assert ("yes", "no phone service", False) == moved(asked(telecom, [FIBER], {"phone_service": False}))[
        "multiple_lines"
    ]


def test_what_was_paid_so_far_grows_with_time(telecom: Metadata) -> None:
    """At the rate of the past, unless it is stated or not known; a new price changes nothing of it."""
    assert (1000.0, 2400.0, False) == moved(asked(telecom, [FIBER], {"tenure_months": 24.0}))["total_charges"]
    assert (1000.0, 5.0, True) == moved(asked(telecom, [FIBER], {"tenure_months": 24.0, "total_charges": 5.0}))[
        "total_charges"
    ]
    for blank in ({"total_charges": None}, {"tenure_months": None}, {"tenure_months": 0.0}):
        assert "total_charges" not in moved(asked(telecom, [{**FIBER, **blank}], {"tenure_months": 24.0}))
    assert "total_charges" not in moved(asked(telecom, [FIBER], {"monthly_charges": 50.0}))


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"online_security": "no internet service"}, "'online_security' cannot be 'no internet service' while"),
        ({"internet_service": "no", "tech_support": "yes"}, "'tech_support' can only be 'no internet service' while"),
        ({"phone_service": False, "multiple_lines": "no"}, "'multiple_lines' can only be 'no phone service' while"),
    ],
)
def test_what_contradicts_is_refused(telecom: Metadata, changes: Changes, says: str) -> None:
    """With both columns and what would do."""
    with pytest.raises(Contradiction, match=says):
        asked(telecom, [FIBER], changes)


def test_no_part_beyond_its_whole(saas: Metadata) -> None:
    """Neither by a larger part nor by a smaller whole; a file that has it so already is not blamed."""
    with pytest.raises(Contradiction, match="'seats_used' would be 11 and 'seats_purchased' 10; ask for at most 10"):
        asked(saas, [BUSY], {"seats_used": 11.0})
    with pytest.raises(Contradiction, match="'seats_used' would be 4 and 'seats_purchased' 3"):
        asked(saas, [BUSY], {"seats_purchased": 3.0})
    asked(saas, [BUSY], {"seats_used": 11.0, "seats_purchased": 20.0})
    asked(saas, [{**BUSY, "seats_used": 40.0}], {"mrr": 10.0})


def test_a_part_says_nothing_without_its_whole(saas: Metadata) -> None:
    """Where the whole is not known a change would change nothing: it is asked for."""
    with pytest.raises(Contradiction, match="'seats_used' counts only beside 'seats_purchased'"):
        asked(saas, [{**BUSY, "seats_purchased": None}], {"seats_used": 2.0})
    with pytest.raises(Contradiction, match="'seats_purchased' counts only beside 'seats_used'"):
        asked(saas, [{**BUSY, "seats_used": None}], {"seats_purchased": 2.0})


def test_an_error_names_the_customer_by_its_place(telecom: Metadata) -> None:
    """Where there are several; never by its id."""
    with pytest.raises(NotRead, match="customer 2 of 2: the model does not read 'nope'"):
        asked(telecom, [FIBER, FIBER], {}, {"nope": 1.0})
    with pytest.raises(Contradiction, match=r"^customer 2 of 2: "):
        asked(telecom, [FIBER, FIBER], {}, {"phone_service": False, "multiple_lines": "no"})


def test_the_tenants_own_columns_stay_text() -> None:
    """As the model reads them; other cells keep the file's own spelling."""
    features = (*small_models.FEATURES, Feature("Beds", ("extra.Beds",), Encoding.NUMBER, changeable=False))
    metadata = small_models.metadata("f", "v", features=features)
    people = [{"customer_id": "a", "extra.Beds": "3.50"}, {"customer_id": "b", "extra.Beds": " 4 "}]
    found = asked(metadata, people, {"extra.Beds": 3.5}, {"extra.Beds": 12.25})
    assert [1] == found.rows
    assert ["3.50", " 4 ", "12.25"] == found.table.column("extra.Beds").to_pylist()
