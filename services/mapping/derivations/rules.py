"""Every rule of derivation by its name."""

from __future__ import annotations  # pa.Array takes a parameter in the stubs only

from services.mapping.derivations import identity, label, money, tenure
from services.mapping.derivations.rule import Rule
from services.mapping.domain import Derivation

RULES: dict[str, Rule] = {
    rule.name: rule
    for rule in (
        tenure.MONTHS_SINCE,
        tenure.DAYS_SINCE,
        tenure.TO_MONTHS,
        money.CENTS_TO_UNITS,
        money.AMOUNT_PER_PERIOD,
        money.REVENUE_SO_FAR,
        label.BY_STATUS,
        label.BY_DATE,
        identity.EMAIL_AS_ID,
    )
}


def later(derivation: Derivation) -> bool:
    """Whether the derivation is computed once for each customer, after rows were folded."""
    rule = RULES[derivation.rule]
    return bool(rule.folds or rule.reads_canonical)
