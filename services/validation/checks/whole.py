"""Findings on the table as a whole, as layer 5 and the units of columns make them."""

from collections.abc import Sequence

from services.validation.domain import Finding, Layer, Repair, Severity, cost


def readiness(
    id: str,
    severity: Severity,
    passed: bool,
    message: str,
    advice: str = "",
    *,
    count: int = 0,
    share: float = 0.0,
    weight: float = 1.0,
    columns: tuple[str, ...] = (),
    repair: Repair | None = None,
) -> Finding:
    """A finding of layer 5, `readiness.<id>`; one that passed costs nothing and asks for nothing."""
    return whole(
        f"readiness.{id}",
        Layer.READINESS,
        severity,
        passed,
        message,
        advice,
        count=count,
        share=share,
        weight=weight,
        columns=columns,
        repair=repair,
    )


def whole(
    id: str,
    layer: Layer,
    severity: Severity,
    passed: bool,
    message: str,
    advice: str = "",
    *,
    count: int = 0,
    share: float = 0.0,
    weight: float = 1.0,
    columns: tuple[str, ...] = (),
    repair: Repair | None = None,
) -> Finding:
    """A finding on the whole table; one that passed costs nothing, asks for nothing and needs no repair."""
    return Finding(
        id=id,
        layer=layer,
        severity=severity,
        passed=passed,
        count=count,
        share=share,
        message=message,
        advice="" if passed else advice,
        cost=0.0 if passed else cost(severity, share, weight),
        columns=columns,
        repair=None if passed else repair,
    )


def listed(names: Sequence[str]) -> str:
    return ", ".join(names)
