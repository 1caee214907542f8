"""What can be changed: each value is fitted to its column, or refused with what would work."""

import pytest

from libs.errors import InvalidInput
from libs.tables.columns import Kind
from services.scoring.features import Encoding, Feature
from services.scoring.model import Model
from services.scoring.settable import (
    Cell,
    NotRead,
    OutOfRange,
    Settable,
    UnfitValue,
    UnknownCategory,
    settable,
    settables,
)
from tests import small_models

EXTRAS = (
    Feature("Region", ("extra.Region",), Encoding.ONE_HOT, levels=("north", "south", "2"), changeable=False),
    Feature("Beds", ("extra.Beds",), Encoding.NUMBER, changeable=False),
)


@pytest.fixture(scope="module")
def saas(saas_model: Model) -> dict[str, Settable]:
    """What the SaaS baseline reads."""
    return settables(saas_model.metadata)


@pytest.fixture(scope="module")
def telecom(telecom_model: Model) -> dict[str, Settable]:
    """What the telecom baseline reads."""
    return settables(telecom_model.metadata)


@pytest.fixture(scope="module")
def extras() -> dict[str, Settable]:
    """What a tenant's own model reads of columns of the tenant's own."""
    return settables(small_models.metadata("f", "v", features=(*small_models.FEATURES, *EXTRAS)))


def test_columns_are_named_not_features(saas: dict[str, Settable]) -> None:
    """A ratio is changed through its two columns; what no feature reads cannot be changed."""
    assert {"seats_used", "seats_purchased", "mrr", "company_size"} <= saas.keys()
    assert {"seat_use", "customer_id", "customer_email", "country"}.isdisjoint(saas)


@pytest.mark.parametrize(
    ("column", "value", "fitted"),
    [
        ("monthly_charges", 49, 49.0),
        ("tenure_months", 0.0, 0.0),
        ("partner", True, True),
        ("partner", "Yes ", True),
        ("partner", "false", False),
        ("contract", " Two Year ", "Two Year"),
        ("contract", "2 year", "2 year"),
        ("online_security", "no internet service", "no internet service"),
    ],
)
def test_a_value_that_fits(telecom: dict[str, Settable], column: str, value: Cell, fitted: Cell) -> None:
    """Numbers as floats, yes and no in either spelling, and every word of a category that the model reads."""
    assert fitted == telecom[column].fitted(value)


@pytest.mark.parametrize(
    ("column", "value", "error", "says"),
    [
        ("tenure_months", -1.0, OutOfRange, "'tenure_months' cannot be -1 months; it lies between 0 and 600"),
        ("tenure_months", float("nan"), OutOfRange, "cannot be nan"),
        ("total_charges", float("inf"), OutOfRange, "from 0 upwards"),
        ("monthly_charges", 1e9, OutOfRange, "between 0 and 100,000"),
        ("tenure_months", "12", UnfitValue, "is a number; text of 2 characters was sent"),
        ("tenure_months", True, UnfitValue, "is a number; true was sent"),
        ("partner", "perhaps", UnfitValue, "is yes or no; text of 7 characters was sent"),
        ("partner", 2.0, UnfitValue, "is yes or no; 2 was sent"),
        ("contract", "two yeers", UnknownCategory, "the model knows two year, "),
        ("contract", "", UnknownCategory, "text of 0 characters"),
        ("contract", "x" * 500, UnknownCategory, "text of 500 characters"),
        ("internet_service", True, UnknownCategory, "'internet_service' cannot be that"),
    ],
)
def test_a_value_that_does_not_fit(
    telecom: dict[str, Settable], column: str, value: Cell, error: type[InvalidInput], says: str
) -> None:
    """The column, what was seen and what would work; text is not repeated."""
    with pytest.raises(error, match=column) as caught:
        telecom[column].fitted(value)
    assert says in caught.value.message
    assert not isinstance(value, str) or value == "" or value not in caught.value.message


@pytest.mark.parametrize("column", ["seat_use", "x" * 90, "customer_email", ""])
def test_a_column_that_is_not_read(saas: dict[str, Settable], column: str) -> None:
    """It is named, shortened, and so is all that could be changed instead."""
    with pytest.raises(NotRead) as caught:
        settable(saas, column)
    assert f"'{column[:40]}" in caught.value.message
    assert "x" * 41 not in caught.value.message
    assert all(name in caught.value.message for name in saas)


def test_the_likeliest_name_comes_first(saas: dict[str, Settable]) -> None:
    """Who mistyped finds what was meant."""
    with pytest.raises(NotRead, match="it reads support_tickets, "):
        settable(saas, "suport_ticket")


def test_extra_columns(extras: dict[str, Settable]) -> None:
    """They are numbers or categories as the model reads them, without a plausible range; digits may be a word."""
    region, beds = extras["extra.Region"], extras["extra.Beds"]
    assert (Kind.CATEGORY, Kind.NUMBER) == (region.kind, beds.kind)
    assert ("South", "2", -1e6) == (region.fitted("South"), region.fitted(2.0), beds.fitted(-1e6))
    assert (None, None, None) == (beds.minimum, beds.maximum, beds.step)
    with pytest.raises(OutOfRange, match="among finite numbers"):
        beds.fitted(float("inf"))


def test_spellings_of_one_category_are_the_same(telecom: dict[str, Settable]) -> None:
    """So a change to what the customer has already changes nothing."""
    contract = telecom["contract"]
    assert contract.same("Monthly", "month-to-month")
    assert not contract.same("month-to-month", "one year")
    assert not contract.same("odd", "strange")
    assert not contract.same(None, "one year")
    assert "two year" == contract.word("2 Year")
    assert ("yes", "no", "") == tuple(telecom["partner"].word(cell) for cell in (True, False, None))


def test_steps(saas: dict[str, Settable]) -> None:
    """Money moves by its hundredth, all other numbers by one."""
    assert (0.01, 1.0, None) == tuple(saas[name].step for name in ("mrr", "logins_per_month", "billing_interval"))


def test_every_column_of_both_baselines_can_be_changed(saas: dict[str, Settable], telecom: dict[str, Settable]) -> None:
    """Each takes its lowest number, and all its words."""
    for each in (*saas.values(), *telecom.values()):
        if each.kind is Kind.NUMBER:
            assert each.minimum is not None
            assert each.minimum == each.fitted(each.minimum)
        assert list(each.levels) == [each.word(each.fitted(level)) for level in each.levels]
