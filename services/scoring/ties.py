"""What must be so once something else is: facts about customers that a what-if may not tear apart, as data.

What goes along with an action of the company's stands in the catalogue; here stands what holds whoever acts.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from libs.tables.columns import Industry


@dataclass(frozen=True)
class Tie:
    """While `column` is `value`, each of `columns` is `tied` and can be nothing else; when that ends it is `free`."""

    column: str
    value: str
    columns: tuple[str, ...]
    tied: str
    free: str = "no"


@dataclass(frozen=True)
class Growth:
    """`total` grows with `time` as it has grown so far."""

    time: str
    total: str


_ONLINE = ("online_security", "online_backup", "device_protection", "tech_support", "streaming_tv", "streaming_movies")

TIES: Mapping[Industry, tuple[Tie, ...]] = {
    Industry.SAAS: (),
    Industry.TELECOM: (
        Tie("internet_service", "no", _ONLINE, "no internet service"),
        Tie("phone_service", "no", ("multiple_lines",), "no phone service"),
    ),
}

GROWTHS: Mapping[Industry, tuple[Growth, ...]] = {
    Industry.SAAS: (Growth("tenure_months", "total_revenue"),),
    Industry.TELECOM: (Growth("tenure_months", "total_charges"),),
}
"""A customer of two years has not paid what one of two months has; a new price changes nothing of what was paid."""
