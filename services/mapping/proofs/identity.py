"""Whether an e-mail address tells customers apart, where the file has nothing better."""

from services.mapping.proofs.draft import Draft
from services.mapping.proofs.grain import DISTINCT_SHARE_MAX, KEY

EMAIL = "customer_email"
CONFIDENCE = 85.0
FILLED_MIN = 0.95
"""Share of rows that must have an address: those without one cannot be given a prediction."""

BETTER_MIN = 60.0
"""Confidence (0-100) from which another column may be the id, so that a person is asked."""


def prove_identity(draft: Draft) -> None:
    """Gives the customer's id by the e-mail address, if it is filled, told apart and nothing better is there."""
    header = draft.sources.get(EMAIL)
    if header is None or draft.given(KEY) or draft.nearest_column(KEY, BETTER_MIN)[1] is not None:
        return
    profile = draft.columns[header].profile
    if (
        not profile.filled
        or profile.filled_share < FILLED_MIN
        or profile.distinct < DISTINCT_SHARE_MAX * profile.filled
    ):
        return
    evidence = (
        f"no column says {KEY}; '{header}' is filled in {profile.filled_share:.0%} of the rows and hardly any address "
        "stands twice, so the e-mail address tells customers apart"
    )
    draft.derive(KEY, "email_as_id", [header], CONFIDENCE, evidence)
