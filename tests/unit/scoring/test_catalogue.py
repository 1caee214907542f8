"""The catalogue: only what a company can change, in the words of its industry."""

import pytest

from libs.tables.columns import RATIOS, Industry, by_name
from services.scoring.catalogue import CATALOGUE, Action, Cost, Level, Times, Typical
from services.scoring.specifications import SAAS, TELECOM

FEATURES = {Industry.SAAS: SAAS, Industry.TELECOM: TELECOM}
ACTIONS = [(industry, action) for industry, actions in CATALOGUE.items() for action in actions]
EVERY = pytest.mark.parametrize(("industry", "action"), ACTIONS, ids=lambda each: getattr(each, "name", None))


@EVERY
def test_an_action_changes_only_what_can_be_changed(industry: Industry, action: Action) -> None:
    """Tenure, and whatever a customer is, are no lever; every column is one that a model may read."""
    fixed = {column for f in FEATURES[industry] if not f.changeable for column in f.columns}
    columns = {change.column for change in action.changes}
    assert set() == columns & (fixed | {"tenure_months", "total_charges", "total_revenue"})
    assert set() == columns - {name for name, column in by_name(industry).items() if column.feature}


@EVERY
def test_a_level_is_one_the_column_can_have(industry: Industry, action: Action) -> None:
    """What is taken and what is given are values of the column, and differ."""
    for change in action.changes:
        if isinstance(change, Level):
            levels = {level for f in FEATURES[industry] if change.column in f.columns for level in f.levels}
            assert set() == {change.to, *change.among} - levels
            assert change.to not in change.among


@EVERY
def test_a_number_goes_one_way(industry: Industry, action: Action) -> None:
    """Up or down to the typical value, or times a share; a ratio by its first column."""
    for change in action.changes:
        if isinstance(change, Typical):
            assert change.way in (-1, 1)
            assert not change.ratio or RATIOS[change.ratio][0] == change.column
        if isinstance(change, Times):
            assert 0 < change.factor < 1


@EVERY
def test_advice_is_a_sentence_to_go_on_with(industry: Industry, action: Action) -> None:
    """It begins with a capital and has no full stop: the estimate follows."""
    assert action.advice[0].isupper()
    assert not action.advice.endswith(".")


@pytest.mark.parametrize("industry", list(Industry))
def test_actions_are_told_apart_and_the_cheaper_come_first(industry: Industry) -> None:
    """Names are unique, and the order is that of Cost."""
    actions = CATALOGUE[industry]
    assert len(actions) == len({action.name for action in actions})
    order = [list(Cost).index(action.cost) for action in actions]
    assert sorted(order) == order


@pytest.mark.parametrize("industry", list(Industry))
def test_most_actions_have_a_lever_that_the_baseline_reads(industry: Industry) -> None:
    """An action whose lever no model reads would never be named."""
    read = {column for feature in FEATURES[industry] for column in feature.columns}
    assert set() == {action.lever.column for action in CATALOGUE[industry]} - read
