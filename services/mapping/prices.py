"""What "monthly" and a word of money may claim alone: a month's money is not yet what a customer pays."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from libs.tables.columns import REVENUE
from services.mapping.cells import Cells
from services.mapping.match import Match
from services.mapping.names import compact
from services.mapping.segments import splits
from services.mapping.thesaurus import SENSES

WORDS_ALONE_CAP = 70.7
"""Score of such a match, which gives a confidence below 79: mapped, and shown as doubtful."""

REPEATED_MAX = 0.5
"""Different cells among the filled ones up to which amounts are prices: few of them, paid by many."""

BESIDE_MIN = 80.0
_BESIDE = ("billing_interval", "contract", "plan_type")
_SELLING = frozenset(["MRR", "RECURRING", "SUBSCRIPTION", "PLAN", "ARPU", "CUSTOMER"])
_PROVED = "' times '"
"""What the evidence says where a total proved the price (relations.py)."""


def with_doubt(columns: Sequence[Cells], matches: Sequence[Mapping[str, Match]]) -> list[dict[str, Match]]:
    """The matches, those of a month's money capped that neither values, a total, a plan nor an interval speak for."""
    found = [dict(each) for each in matches]
    if any(each[name].confidence >= BESIDE_MIN for each in found for name in _BESIDE if name in each):
        return found
    for cells, each in zip(columns, found, strict=True):
        for name in REVENUE.values():
            match = each.get(name)
            if match is not None and cells.name.compact != compact(name) and _by_words_alone(cells, match):
                sure = min(match.confidence, WORDS_ALONE_CAP)
                said = "nothing else in the file says that customers pay it"
                each[name] = replace(match, confidence=sure, evidence=f"{match.evidence}; {said}")
    return found


def _by_words_alone(cells: Cells, match: Match) -> bool:
    profile = cells.profile
    if _PROVED in match.evidence or (profile.filled and profile.distinct <= REPEATED_MAX * profile.filled):
        return False
    ways = splits(cells.name.compact)[:1]
    senses = {sense for way in ways for word in way for sense in SENSES[word]}
    return {"MONTHLY", "MONEY"} <= senses and not senses & _SELLING
