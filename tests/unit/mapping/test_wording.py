"""What the words in a column's cells tell."""

import pytest

from services.mapping import wording


def _told(as_profile, cells):
    (column,) = as_profile({"value": cells}).columns
    return {name for name, _ in wording.told_by_values(column)}


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        (["SMB", "Mid-Market", "Enterprise"] * 5, {"company_size"}),
        (["Retail", "Healthcare", "Financial Services", "Software"] * 5, {"industry"}),
        (["active", "past_due", "canceled"] * 5, {"status"}),
        (["Enterprise", "Startup", "Growth"] * 5, set()),
        (["Paid", "Failed", "Pending"] * 5, set()),
    ],
)
def test_categories_told_by_their_values(as_profile, cells, told):
    """Sizes, trades and states are known by their words; words of plans or payments alone tell none of them."""
    assert told == _told(as_profile, cells)


def test_ways_to_pay_hold_words_of_paying(as_profile):
    """ "Bank Withdrawal" is a way to pay, "Prepaid (custom)" only partly, "Recurring" none."""
    shares = [
        wording.method_words_share(as_profile({"a": cells}).columns[0])
        for cells in (["Bank Withdrawal", "Mailed Check"], ["Recurring", "Postponed"])
    ]
    assert shares == [1.0, 0.0]


def test_logins_are_written_in_one_word_without_capitals(as_profile):
    """ "jdoe42" is a login, "Jane" and "Jane Doe" are names."""
    profiles = [as_profile({"a": cells}).columns[0] for cells in (["jdoe42", "ann.li"], ["Jane", "Jane Doe"])]
    assert [wording.handles_share(each) for each in profiles] == [1.0, 0.0]
