"""What can be changed about a customer, and how far."""

from typing import Any

import pyarrow as pa
import pytest

from services.scoring.choices import Lever, levers_of
from services.scoring.domain import Span, Spans
from services.scoring.model import Model
from services.scoring.recommend import known_spans
from services.scoring.settable import settables
from services.scoring.whatif import what_if


def levers(model: Model, person: dict[str, Any], spans: Spans | None = None) -> dict[str, Lever]:
    """The person's levers, by column."""
    known, table = settables(model.metadata), pa.RecordBatch.from_pylist([person])
    (found,) = levers_of(model.metadata, known, table, known_spans(model.metadata, spans or {}))
    return {lever.settable.column: lever for lever in found}


def test_every_column_of_the_model_has_one(saas_model: Model) -> None:
    """In the order of its features, whether or not the table has the column."""
    found = levers(saas_model, {"customer_id": "a", "mrr": 49.0})
    assert list(settables(saas_model.metadata)) == list(found)
    assert (49.0, None) == (found["mrr"].current, found["nps_score"].current)


def test_a_number_has_a_range_and_the_tenants_span(saas_model: Model) -> None:
    """The plausible range is allowed; the tenant's own span says where its customers lie, else the model's."""
    found = levers(saas_model, {"customer_id": "a"}, {"mrr": Span(20, 100, 500)})
    assert (0, 10_000_000, Span(20, 100, 500), ()) == (
        found["mrr"].minimum,
        found["mrr"].maximum,
        found["mrr"].span,
        found["mrr"].choices,
    )
    learnt = saas_model.metadata.profile["logins_per_month"]
    assert learnt.typical == found["logins_per_month"].span.typical is not None


def test_words_for_a_person(saas_model: Model) -> None:
    """Titles as reasons have them; the parts of a ratio by their own names."""
    found = levers(saas_model, {"customer_id": "a"})
    said = [found[name].label for name in ("days_since_last_login", "seats_used")]
    assert ["last login", "seats used"] == said


def test_what_a_customer_is_cannot_be_acted_on(saas_model: Model) -> None:
    """It is context: one may ask what if, and no more."""
    found = levers(saas_model, {"customer_id": "a"})
    context = {name for name, lever in found.items() if not lever.actionable}
    assert {"tenure_months", "company_size"} == context


@pytest.mark.parametrize(
    ("person", "least", "most"),
    [
        ({"seats_used": 4.0, "seats_purchased": 10.0}, 4.0, 10.0),
        ({"seats_used": None, "seats_purchased": 10.0}, 0, 10.0),
        ({"seats_used": 4.0}, 4.0, 1_000_000),
    ],
)
def test_no_part_beyond_its_whole(saas_model: Model, person: dict[str, Any], least: float, most: float) -> None:
    """Seats in use go up to those paid for, and those paid for down to those in use."""
    found = levers(saas_model, {"customer_id": "a", **person})
    assert (0, most) == (found["seats_used"].minimum, found["seats_used"].maximum)
    assert (least, 1_000_000) == (found["seats_purchased"].minimum, found["seats_purchased"].maximum)


@pytest.mark.parametrize(
    ("internet", "choices"),
    [
        ("No", ("no internet service",)),
        ("dsl", ("no", "yes")),
        (None, ("no", "yes", "no internet service")),
    ],
)
def test_only_words_that_can_be(telecom_model: Model, internet: str | None, choices: tuple[str, ...]) -> None:
    """Without internet there is no choice; where that is not known, all of them."""
    found = levers(telecom_model, {"customer_id": "a", "internet_service": internet, "tech_support": "yes"})
    assert choices == found["tech_support"].choices
    assert ("no", "yes") == found["partner"].choices


@pytest.mark.parametrize("internet", ["No", "dsl", None])
def test_every_choice_and_bound_is_taken(telecom_model: Model, internet: str | None) -> None:
    """What a page offers is never refused, and no number just beyond a bound is taken."""
    person = {"customer_id": "a", "internet_service": internet, "phone_service": True, "multiple_lines": "no"}
    table, known = pa.RecordBatch.from_pylist([person]), settables(telecom_model.metadata)
    for name, lever in levers(telecom_model, person).items():
        for value in (*lever.choices, *(end for end in (lever.minimum, lever.maximum) if end is not None)):
            found = what_if(telecom_model.metadata, known, table, [{name: value}], {})
            after = found.table.to_pylist()[-1]
            assert lever.settable.same(after.get(name), lever.settable.fitted(value))
