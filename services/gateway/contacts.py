"""Whom to contact when not everybody can be: what the best of the customers are expected to save, by their number."""

from dataclasses import dataclass

STEPS_MAX = 20
"""Points of the curve at most: enough to draw it."""


@dataclass(frozen=True)
class Step:
    """saved_revenue: a month, of the best `contacts` customers together."""

    contacts: int
    saved_revenue: float


@dataclass(frozen=True)
class Contacts:
    """What a budget of contacts buys.

    budget: contacts that can be made. contacts: those that are worth making, at most the budget. saved_revenue: what
    they are expected to keep a month, price reductions deducted. curve: the same for fewer of them, rising.
    """

    budget: int
    contacts: int
    saved_revenue: float
    curve: tuple[Step, ...]


def steps(contacts: int) -> list[int]:
    """Numbers of contacts to draw the curve through: from the first to all of them, evenly, at most STEPS_MAX."""
    points = min(STEPS_MAX, contacts)
    return sorted({round(1 + (contacts - 1) * place / max(points - 1, 1)) for place in range(points)})
