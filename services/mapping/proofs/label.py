"""Whether the file tells who has left, and which rows are not customers yet."""

from services.mapping import words
from services.mapping.derivations.label import CANCELED, ENDED, LEAD, LIVE, TRIAL
from services.mapping.domain import Exclusion
from services.mapping.proofs.draft import Draft

CHURNED, STATUS, CANCELED_AT = "churned", "status", "canceled_at"
TRIAL_NAMES = ("istrial", "trial", "trialflag", "ontrial", "intrial", "isontrial", "istrialing", "trialing")
RUNS_ON_TOOLS = ("recurly", "profitwell", "paddle metrics")
"""Tools in which a canceled subscription runs until its period ends."""

EXCLUDED_SHARE_MAX = 0.95
"""Share of rows beyond which those that would be left out are what the file is about."""


def prove_exclusions(draft: Draft) -> None:
    """Leaves out leads and trials that the state, or a flag, tells."""
    if STATUS in draft.sources:
        header = draft.sources[STATUS]
        for reason, known in (("trial", TRIAL), ("lead", LEAD)):
            _exclude(draft, header, known, reason)
    flag = draft.named(*TRIAL_NAMES)
    if flag is not None and flag not in draft.sources.values():
        _exclude(draft, flag, frozenset(words.folded(word) for word in words.YES), "trial")


def _exclude(draft: Draft, header: str, known: frozenset[str], reason: str) -> None:
    counts = draft.columns[header].profile.top_values
    seen = sum(count for value, count in counts if words.folded(value) in known)
    flags = sum(count for _, count in counts)
    if 0 < seen <= EXCLUDED_SHARE_MAX * flags:
        draft.exclusions.append(Exclusion(header, tuple(sorted(known)), reason))


def prove_label(draft: Draft) -> None:
    """Gives the label by state and cancellation date, where the file has customers of both kinds."""
    if draft.given(CHURNED) or draft.waived(CHURNED):
        return
    date = draft.sources.get(CANCELED_AT) if CANCELED_AT not in draft.asked else None
    if STATUS in draft.sources and _by_status(draft, draft.sources[STATUS], date):
        return
    if date is not None and STATUS not in draft.sources:
        _by_date(draft, date)


def _by_status(draft: Draft, header: str, date: str | None) -> bool:
    counts = {words.folded(value): count for value, count in draft.columns[header].profile.top_values}
    runs_on = _runs_on(draft, counts)
    ended = _count(counts, ENDED) + (0 if runs_on else _count(counts, CANCELED))
    live = _count(counts, LIVE) + (_count(counts, CANCELED) if runs_on else 0)
    if _count(counts, ENDED | CANCELED | LIVE | TRIAL | LEAD) < 0.5 * sum(counts.values()):
        return False
    dated = date is not None and 0 < draft.columns[date].profile.filled < draft.row_count
    if not live or not (ended or dated):
        return False
    said = "a canceled one runs until its period ends" if runs_on else "a canceled one has ended"
    evidence = f"the words of '{header}' say that {ended:,} of the rows seen have ended and {live:,} run; {said}"
    if date is not None:
        evidence += f", unless '{date}' is after the snapshot on {draft.snapshot_date}"
    parameters = {"canceled": "running" if runs_on else "ended"}
    draft.derive(CHURNED, "churned_by_status", [header, *([date] if date else [])], 88.0, evidence, parameters)
    return True


def _runs_on(draft: Draft, counts: dict[str, int]) -> bool:
    """Whether a canceled subscription still runs: the tool says so, or has other words for one that has ended."""
    if draft.tool.casefold().startswith(RUNS_ON_TOOLS):
        return True
    others = {word for word in counts if word in ENDED and (word == "expired" or word.startswith("churned"))}
    return bool(others) and bool(counts.keys() & CANCELED)


def _by_date(draft: Draft, header: str) -> None:
    profile = draft.columns[header].profile
    if not 0 < profile.filled < draft.row_count:
        return
    evidence = (
        f"'{header}' is filled for {profile.filled:,} of {draft.row_count:,} rows; who has a day up to the snapshot "
        f"on {draft.snapshot_date} has left, who has none or a later one has not"
    )
    draft.derive(CHURNED, "churned_by_date", [header], 88.0, evidence)


def _count(counts: dict[str, int], known: frozenset[str]) -> int:
    return sum(count for word, count in counts.items() if word in known)
