"""Names are taken apart into known words, however they are written."""

import pytest

from services.mapping.segments import mended, splits


def test_a_name_is_its_words():
    """Fewest words first, and other ways of nearly as few words beside them."""
    assert ("customer", "id") == splits("customerid")[0]
    assert ("signup", "date") in splits("signupdate")


def test_an_unknown_part_makes_the_whole_unknown():
    """Half a name says nothing."""
    assert () == splits("customerzq")
    assert () == splits("")


@pytest.mark.parametrize("typo", ["custmerid", "custommerid", "cutsomerid", "cuztomerid"])
def test_one_letter_is_put_right(typo):
    """Missing, too many, swapped or wrong."""
    assert "customerid" in mended(typo)


def test_short_words_are_not_mended():
    """Too many short words are one letter apart."""
    assert () == mended("xd")


@pytest.mark.parametrize("name", ["nodeid", "complains", "codeid"])
def test_particles_stand_between_words(name):
    """A "de" or "la" between two short words is a part of one: a node's id is no "no de id"."""
    assert not any({"de", "la"} & set(way) for way in splits(name))
    assert ("numero", "de", "cliente") in splits("numerodecliente")
