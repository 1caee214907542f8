"""What is asked of a training, besides the rows."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from libs.errors import InvalidInput
from services.scoring.domain import BASELINES

HORIZON_DAYS_MAX = 3_660
FAMILY = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")


class BadOrder(InvalidInput):
    """What is asked for cannot be meant."""


@dataclass(frozen=True)
class Order:
    """What is asked for.

    family: where the version belongs. horizon_days: ahead that the label speaks of; 0 if not said.
    excluded: columns that may not be learnt from, with the reason. time_column: when each row was observed, or "".
    """

    family: str
    horizon_days: int = 0
    excluded: Mapping[str, str] = field(default_factory=dict)
    time_column: str = ""

    def __post_init__(self) -> None:
        """Raises BadOrder."""
        if not FAMILY.fullmatch(self.family):
            raise BadOrder(
                f"'{self.family[:64]}' is not a family to train for; use lower-case letters, digits and hyphens"
            )
        if self.family.startswith(BASELINES):
            raise BadOrder(f"family '{self.family}' is a baseline, which no tenant's training may replace")
        if not 0 <= self.horizon_days <= HORIZON_DAYS_MAX:
            raise BadOrder(f"a horizon of {self.horizon_days} days is not between 1 and {HORIZON_DAYS_MAX}")
