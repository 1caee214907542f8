"""Profiles: how customers are spread over a feature, and the interval around a probability."""

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.scoring.features import Encoding, Feature
from services.scoring.profile import FeatureProfile, Interval, bounds, level_of, profile, profiles

SEATS = Feature("seat_use", ("seats_used", "seats_purchased"), Encoding.RATIO)
PLAN = Feature(
    "plan", ("plan",), Encoding.ONE_HOT, levels=("basic", "pro"), silent=("none",), synonyms={"professional": "pro"}
)
PAPER = Feature("paper", ("paper",), Encoding.FLAG)


def of_numbers(numbers: list[float | None]) -> FeatureProfile:
    """The profile of a number's cells."""
    return profile(pa.table({"mrr": pa.array(numbers, pa.float64())}), Feature("mrr", ("mrr",), Encoding.NUMBER))


def test_a_number_has_percentiles_and_ten_bins_of_like_size() -> None:
    """Whatever its scale; a value on an edge belongs to the bin above it."""
    found = of_numbers([float(number) for number in range(1, 1001)])
    assert pytest.approx((50.95, 500.5, 950.05)) == (found.low, found.typical, found.high)
    assert 9 == len(found.edges)
    assert pytest.approx([0.1] * 10, abs=0.002) == list(found.shares)
    assert (1.0, "", {}) == (found.known_share, found.common, found.levels)


@given(st.lists(st.one_of(st.none(), st.floats(-1e6, 1e6), st.sampled_from([0.0, 1.0])), min_size=1, max_size=60))
def test_every_known_value_is_in_one_bin(numbers: list[float | None]) -> None:
    """Shares add up, edges rise, and no bin is empty: an empty one would make whoever comes there infinitely odd."""
    found = of_numbers(numbers)
    known = [number for number in numbers if number is not None]
    assert pytest.approx(len(known) / len(numbers), rel=1e-5) == found.known_share
    assert list(found.edges) == sorted(set(found.edges))
    if known:
        assert len(found.edges) + 1 == len(found.shares)
        assert pytest.approx(1, abs=1e-4) == sum(found.shares)


def test_a_column_of_one_value_is_one_bin() -> None:
    """There is nothing to divide."""
    found = of_numbers([0.0] * 50)
    assert ((), (1.0,), 0.0) == (found.edges, found.shares, found.typical)


def test_a_category_is_counted_by_level() -> None:
    """Synonyms count as what they stand for, silent values too; a word the model does not know counts as none."""
    found = profile(pa.table({"plan": ["Basic", "professional", "pro ", "none", "gold", None, "pro", "pro"]}), PLAN)
    assert {
        "basic": pytest.approx(1 / 6, abs=1e-4),
        "none": pytest.approx(1 / 6, abs=1e-4),
        "pro": pytest.approx(4 / 6, abs=1e-4),
    } == found.levels
    assert ("pro", 0.75, None, ()) == (found.common, found.known_share, found.typical, found.edges)


def test_a_flag_is_yes_or_no() -> None:
    """In words, as a person reads it."""
    found = profile(pa.table({"paper": [True, True, False, None]}), PAPER)
    assert ("yes", 0.75) == (found.common, found.known_share)
    assert pytest.approx({"no": 1 / 3, "yes": 2 / 3}, abs=1e-5) == found.levels


def test_a_ratio_is_profiled_as_a_person_knows_it() -> None:
    """Seats in use of seats bought; without one of the two columns nothing is known."""
    table = pa.table({"seats_used": [1.0, 4.0, 5.0], "seats_purchased": [2.0, 4.0, 0.0]})
    found = profiles(table, (SEATS, PLAN))
    assert (0.75, pytest.approx(2 / 3, rel=1e-5)) == (found["seat_use"].typical, found["seat_use"].known_share)
    assert FeatureProfile(0.0) == found["plan"]
    assert FeatureProfile(0.0) == profile(table.drop_columns(["seats_used"]), SEATS)


def test_the_level_of_a_word() -> None:
    """As the model reads it."""
    assert ["pro", "none", ""] == [level_of(PLAN, word) for word in (" Professional", "NONE", "gold")]


@given(st.floats(-30, 30), st.floats(-10, 3), st.floats(0.1, 10))
def test_an_interval_encloses_what_is_stated(log_odds: float, log_width: float, widening: float) -> None:
    """And never leaves 0 to 1; a wider one holds a narrower one."""
    narrow, wide = (Interval(widening * times, 0.9, 0.9, "") for times in (1, 2))
    low, high = bounds(np.array([log_odds]), np.array([log_width]), narrow)
    lower, higher = bounds(np.array([log_odds]), np.array([log_width]), wide)
    stated = 1 / (1 + np.exp(-log_odds))
    assert 0 <= lower <= low <= stated + 1e-12 and stated - 1e-12 <= high <= higher <= 1
