"""The feature specification: what the matrix holds for known, blank, absent and unseen values."""

import numpy as np
import pyarrow as pa
import pytest

from services.scoring.domain import UnreadableColumn
from services.scoring.features import (
    Encoding,
    Feature,
    encoded_names,
    group_names,
    groups_of_columns,
    matrix,
    missing_features,
    monotone_constraints,
    values,
)
from services.scoring.specifications import SAAS, TELECOM

NAN = float("nan")
TENURE = Feature("tenure_months", ("tenure_months",), Encoding.NUMBER, monotone=-1)
CONTRACT = Feature("contract", ("contract",), Encoding.ORDINAL, levels=("month-to-month", "one year", "two year"))
SUPPORT = Feature(
    "tech_support",
    ("tech_support",),
    Encoding.ONE_HOT,
    levels=("no", "yes"),
    silent=("no internet service",),
    synonyms={"none": "no"},
)
SEATS = Feature("seat_use", ("seats_used", "seats_purchased"), Encoding.RATIO)
TOTAL = Feature("total_charges", ("total_charges",), Encoding.NUMBER, group="tenure_months")


def encoded(table: dict[str, list[object]], *features: Feature) -> list[list[float]]:
    """The matrix as lists."""
    rows: list[list[float]] = matrix(pa.table(table), features).tolist()
    return rows


def test_a_number_is_itself_and_a_blank_is_nan() -> None:
    """Numbers pass; null and what is not finite is missing."""
    np.testing.assert_array_equal([[3.0], [NAN], [NAN]], encoded({"tenure_months": [3.0, None, float("inf")]}, TENURE))


def test_an_ordinal_is_its_place() -> None:
    """Levels count from 0 whatever their case; a value never seen is missing."""
    table: dict[str, list[object]] = {"contract": ["Two Year", "month-to-month", "lifetime", None]}
    np.testing.assert_array_equal([[2.0], [0.0], [NAN], [NAN]], encoded(table, CONTRACT))


def test_one_hot_columns() -> None:
    """A level is 1 in its column, a silent value 0 in all, a synonym its level, anything else missing in all."""
    table: dict[str, list[object]] = {"tech_support": ["no", "yes", "no internet service", "none", "later", None]}
    expected = [[1, 0], [0, 1], [0, 0], [1, 0], [NAN, NAN], [NAN, NAN]]
    np.testing.assert_array_equal(expected, encoded(table, SUPPORT))


def test_a_ratio_needs_both_and_a_divisor() -> None:
    """Used by purchased seats; nothing purchased is not known."""
    table: dict[str, list[object]] = {"seats_used": [5.0, 5.0, None], "seats_purchased": [10.0, 0.0, 10.0]}
    np.testing.assert_array_equal([[0.5], [NAN], [NAN]], encoded(table, SEATS))


def test_flags_are_one_and_zero() -> None:
    """True is 1, false 0."""
    flag = Feature("partner", ("partner",), Encoding.FLAG)
    np.testing.assert_array_equal([[1.0], [0.0], [NAN]], encoded({"partner": [True, False, None]}, flag))


def test_an_absent_column_is_missing_and_named() -> None:
    """The other columns keep their places."""
    np.testing.assert_array_equal([[NAN, NAN, NAN, 4.0]], encoded({"tenure_months": [4.0]}, SEATS, SUPPORT, TENURE))
    assert ("seat_use",) == missing_features([TENURE, SEATS], ["tenure_months", "seats_used"])


def test_a_table_without_rows_has_an_empty_matrix() -> None:
    """Shapes hold for none."""
    empty = pa.table({"contract": pa.array([], pa.string())})
    assert (0, 1) == matrix(empty, [CONTRACT]).shape


def test_text_is_not_read_as_a_number() -> None:
    """Converting is mapping's work; the message names the column and no cell."""
    with pytest.raises(UnreadableColumn, match="'tenure_months' is text"):
        matrix(pa.table({"tenure_months": ["12"]}), [TENURE])


def test_a_type_that_cannot_be_read_is_refused() -> None:
    """A list is no number."""
    with pytest.raises(UnreadableColumn, match="scoring needs a number"):
        matrix(pa.table({"tenure_months": [[1, 2]]}), [TENURE])


def test_integers_and_dictionaries_are_read() -> None:
    """An internal team's table may hold other types that mean the same."""
    table = pa.table(
        {"tenure_months": pa.array([2], pa.int32()), "contract": pa.array(["one year"]).dictionary_encode()}
    )
    assert [[2.0, 1.0]] == matrix(table, [TENURE, CONTRACT]).tolist()


def test_columns_and_groups_line_up() -> None:
    """One-hot and dependent columns point to the group a person knows."""
    features = (TENURE, SUPPORT, TOTAL)
    assert ("tenure_months", "tech_support=no", "tech_support=yes", "total_charges") == encoded_names(features)
    assert ("tenure_months", "tech_support") == group_names(features)
    assert [0, 1, 1, 0] == groups_of_columns(features).tolist()
    assert (-1, 0, 0, 0) == monotone_constraints(features)


@pytest.mark.parametrize("feature", [*TELECOM, *SAAS], ids=lambda feature: feature.name)
def test_a_feature_survives_json(feature: Feature) -> None:
    """What metadata hold is the whole feature."""
    assert feature == Feature.from_json(feature.to_json())


def test_values_are_the_customers_own() -> None:
    """Text stays as it was written; what is absent is null."""
    table = pa.table({"contract": ["One Year"], "seats_used": [1.0], "seats_purchased": [4.0]})
    assert ["One Year"] == values(table, CONTRACT).to_pylist()
    assert [0.25] == values(table, SEATS).to_pylist()
    assert [None] == values(table, TENURE).to_pylist()
