"""Reasons in plain words: each kind of value, singular and plural, known and not."""

from typing import Any

import pyarrow as pa
import pytest

from services.scoring import wording
from services.scoring.features import Encoding, Feature
from services.scoring.profile import FeatureProfile
from services.scoring.specifications import SAAS, TELECOM
from services.scoring.wording import Words, told

FEATURES = {feature.name: feature for feature in (*TELECOM, *SAAS)}


def said(
    feature: Feature, values: "pa.Array[Any]", profile: FeatureProfile | None = None
) -> tuple[list[str], list[str]]:
    """Labels and values, row by row."""
    words = Words({feature.name: profile} if profile else {}).said(feature, values)
    return [words.labels[place] for place in words.places], [words.values[place] for place in words.places]


@pytest.mark.parametrize(
    ("name", "value", "label", "text"),
    [
        ("tenure_months", 2.0, "has been a customer for 2 months", "2"),
        ("tenure_months", 1.0, "has been a customer for 1 month", "1"),
        ("tenure_months", 1.5, "has been a customer for 1.5 months", "1.5"),
        ("monthly_charges", 89.1, "pays 89.10 a month", "89.10"),
        ("mrr", 12500.0, "pays 12,500.00 a month", "12,500.00"),
        ("contract", "month-to-month", "contract is month-to-month", "month-to-month"),
        ("tech_support", "no", "tech support: no", "no"),
        ("payment_method", "electronic check", "pays by electronic check", "electronic check"),
        ("payment_method", " Crypto ", "pays by Crypto", "Crypto"),
        ("partner", True, "lives with a partner", "yes"),
        ("partner", False, "lives without a partner", "no"),
        ("seat_use", 0.45, "uses 45 % of the seats paid for", "45 %"),
        ("discount_percent", 20.0, "has a discount of 20 %", "20 %"),
        ("nps_score", -20.0, "NPS score is -20", "-20"),
        ("nps_score", -0.0, "NPS score is 0", "0"),
        ("failed_payments", 1.0, "had 1 failed payment", "1"),
        ("logins_per_month", 0.0, "logs in 0 times a month", "0"),
    ],
)
def test_a_value_is_said(name: str, value: object, label: str, text: str) -> None:
    """The label reads as a person would say it; the value stands alone beside it."""
    labels, texts = said(FEATURES[name], pa.array([value]))
    assert [label] == labels
    assert [text] == texts
    assert (label, text) == told(FEATURES[name], value)  # type: ignore[arg-type]


def test_what_is_not_known_is_said_so() -> None:
    """A blank has a label too, and never a null."""
    labels, texts = said(FEATURES["nps_score"], pa.array([None, 3.0], pa.float64()))
    assert ["NPS score is not known", "NPS score is 3"] == labels
    assert ["not known", "3"] == texts


def test_the_typical_value_is_said_where_it_differs() -> None:
    """In the words of the value; a flag's label says all, and what is typical is not told twice."""
    number, category = FeatureProfile(1.0, low=1, typical=14.0, high=40), FeatureProfile(1.0, common="month-to-month")
    labels, texts = said(FEATURES["logins_per_month"], pa.array([2.0, 14.0, None]), number)
    assert ["logs in 2 times a month; typical is 14", "logs in 14 times a month"] == labels[:2]
    assert ["2", "14", "not known"] == texts
    labels, _ = said(FEATURES["contract"], pa.array(["two year", "Month-to-month", "monthly"]), category)
    told = [
        "contract is two year; most often it is month-to-month",
        "contract is Month-to-month",
        "contract is monthly",
    ]
    assert told == labels
    labels, _ = said(FEATURES["partner"], pa.array([False]), FeatureProfile(1.0, common="yes"))
    assert ["lives without a partner"] == labels


def test_a_feature_without_wording_is_named() -> None:
    """A tenant's own feature needs no entry here."""
    labels, _ = said(Feature("cats_owned", ("cats_owned",), Encoding.NUMBER), pa.array([2.0]))
    assert ["cats owned: 2"] == labels


def test_braces_in_a_value_are_only_text() -> None:
    """A customer's own value is never a format."""
    labels, _ = said(FEATURES["contract"], pa.array(["{value.__class__}"]))
    assert ["contract is {value.__class__}"] == labels


def test_no_rows_no_words() -> None:
    """A feature that nobody's reasons name costs nothing."""
    labels, texts = said(FEATURES["mrr"], pa.array([], pa.float64()))
    assert ([], []) == (labels, texts)


@pytest.mark.parametrize("kept", [2, 100])
def test_batches_of_a_table_say_the_same(kept: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether a value was worded before or not, and however few are kept."""
    monkeypatch.setattr(wording, "VALUES_MAX", kept)
    words, feature = Words({}), FEATURES["mrr"]
    for first in (0, 5, 0):
        values = [float(value) for value in range(first, first + 10)]
        found = words.said(feature, pa.array(values))
        assert [told(feature, value) for value in values] == [
            (found.labels[place], found.values[place]) for place in found.places
        ]
