"""One canonical column for each column of the file, the best choice for all."""

from libs.tables.columns import Industry
from services.mapping.assignment import assigned, coverage
from services.mapping.cells import Cells
from services.mapping.domain import Strategy
from services.mapping.match import Match
from services.mapping.profiles import ColumnProfile


def match(canonical, confidence, rank=0):
    """A match without words."""
    return Match(canonical, confidence, Strategy.ALIAS, "", rank)


def of(found):
    """Assigned canonical names, by column, of {column: [matches]}."""
    columns = [Cells(ColumnProfile(name)) for name in found]
    chosen = assigned(columns, [{each.canonical: each for each in matches} for matches in found.values()])
    return {name: each.canonical for name, each in zip(found, chosen, strict=True) if each}


def test_one_sure_match_outweighs_two_doubtful_ones():
    """Confidences are weighed as odds."""
    assert {"x": "a"} == of({"x": [match("a", 97), match("b", 60)], "z": [match("a", 60)]})


def test_a_column_makes_room_when_both_gain():
    """The second choice is taken where the first is another's only one."""
    assert {"x": "b", "z": "a"} == of({"x": [match("a", 90), match("b", 90)], "z": [match("a", 90)]})


def test_ties_fall_to_the_earlier_alias_whatever_the_order():
    """Equal confidences are decided by the alias list, then by the alphabet."""
    first, second = [match("a", 85, rank=3)], [match("a", 85, rank=1)]
    assert {"z": "a"} == of({"b": first, "z": second}) == of({"z": second, "b": first})
    assert {"b": "a"} == of({"z": first, "b": first}) == of({"b": first, "z": first})


def test_nothing_to_assign():
    """No matches, no assignment."""
    assert {} == of({"x": [], "y": []})


def test_coverage_counts_features_and_required_ones_twice():
    """Ids, labels and names do not speak for an industry."""
    found = [match("customer_id", 99), match("churned", 99), match("mrr", 90), match("country", 50), None]
    assert 0.9 * 2 + 0.5 == coverage(found, Industry.SAAS)
