"""Advice: a first catalogue of rules as data, each tied to a reason that raises the customer's own risk.

It is a rule's advice, not the model's: nothing here says what the action would change.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from services.scoring.features import Cells, Feature, values

LOW_RISK = "No action needed: the risk is low."
NOT_PERSONAL = "No advice: the reasons behind this score are not personal."
NO_RULE = "Ask the customer how things are going: no standing advice fits these reasons."

NOTABLE_LIFT = 2.0
"""A low risk above this multiple of the typical customer's gets advice: with a low churn rate nobody is at 40 %."""


@dataclass(frozen=True)
class Rule:
    """Advice for customers whose risk `feature` raises.

    A rule fits where the customer's own value is one of `among`, or at least `least`, or at most `most`.
    """

    feature: str
    advice: str
    among: tuple[str, ...] = ()
    least: float | None = None
    most: float | None = None


_CHECKS = ("electronic check", "mailed check")

RULES: tuple[Rule, ...] = (
    Rule("contract", "Offer a one-year contract with a loyalty price.", among=("month-to-month",)),
    Rule("tech_support", "Offer a free trial of tech support.", among=("no",)),
    Rule("online_security", "Offer a free trial of online security.", among=("no",)),
    Rule("online_backup", "Offer a free trial of online backup.", among=("no",)),
    Rule("device_protection", "Offer a free trial of device protection.", among=("no",)),
    Rule("payment_method", "Invite the customer to pay automatically by card or bank.", among=_CHECKS),
    Rule("internet_service", "Check quality and price of the fiber line with the customer.", among=("fiber optic",)),
    Rule("monthly_charges", "Review the plan with the customer and look for a better fitting price.", least=0),
    Rule("tenure_months", "Give the new customer a personal onboarding call.", most=12),
    Rule("failed_payments", "Ask for an updated payment method and retry the payment.", least=1),
    Rule("days_since_last_login", "Reach out: find out why nobody has logged in lately.", least=7),
    Rule("logins_per_month", "Offer a training session to bring users back.", least=0),
    Rule("feature_usage_score", "Show the features this customer does not use yet.", most=80),
    Rule("seat_use", "Help the customer bring the unused seats into use, or offer fewer.", most=0.8),
    Rule("api_calls_per_month", "Offer help with the integration.", least=0),
    Rule("support_tickets", "Have a senior colleague follow up on the open support tickets.", least=1),
    Rule("nps_score", "Call the customer about the answer to the NPS question.", most=30),
    Rule("billing_interval", "Offer yearly billing at a lower price.", among=("weekly", "monthly", "quarterly")),
    Rule("discount_percent", "Talk about value before the discount ends.", least=1),
    Rule("mrr", "Review the plan with the customer and look for a better fit.", least=0),
)
"""In order of preference where one reason has several."""


def recommendations(
    table: pa.RecordBatch,
    features: Sequence[Feature],
    reasons: Sequence[np.ndarray],
    open_to_advice: np.ndarray,
    exact: np.ndarray,
) -> Cells:
    """(n,) string: the first rule that fits the strongest reason that raises the risk.

    reasons: for each rank, (n,) the name of the feature if it raises the risk, else "".
    open_to_advice: (n,) whether the risk is worth a word. exact: (n,) whether the reasons are the row's own.
    """
    pool = [LOW_RISK, NOT_PERSONAL, NO_RULE, *(rule.advice for rule in RULES)]
    chosen = np.where(open_to_advice, np.where(exact, 2, 1), 0)
    waiting = chosen == 2
    fits = _fits(table, {feature.name: feature for feature in features})
    for names in reasons:
        for place, rule in enumerate(RULES, start=3):
            if rule.feature in fits:
                hit = waiting & (names == rule.feature) & fits[rule.feature][rule]
                chosen[hit] = place
                waiting &= ~hit
    return pa.array(pool, pa.string()).take(chosen)


def _fits(table: pa.RecordBatch, features: Mapping[str, Feature]) -> dict[str, dict[Rule, np.ndarray]]:
    fits: dict[str, dict[Rule, np.ndarray]] = {}
    for rule in RULES:
        if rule.feature in features:
            own = values(table, features[rule.feature])
            fits.setdefault(rule.feature, {})[rule] = _holds(rule, own).fill_null(False).to_numpy(zero_copy_only=False)
    return fits


def _holds(rule: Rule, own: Cells) -> Any:
    """(n,) boolean Arrow array, null where the value is."""
    if rule.among:
        return pc.is_in(pc.utf8_trim_whitespace(pc.utf8_lower(own.cast(pa.string()))), pa.array(rule.among))
    numbers: Any = own.cast(pa.float64())
    least = pc.greater_equal(numbers, pa.scalar(-np.inf if rule.least is None else rule.least))
    return pc.and_(least, pc.less_equal(numbers, pa.scalar(np.inf if rule.most is None else rule.most)))
