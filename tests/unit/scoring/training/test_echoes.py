"""Columns that tell what a leak says, alone or with another."""

import numpy as np

from services.scoring.features import Encoding, Feature, Floats, Matrix
from services.scoring.training.echoes import echoes
from services.scoring.training.leaks import Leak

N = 600
RANDOM = np.random.default_rng(8)
LABELS: Floats = (RANDOM.random(N) < 0.3).astype(float)
TENURE = np.where(LABELS > 0, RANDOM.uniform(1, 8, N), RANDOM.uniform(7, 40, N))
PRICE = RANDOM.gamma(2, 60, N)
COLUMNS = {
    "tenure": TENURE,
    "price": PRICE,
    "total": TENURE * PRICE,
    "days": TENURE * 30.4 + RANDOM.normal(0, 10, N),
    "logins": RANDOM.poisson(20, N) + 3 * (1 - LABELS),
}


def feature(name: str) -> Feature:
    """A plain number."""
    return Feature(name, (name,), Encoding.NUMBER)


def columns(of: Feature) -> Matrix:
    """The customers' numbers."""
    return COLUMNS[of.name].astype(np.float32)[:, None]


LEAK = Leak(feature("tenure"), 0.99, "alone tells who left")


def plausible(features: tuple[Feature, ...]) -> float:
    """No AUC that would raise an eyebrow."""
    return 0.7


def test_a_number_that_follows_a_leak_goes_with_it() -> None:
    """The same in days, alone; and a total, which with the price is the tenure: the price itself may stay."""
    given = [feature(name) for name in ("price", "total", "days", "logins")]
    found = echoes(given, [LEAK], columns, LABELS, plausible)
    assert ["total", "days"] == [each.feature.name for each in found]
    assert {"tenure"} == {each.echo_of for each in found}
    assert "with 'price'" in found[0].reason
    assert found[1].auc > 0.95


def test_without_a_leak_nothing_echoes() -> None:
    """Totals are honest columns where tenure is."""
    assert [] == echoes([feature("price"), feature("total")], [], columns, LABELS, plausible)


def test_what_tells_who_left_is_no_echo_for_that() -> None:
    """Leak and honest columns both follow the label; among those who stayed the honest one does not follow the leak."""
    assert [] == echoes([feature("logins"), feature("price")], [LEAK], columns, LABELS, plausible)


def test_an_auc_that_stays_implausible_names_the_way_it_came() -> None:
    """A column that no formula names, and without which the AUC is a plain one again."""

    def auc(features: tuple[Feature, ...]) -> float:
        return 0.96 if feature("logins") in features else 0.66

    (found,) = echoes([feature("price"), feature("logins")], [LEAK], columns, LABELS, auc)
    assert ("logins", "") == (found.feature.name, found.echo_of)
    assert "AUC of 0.96, and without it 0.66" in found.reason
