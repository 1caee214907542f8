"""How a terminal shows a what-if: before and after, the reasons, what moved, and what could be changed."""

from collections.abc import Iterator
from typing import Any

from rich.table import Table
from rich.text import Text

from libs.client.output import plain


def simulation_parts(answer: dict[str, Any]) -> Iterator[Table | Text]:
    """answer: of the API's simulate."""
    before, after = answer["before"], answer["after"]
    if answer["moved"]:
        yield plain(f"By the model's estimate the chance of leaving goes from {_chance(before)} to {_chance(after)}.")
        for moved in answer["moved"]:
            why = f" ({moved['because']})" if moved["because"] else ""
            yield plain(f"  {moved['column']}: {_cell(moved['before'])} -> {_cell(moved['after'])}{why}")
    else:
        yield plain(f"The chance of leaving is {_chance(after)} by the model's estimate.")
    if after["revenue_at_risk"] is not None and before["revenue_at_risk"] is not None:
        risks = (before["revenue_at_risk"], after["revenue_at_risk"])
        yield plain("Revenue at risk a month: " + " -> ".join(f"{each:,.2f}" for each in dict.fromkeys(risks)))
    yield _reasons(answer["impacts"])
    if not answer["moved"]:
        yield _levers(answer["levers"])


def _chance(outcome: dict[str, Any]) -> str:
    said = f"{outcome['churn_probability']:.1%}"
    if outcome["probability_low"] is None:
        return said
    return f"{said} ({outcome['probability_low']:.1%} to {outcome['probability_high']:.1%})"


def _cell(value: float | bool | str | None) -> str:
    if value is None:
        return "not known"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value if isinstance(value, str) else f"{value:,.10g}"


def _reasons(impacts: list[dict[str, Any]]) -> Table:
    table = Table(expand=False)
    table.add_column("because")
    table.add_column("points before", justify="right")
    table.add_column("after", justify="right")
    for bar in impacts:
        table.add_row(plain(bar["label"]), f"{100 * bar['impact_before']:+.1f}", f"{100 * bar['impact']:+.1f}")
    return table


def _levers(levers: list[dict[str, Any]]) -> Table:
    table = Table(expand=False)
    for heading in ("--set", "now", "may be", "the company could"):
        table.add_column(heading)
    for lever in levers:
        could = "yes" if lever["actionable"] else ""
        table.add_row(plain(lever["column"]), plain(_cell(lever["current"])), plain(_allowed(lever)), could)
    return table


def _allowed(lever: dict[str, Any]) -> str:
    if lever["choices"]:
        return ", ".join(lever["choices"])
    low, high = (lever["minimum"], lever["maximum"])
    if low is None and high is None:
        return "any number"
    return f"{_cell(low)} to {_cell(high)}" if high is not None else f"{_cell(low)} or more"
