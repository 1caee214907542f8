"""A person's word overrides every proposal, if it can be followed."""

from datetime import date

import pytest

from libs.errors import InvalidInput
from libs.tables.columns import Industry
from services.mapping.asking import Decision, SuggestOptions
from services.mapping.decisions import checked, possible_industries
from services.mapping.domain import BadDecision


def options(*decisions, industry=None):
    """Options with (canonical, column) pairs as decisions."""
    return SuggestOptions(date(2026, 5, 31), industry, tuple(Decision(*each) for each in decisions))


def test_the_last_word_counts():
    """An answer may be changed by a later one."""
    words = [Decision("mrr", "a"), Decision("mrr", None)]
    assert {"mrr": None} == checked(words, Industry.SAAS, ["a"])


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ([Decision("mrr", "Price")], "'Price' was named as mrr, but the file has no column of that name"),
        ([Decision("contract", "a")], "there is no canonical column of saas named 'contract'"),
        ([Decision("customer_id", None)], "'customer_id' cannot be left out"),
        ([Decision("mrr", "a"), Decision("country", "a")], "'a' was named as both mrr and country"),
    ],
)
def test_words_that_cannot_be_followed_are_refused(words, message):
    """Each refusal names the thing."""
    with pytest.raises(BadDecision, match=message):
        checked(words, Industry.SAAS, ["a", "b"])
    assert issubclass(BadDecision, InvalidInput)


def test_decisions_narrow_the_industry():
    """A decided telecom column makes the file telecom; a shared one leaves both."""
    assert (Industry.TELECOM,) == possible_industries(options(("contract", "x")))
    assert (Industry.SAAS, Industry.TELECOM) == possible_industries(options(("tenure_months", "x")))
    assert (Industry.SAAS,) == possible_industries(options(("contract", "x"), industry=Industry.SAAS))


def test_decisions_of_no_industry_are_refused():
    """Unknown canonical columns, and such as never stand together."""
    with pytest.raises(BadDecision, match="named 'revenue'"):
        possible_industries(options(("revenue", "x")))
    with pytest.raises(BadDecision, match="no industry has all of the columns contract, mrr"):
        possible_industries(options(("contract", "x"), ("mrr", "y")))
