"""Counts of who left, and the AUC they give."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import roc_auc_score

from services.validation.checks.evidence import (
    VALUES_MAX,
    Ranks,
    Sides,
    Tally,
    auc_error,
    chance_error,
    halves,
    watched,
)


def test_ranks_of_whole_numbers_give_the_exact_auc():
    """Whole numbers below 2,048, negative ones too, have a bin each: the AUC is scikit-learn's."""
    rng = np.random.default_rng(3)
    left = rng.random(4000) < 0.2
    numbers = rng.integers(-2000, 2000, 4000) + 300.0 * left
    ranks = Ranks()
    ranks.add(numbers, left)
    assert roc_auc_score(left, numbers) == pytest.approx(ranks.auc(), abs=1e-12)


@pytest.mark.parametrize("scale", [1e-2, 1.0, 1e6])
def test_ranks_of_any_numbers_give_nearly_the_auc(scale):
    """A thousandth of precision costs the AUC next to nothing."""
    rng = np.random.default_rng(4)
    left = rng.random(5000) < 0.3
    numbers = rng.lognormal(size=5000) * scale * np.where(left, 1.3, 1.0)
    ranks = Ranks()
    ranks.add(numbers, left)
    assert roc_auc_score(left, numbers) == pytest.approx(ranks.auc(), abs=1e-3)


def test_ranks_of_absurd_numbers_fall_into_the_ends():
    """Infinite, huge and tiny numbers are ranked, not refused."""
    ranks = Ranks()
    ranks.add(np.array([-np.inf, -1e300, -0.0, 0.0, 1e-300, 1e300, np.inf]), np.array([0, 0, 0, 0, 0, 1, 1], bool))
    assert 1.0 == ranks.auc()


def test_one_side_alone_has_no_auc():
    """Where all stayed, or no row came, there is nothing to compare."""
    ranks = Ranks()
    assert math.isnan(ranks.auc()) and math.isnan(Tally().auc())
    ranks.add(np.array([1.0, 2.0]), np.array([False, False]))
    assert math.isnan(ranks.auc())


CUTS = st.lists(st.tuples(st.floats(allow_nan=False), st.booleans(), st.integers(0, 2)), max_size=60)


@given(CUTS)
def test_ranks_merge_in_any_grouping(rows):
    """However rows are spread over three passes, merged they count the same."""
    whole, parts = Ranks(), [Ranks(), Ranks(), Ranks()]
    whole.add(np.array([row[0] for row in rows]), np.array([row[1] for row in rows], bool))
    for k, part in enumerate(parts):
        mine = [row for row in rows if row[2] == k]
        part.add(np.array([row[0] for row in mine]), np.array([row[1] for row in mine], bool))
    parts[2].merge(parts[0])
    parts[2].merge(parts[1])
    assert whole.auc() == pytest.approx(parts[2].auc(), nan_ok=True, abs=0)


def tallied(words: list[str], left: np.ndarray, start: int = 0) -> Tally:
    """A tally of the words of rows numbered from `start`."""
    values = sorted(set(words))
    tally = Tally()
    tally.add(values, np.array([values.index(w) for w in words]), halves(np.arange(start, start + len(words))), left)
    return tally


def test_categories_tell_what_their_rates_tell():
    """A category whose rates are 10 % and 60 % tells as much in the other half as in its own."""
    rng = np.random.default_rng(5)
    gold = rng.random(8000) < 0.5
    left = rng.random(8000) < np.where(gold, 0.1, 0.6)
    assert roc_auc_score(left, ~gold) == pytest.approx(
        tallied(["gold" if g else "base" for g in gold], left).auc(), abs=0.01
    )


def test_values_of_one_customer_each_tell_nothing():
    """Names know by heart who left, and that is worth nothing on the other half."""
    left = np.random.default_rng(6).random(200) < 0.5
    assert 0.5 == tallied([f"n{k}" for k in range(200)], left).auc()


def test_tally_gives_up_on_names():
    """Beyond 256 values nothing is counted or kept, in one pass and in merged ones alike."""
    left = np.zeros(VALUES_MAX, bool)
    few = tallied([f"a{k}" for k in range(VALUES_MAX)], left)
    assert not few.overflowed
    few.merge(tallied(["b"], left[:1]))
    assert few.overflowed and math.isnan(few.auc())


def test_tallies_merge_to_one_pass():
    """Two halves of a table, merged in either order, tell what one pass tells."""
    rng = np.random.default_rng(7)
    words, left = [f"w{k}" for k in rng.integers(0, 20, 600)], rng.random(600) < 0.4
    whole = tallied(words, left)
    for first, second in ((slice(0, 250), slice(250, 600)), (slice(250, 600), slice(0, 250))):
        merged = tallied(words[first], left[first], first.start)
        merged.merge(tallied(words[second], left[second], second.start))
        assert whole.auc() == merged.auc()


def test_halves_do_not_line_up_with_the_order_of_a_file():
    """Every other row, or every tenth, falls into both halves alike."""
    for step in (1, 2, 3, 10, 16):
        assert 0.45 < halves(np.arange(1, 20_000 * step, step)).mean() < 0.55


def test_large_files_are_watched_in_part():
    """All of the first 100,000 rows, and about an eighth of the rest, however they are asked for, in both halves."""
    rows = np.arange(1, 500_001)
    seen = watched(rows)
    assert seen[:100_000].all()
    assert 0.12 < seen[100_000:].mean() < 0.13
    assert 0.45 < halves(rows[100_000:][seen[100_000:]]).mean() < 0.55
    assert seen[1::2].tolist() == watched(rows[1::2]).tolist()


def test_errors_are_those_of_the_textbook():
    """The standard error under chance, and Hanley and McNeil's, agree at 0.5 and shrink with the AUC."""
    sides = Sides(100, 300)
    assert 0.0334 == pytest.approx(chance_error(sides), abs=1e-4)
    assert chance_error(sides) == pytest.approx(auc_error(0.5, sides), abs=2e-3)
    assert auc_error(0.95, sides) < auc_error(0.9, sides) < auc_error(0.6, sides)
