"""How decisions replace each other, and which of an earlier file's fit the next."""

from datetime import UTC, datetime

import pytest

from services.gateway.decisions import answered, dated, fitting, header_signature, merged
from services.gateway.domain import Decision, MappingProfile

NOW = datetime(2026, 11, 22, tzinfo=UTC)
HEADER = ("Customer", "Amount due", "Created")


def profile(*decisions: Decision) -> MappingProfile:
    """A profile of a header row of three."""
    return MappingProfile("p1", "t1", header_signature(HEADER), "may.csv", HEADER, decisions, NOW, NOW)


@pytest.mark.parametrize(
    "columns",
    [
        ("Created", "Customer", "Amount due"),
        ("customer", "AMOUNT_DUE", "created "),
        ("Customer", "Amount-Due", "Créated"),
    ],
)
def test_spelling_and_order_do_not_change_the_signature(columns):
    """A tool that writes the same columns another way has the same header row."""
    assert header_signature(HEADER) == header_signature(columns)


@pytest.mark.parametrize("columns", [HEADER[:2], (*HEADER, "Plan"), ("Customer", "Amount", "Created"), ()])
def test_other_columns_have_another_signature(columns):
    """One more, one less, one renamed."""
    assert header_signature(HEADER) != header_signature(columns)


def test_names_without_letters_are_told_apart():
    """A header of signs alone is not an empty one."""
    assert header_signature(["%", "#"]) != header_signature(["%", "$"])


def test_a_later_word_replaces_the_earlier_one_on_the_same_thing():
    """What a column is and how it is read are two things."""
    earlier = (Decision("mrr", "Amount"), Decision("mrr", None, "cents"), Decision("plan_type", None))
    assert (
        Decision("mrr", None, "cents"),
        Decision("plan_type", None),
        Decision("mrr", "Total"),
    ) == merged(earlier, (Decision("mrr", "Total"),))


def test_a_repeated_word_keeps_its_first_day():
    """A new one bears its own."""
    first, second = Decision("mrr", "Amount", told_on="2026-05-01"), Decision("mrr", "Amount", told_on="2026-06-01")
    other = Decision("mrr", "Total", told_on="2026-06-01")
    assert ((first,), (other,)) == (dated([first], [second]), dated([first], [other]))


def test_an_answer_replaces_only_that_to_the_same_question():
    """A column may be asked about twice: its unit, then its period."""
    question = {"canonical": "mrr", "options": [{"id": "month"}, {"id": "year"}]}
    cents, month, year = (Decision("mrr", None, answer) for answer in ("cents", "month", "year"))
    assert (cents, month) == answered((cents,), (month,), [question])
    assert (cents, year) == answered((cents, month), (year,), [question])


def test_remembered_columns_bear_the_names_of_this_file():
    """Found by their spelling; what cannot be told apart is left out."""
    remembered = profile(Decision("mrr", "Amount due", told_on="2026-05-01"), Decision("plan_type", "Plan"))
    assert (Decision("mrr", "amount_due", told_on="2026-05-01"),) == fitting(remembered, ["amount_due"], (), None)
    assert () == fitting(remembered, ["amount_due", "AMOUNT DUE"], (), None)


@pytest.mark.parametrize(
    "own",
    [
        Decision("mrr", "Customer"),
        Decision("mrr", None),
        Decision("total_revenue", "Amount due"),
        Decision("contract", "Created"),
    ],
)
def test_what_is_said_of_this_file_goes_before(own):
    """The same column, the same canonical one, or another industry."""
    assert () == fitting(profile(Decision("mrr", "Amount due")), HEADER, (own,), None)


def test_a_reading_falls_with_its_column():
    """What is not in this file is not read either."""
    remembered = profile(Decision("mrr", None, "cents"))
    assert remembered.decisions == fitting(remembered, HEADER, (), "saas")
    assert () == fitting(remembered, HEADER, (Decision("mrr", None),), "saas")
    assert () == fitting(remembered, HEADER, (), "telecom")
