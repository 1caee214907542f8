"""Periods as people write them."""

import pytest

from services.mapping.periods import months


@pytest.mark.parametrize(
    ("cell", "wanted"),
    [
        ("12 meses", 12),
        ("1 jaar", 12),
        ("24 Mon.", 24),
        ("2-year contract", 24),
        ("zwei Jahre", 24),
        ("0 mån", 1),
        ("sin permanencia", 1),
        ("maandelijks opzegbaar", 1),
        ("3 Quartale", 9),
        ("Gold", None),
        ("12", None),
    ],
)
def test_they_are_read_in_months(cell, wanted):
    """A count and a unit in several languages; bound for none is from one month to the next."""
    assert wanted == months(cell)


def test_terms_become_contracts(suggested):
    """Dutch terms are the telecom column's values."""
    cells = {
        "Customer ID": [f"c{place:03}" for place in range(30)],
        "Contractduur": ["1 jaar", "maandelijks opzegbaar", "2 jaar"] * 10,
    }
    assert "Contractduur" == suggested(cells, industry="telecom").plan.sources["contract"]
