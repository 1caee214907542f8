"""Names that give a column away: known only after a customer left, said by another model, or about a person."""

import re

from libs.tables.columns import EXTRA_PREFIX


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


AFTER_THE_FACT = ("canceled_at", "status")
"""Canonical columns, beside the label, that are known only once a customer has left."""

_LEAVING = _set(
    "attrition cancel cancelation canceled cancellation cancelled churn churned deactivated deactivation "
    "offboarded offboarding terminated termination unsubscribe unsubscribed"
)
"""Words for the event itself, wherever they stand in a name."""

_ENDING = _set("closed closure exit exited expired leaving left lost winback")
"""Words that mean the event only at the beginning of a name: `closed_at`, but not `tickets_closed_at`."""

_ASPECTS = _set(
    "at by category cause code comment comments date day description feedback flag label month notes on "
    "reason reasons status survey time type value year"
)
"""What is recorded about the event."""

_STATE_OF = _set("account contract customer subscription user")

_FORECAST = _set("cltv clv likelihood ltv predict predicted prediction predictions prob proba probability propensity")
"""Words for what a model says, wherever they stand."""

_JUDGED = _LEAVING | {"health", "retention", "risk"}
_GRADES = _set("band decile grade index level percentile rank rating score segment tier")
"""A judged thing with a grade is a model's word too: churn score, risk tier, health score."""

_PERSONAL = _set(
    "address birthdate birthday dob email fax firstname guid iban id identifier ids ip lastname mail name "
    "phone postal postcode ssn street surname telephone url username uuid website zip zipcode"
)
"""Words for what tells one person or company from another, where a name ends in them: `email`, not `email_opens`."""

_OF_THEM = _set("code hash no number")
"""What may follow such a word without changing what it means: `phone_number`."""

_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")


def is_after_the_fact(name: str) -> bool:
    """Whether an extra column's name says that it is known only once a customer has left."""
    words = _words(name)
    if not words or is_another_score(name):
        return False
    leaving = _LEAVING.intersection(words) or words[0] in _ENDING
    if leaving and (len(words) == 1 or _ASPECTS.intersection(words)):
        return True
    return words[-1] == "status" and (len(words) == 1 or not _STATE_OF.isdisjoint(words))


def is_another_score(name: str) -> bool:
    """Whether an extra column's name says that another model, or a person's judgement, speaks in it."""
    words = frozenset(_words(name))
    lifetime_value = {"lifetime", "value"} <= words
    return bool(words & _FORECAST) or lifetime_value or bool(words & _JUDGED and words & _GRADES)


def is_personal(name: str) -> bool:
    """Whether an extra column's name says that it tells one customer from another: names, addresses, ids."""
    words = [word for word in _words(name) if word not in _OF_THEM]
    return bool(words) and words[-1] in _PERSONAL


def _words(name: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(name.removeprefix(EXTRA_PREFIX))]
