"""Echoes of a leak: honest-looking columns from which what was left out can be worked out again.

A total divided by the monthly price is the tenure: leave out a tenure that ends with the label, and the two columns
tell it still.
"""

from collections.abc import Callable, Mapping, Sequence
from itertools import combinations

import numpy as np

from services.scoring.features import Encoding, Feature, Floats, Matrix
from services.scoring.training.leaks import AUC_IMPLAUSIBLE, Leak, alone

SAME_ORDER = 0.95
"""Rank correlation with a leak, among customers of one side of the label, from which a number says the same as it."""

ROWS = 2_000
"""Customers whose order is compared: more would only cost time."""

NUMBERS_MAX = 40
"""Numbers that are looked at in pairs, the first ones."""

FALL_MIN = 0.05
"""An implausible AUC that falls by this much without one feature came through that feature."""

Auc = Callable[[tuple[Feature, ...]], float]
"""Held-out AUC of a model that reads these features alone."""

Columns = Callable[[Feature], Matrix]
"""(n, width) the encoded customers, of one feature; NaN where not known."""


def echoes(
    features: Sequence[Feature], leaks: Sequence[Leak], columns: Columns, labels: Floats, auc: Auc
) -> list[Leak]:
    """The features that must go with the leaks; none where there are no leaks.

    features: the honest-looking ones. labels: (n,).
    """
    if not leaks:
        return []
    # Who left and who stayed differ in the leak anyhow, and so in all that tells them apart: one side alone shows
    # whether it is the leak that a number follows.
    side = np.flatnonzero(labels == (labels.mean() > 0.5))[:ROWS]
    numbers = {each.name: columns(each)[side, 0].astype(np.float64) for each in features if len(each.encoded) == 1}
    pairable = [each.name for each in features if each.encoding is Encoding.NUMBER][:NUMBERS_MAX]
    found: dict[str, tuple[str, str]] = {}
    for leak in leaks:
        if len(leak.feature.encoded) == 1:
            wanted = columns(leak.feature)[side, 0].astype(np.float64)
            told = f"what '{leak.feature.name}' says, which was left out"
            for name, partner in _followers(wanted, numbers, pairable).items():
                found.setdefault(name, (leak.feature.name, f"tells{partner} {told}"))
    found |= {
        name: ("", reason) for name, reason in _through([f for f in features if f.name not in found], auc).items()
    }
    return [
        Leak(each, alone(columns(each), labels), found[each.name][1], echo_of=found[each.name][0])
        for each in features
        if each.name in found
    ]


def _followers(wanted: Floats, numbers: Mapping[str, Floats], pairable: Sequence[str]) -> dict[str, str]:
    """Numbers that follow the leak, with how: of a pair, the one that follows it more by itself."""
    alike = {name: _alike(own, wanted) for name, own in numbers.items()}
    found = {name: "" for name in numbers if alike[name] >= SAME_ORDER}
    for one, other in combinations(pairable, 2):
        if not {one, other} & found.keys() and _together(numbers[one], numbers[other], wanted):
            nearer, partner = (one, other) if alike[one] >= alike[other] else (other, one)
            found[nearer] = f" with '{partner}'"
    return found


def _together(first: Floats, second: Floats, wanted: Floats) -> bool:
    """Whether the product or a quotient of two numbers follows the leak."""
    with np.errstate(all="ignore"):
        return any(_alike(made, wanted) >= SAME_ORDER for made in (first / second, second / first, first * second))


def _alike(values: Floats, wanted: Floats) -> float:
    """Size of the rank correlation over the customers of whom both are known; 0 for fewer than twenty."""
    known = np.isfinite(values) & np.isfinite(wanted)
    if known.sum() < 20:
        return 0.0
    ranks = np.array([_ranks(values[known]), _ranks(wanted[known])])
    spread = ranks.std(axis=1)
    return float(abs(np.corrcoef(ranks)[0, 1])) if spread.all() else 0.0


def _ranks(values: Floats) -> Floats:
    """(n,) places in rising order; equals share the middle of theirs."""
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    ends = np.cumsum(counts)
    middle: Floats = ends - (counts - 1) / 2
    return middle[inverse]


def _through(features: Sequence[Feature], auc: Auc) -> dict[str, str]:
    """Features through which the AUC stays implausible, one after the other, with the reason."""
    left, found = tuple(features), dict[str, str]()
    reached = auc(left)
    while reached >= AUC_IMPLAUSIBLE and len(left) > 1:
        rests = [(*left[:place], *left[place + 1 :]) for place in range(len(left))]
        aucs = [auc(rest) for rest in rests]
        least = int(np.argmin(aucs))
        if reached - aucs[least] < FALL_MIN:
            break
        seen = f"an AUC of {reached:.2f}, and without it {aucs[least]:.2f}"
        found[left[least].name] = f"beside what was left out, with it a model tells who left with {seen}"
        left, reached = rests[least], aucs[least]
    return found
