"""Reasons in plain words, with the customer's own value and the typical one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from services.scoring.features import Cells, Encoding, Feature
from services.scoring.profile import FeatureProfile

NOT_KNOWN = "not known"

VALUES_MAX = 5_000
"""Worded values of a feature that are kept; beyond it they are worded anew."""


def _plain(number: float) -> str:
    return f"{number:.0f}" if number == round(number) else f"{number:.1f}"


def _money(number: float) -> str:
    return f"{number:,.2f}"


def _share(number: float) -> str:
    return f"{100 * number:.0f} %"


def _percent(number: float) -> str:
    return f"{_plain(number)} %"


@dataclass(frozen=True)
class Wording:
    """How one feature is said.

    title: its name in a sentence ("tech support"). text: the label, with {value}; None for "title: value".
    one, many: the unit after a number, singular and plural. number: how a number is written.
    yes, no: the whole label of a flag.
    """

    title: str
    text: str | None = None
    one: str = ""
    many: str = ""
    number: Callable[[float], str] = _plain
    yes: str = ""
    no: str = ""


WORDINGS: dict[str, Wording] = {
    "tenure_months": Wording("time as a customer", "has been a customer for {value}", "month", "months"),
    "monthly_charges": Wording("monthly charges", "pays {value} a month", number=_money),
    "total_charges": Wording("total charges", "has paid {value} so far", number=_money),
    "contract": Wording("contract", "contract is {value}"),
    "payment_method": Wording("payment method", "pays by {value}"),
    "paperless_billing": Wording("paperless billing", yes="gets paperless bills", no="gets bills on paper"),
    "senior_citizen": Wording("senior citizen", yes="is a senior citizen", no="is not a senior citizen"),
    "partner": Wording("partner", yes="lives with a partner", no="lives without a partner"),
    "dependents": Wording("dependents", yes="has dependents", no="has no dependents"),
    "phone_service": Wording("phone service", yes="has phone service", no="has no phone service"),
    "streaming_tv": Wording("streaming TV"),
    "mrr": Wording("monthly revenue", "pays {value} a month", number=_money),
    "billing_interval": Wording("billing interval", "is billed {value}"),
    "seat_use": Wording("seat use", "uses {value} of the seats paid for", number=_share),
    "feature_usage_score": Wording("feature usage score", "feature usage score is {value}"),
    "logins_per_month": Wording("logins", "logs in {value} a month", "time", "times"),
    "days_since_last_login": Wording("last login", "last logged in {value} ago", "day", "days"),
    "api_calls_per_month": Wording("API calls", "makes {value} a month", "API call", "API calls"),
    "support_tickets": Wording("support tickets", "opened {value}", "support ticket", "support tickets"),
    "nps_score": Wording("NPS score", "NPS score is {value}"),
    "failed_payments": Wording("failed payments", "had {value}", "failed payment", "failed payments"),
    "discount_percent": Wording("discount", "has a discount of {value}", number=_percent),
    "company_size": Wording("company size", "company size is {value}"),
}
"""By feature; one that is not here is said as its name and value ("tech support: no")."""


def title(feature: Feature) -> str:
    """The feature's name in a sentence."""
    return _wording(feature).title


@dataclass(frozen=True)
class Said:
    """What was worded, each distinct value once. labels, values: one for each. places: (n,) which of them a row has."""

    labels: list[str]
    values: list[str]
    places: np.ndarray


class Words:
    """Words the values of customers that one table holds; threads may share it.

    profiles: by feature, of the customers the model learnt from; a label names what is typical of them where a
    customer differs.
    """

    def __init__(self, profiles: Mapping[str, FeatureProfile]) -> None:
        self._profiles = profiles
        self._pairs: dict[str, dict[Any, tuple[str, str]]] = {}

    def said(self, feature: Feature, values: Cells) -> Said:
        """The label and the value of each customer. values: (n,) as `features.values` gives them."""
        encoded: Any = values.dictionary_encode()
        wording, usual = _wording(feature), _usual(feature, self._profiles.get(feature.name))
        known = self._pairs.setdefault(feature.name, {})
        if len(known) > VALUES_MAX:
            known.clear()
        pairs = []
        for value in encoded.dictionary.to_pylist():
            pair = known.get(value)
            if pair is None:
                pair = known[value] = _pair(feature, wording, usual, value)
            pairs.append(pair)
        pairs.append(_not_known(wording))
        places = encoded.indices.fill_null(len(pairs) - 1).to_numpy(zero_copy_only=False)
        return Said([label for label, _ in pairs], [text for _, text in pairs], places)


def told(feature: Feature, value: float | bool | str | None, profile: FeatureProfile | None = None) -> tuple[str, str]:
    """The label and the value of one customer, as `Words.said`."""
    wording = _wording(feature)
    if value is None:
        return _not_known(wording)
    return _pair(feature, wording, _usual(feature, profile), value)


def _not_known(wording: Wording) -> tuple[str, str]:
    return f"{wording.title} is {NOT_KNOWN}", NOT_KNOWN


def _wording(feature: Feature) -> Wording:
    return WORDINGS.get(feature.name) or Wording(feature.name.replace("_", " "))


def _usual(feature: Feature, profile: FeatureProfile | None) -> str:
    """The typical value as text; empty where none is known, and for flags, whose label says all."""
    if profile is None or feature.encoding is Encoding.FLAG:
        return ""
    return _wording(feature).number(profile.typical) if profile.typical is not None else profile.common


def _pair(feature: Feature, wording: Wording, usual: str, value: float | bool | str) -> tuple[str, str]:
    if feature.encoding is Encoding.FLAG:
        text = "yes" if value else "no"
        return (wording.yes if value else wording.no) or f"{wording.title}: {text}", text
    if isinstance(value, str):
        text = value.strip()
        told = _label(wording, text)
        # "no internet service" is as usual as "no" is to a person.
        return told if _same(feature, text, usual) else f"{told}; most often it is {usual}", text
    text = wording.number(value + 0.0)  # -0.0 is 0 to a person
    unit = wording.one if text == "1" else wording.many
    told = _label(wording, f"{text} {unit}".rstrip())
    return told if usual in ("", text) else f"{told}; typical is {usual}", text


def _same(feature: Feature, text: str, usual: str) -> bool:
    value = text.lower()
    return usual in ("", value, feature.synonyms.get(value)) or value in feature.silent


def _label(wording: Wording, value: str) -> str:
    return wording.text.format(value=value) if wording.text else f"{wording.title}: {value}"
