"""What plans need of their database."""

from typing import Protocol

from services.gateway.domain import Claim
from services.gateway.plans.domain import Subscription, Usage


class Subscriptions(Protocol):
    """Which company has which plan, and what it used."""

    def of_tenant(self, tenant_id: str) -> Subscription:
        """Raises NotFound."""
        ...

    def choose(self, tenant_id: str, subscription: Subscription) -> None:
        """Raises NotFound."""
        ...

    def usage(self, tenant_id: str, month: str) -> Usage: ...

    def reserve(self, claim: Claim, month: str, customers: int, quota: int | None) -> int | None:
        """Sets the customers aside for the claim's job, unless more than `quota` would be used in the month.

        Returns None when they are, or were by an earlier attempt, in whichever month; else how many are left. The
        reservation goes with the job's failure or deletion, and counts for good when it completes. Raises LeaseLost.
        """
        ...
