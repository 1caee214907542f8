"""Advice: tied to a reason that raises the customer's own risk, or none at all."""

import numpy as np
import pyarrow as pa
import pytest

from services.scoring import recommend
from services.scoring.recommend import LOW_RISK, NO_RULE, NOT_PERSONAL, RULES, recommendations
from services.scoring.specifications import SAAS, TELECOM

TABLE = pa.record_batch(
    {
        "contract": ["month-to-month", "two year", "Month-to-month", None],
        "tech_support": ["no", "no", "yes", "no"],
        "tenure_months": [2.0, 60.0, 3.0, None],
    }
)


def advice(reasons: list[list[str]], worth: list[bool] | None = None, exact: list[bool] | None = None) -> list[str]:
    """What is recommended to the four customers of TABLE; reasons: one list of names for each rank."""
    ranks = [np.array(names) for names in reasons]
    found = recommendations(TABLE, TELECOM, ranks, np.array(worth or [True] * 4), np.array(exact or [True] * 4))
    texts: list[str] = found.to_pylist()
    return texts


def rule(feature: str) -> str:
    """The advice of the feature's rule."""
    return next(each.advice for each in RULES if each.feature == feature)


def test_the_strongest_reason_that_has_a_rule_decides() -> None:
    """A reason whose rule does not fit the customer's value gives way to the next."""
    first, second = ["contract"] * 4, ["tech_support"] * 4
    assert [rule("contract"), rule("tech_support"), rule("contract"), rule("tech_support")] == advice([first, second])


def test_no_advice_for_what_is_no_reason() -> None:
    """Without a reason that raises the risk there is no rule's advice, whatever the values are."""
    assert [NO_RULE] * 4 == advice([[""] * 4, [""] * 4])


def test_low_risk_needs_nothing() -> None:
    """The sentence says so, even where a rule would fit."""
    assert LOW_RISK == advice([["contract"] * 4], worth=[False, True, True, True])[0]


def test_reasons_that_are_not_personal_give_no_advice() -> None:
    """The fallback knows nothing of this customer."""
    assert NOT_PERSONAL == advice([["contract"] * 4], exact=[False, True, True, True])[0]


def test_every_rule_is_of_a_feature() -> None:
    """A rule of no feature would never speak."""
    assert set() == {each.feature for each in RULES} - {feature.name for feature in (*TELECOM, *SAAS)}


@pytest.mark.parametrize("each", RULES, ids=lambda each: each.feature)
def test_every_rule_has_one_kind_of_condition(each: recommend.Rule) -> None:
    """Values, or a range."""
    assert bool(each.among) != (each.least is not None or each.most is not None)
