"""The points of the curve of contacts."""

from itertools import pairwise

import pytest

from services.gateway.contacts import STEPS_MAX, steps


@pytest.mark.parametrize(("contacts", "wanted"), [(0, []), (1, [1]), (2, [1, 2]), (3, [1, 2, 3])])
def test_few_contacts_are_all_points(contacts: int, wanted: list[int]) -> None:
    """Each of them, once."""
    assert wanted == steps(contacts)


def test_many_contacts_are_drawn_through_a_few(contacts: int = 1_000_000) -> None:
    """From the first to the last, evenly."""
    found = steps(contacts)
    assert (1, contacts, STEPS_MAX) == (found[0], found[-1], len(found))
    gaps = [after - before for before, after in pairwise(found)]
    assert max(gaps) - min(gaps) <= 1
