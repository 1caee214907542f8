"""What the file gives beside what stands in it: readings, derivations, the grain, and what must be asked for them."""

from services.mapping.proofs.draft import Draft, settle_readings
from services.mapping.proofs.grain import prove_grain
from services.mapping.proofs.identity import prove_identity
from services.mapping.proofs.label import prove_exclusions, prove_label
from services.mapping.proofs.money import prove_price, prove_totals
from services.mapping.proofs.tenure import CANCELED, SIGNUP, TENURE, prove_recency, prove_tenure


def complete(draft: Draft) -> None:
    """Adds to the draft all that its columns prove, and asks what only a person can know for a required column."""
    settle_readings(draft, asked=_needed_dates(draft))
    prove_identity(draft)
    prove_tenure(draft)
    prove_recency(draft)
    prove_price(draft)
    prove_exclusions(draft)
    prove_label(draft)
    prove_grain(draft)
    prove_totals(draft)


def _needed_dates(draft: Draft) -> tuple[str, ...]:
    """Dates that tenure, or the label, is to be derived from: a doubt about them is worth a question."""
    if TENURE in draft.sources or draft.waived(TENURE) or SIGNUP not in draft.sources:
        return ()
    return SIGNUP, CANCELED
