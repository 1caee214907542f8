"""The thresholds of the risk levels, which are each tenant's to move."""

from dataclasses import dataclass
from typing import Protocol

from libs.errors import InvalidInput

HIGH_ABOVE, MEDIUM_ABOVE = 0.7, 0.4
"""Where nobody has moved them."""


class BadThresholds(InvalidInput):
    """The thresholds are no shares, or the wrong way round."""


@dataclass(frozen=True)
class RiskThresholds:
    """Churn probabilities, 0-1: a risk is high above the one, and else medium above the other."""

    high_above: float = HIGH_ABOVE
    medium_above: float = MEDIUM_ABOVE

    def __post_init__(self) -> None:
        """Raises BadThresholds."""
        if not 0 < self.medium_above <= self.high_above < 1:
            raise BadThresholds(
                f"medium risk would begin above {self.medium_above:g} and high risk above {self.high_above:g};"
                " both must lie between 0 and 1, and medium at most at high"
            )


class Thresholds(Protocol):
    """Every tenant's thresholds."""

    def of_tenant(self, tenant_id: str) -> RiskThresholds:
        """The tenant's own, or the usual ones."""
        ...

    def put(self, tenant_id: str, thresholds: RiskThresholds) -> None:
        """From now on these are the tenant's own."""
        ...
