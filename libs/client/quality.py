"""The data quality report on a terminal: a few tables and sentences that say what to do first."""

from collections.abc import Iterator
from typing import Any

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from libs.client.output import plain

SHOWN_FROM = 0.005
"""Less of the score is written 0.00, which would say nothing."""

ALERTS = {"none": "", "watch": "Watch: ", "high": "Take care: "}
"""How a sentence on drift begins."""

EFFECTS = {
    "fatal": Text("stops the file", "bold red"),
    "error": Text("rows set aside", "red"),
    "warning": Text("costs accuracy", "yellow"),
    "info": Text("worth knowing"),
}
"""What a severity means for the reader."""


def report_parts(report: dict[str, Any]) -> Iterator[RenderableType]:
    """The report from top to bottom. Names from the file are plain text here, never markup or control characters."""
    yield plain(_rows_sentence(report))
    if report["derivations"]:
        yield _derivations(report["derivations"])
    if failed := [check for check in report["checks"] if not check["passed"]]:
        yield _checks(failed)
    for number, suggestion in enumerate(report["suggestions"], 1):
        yield plain(f"{number}. {suggestion['message']}{_worth(suggestion)}")
    suggested = {name for suggestion in report["suggestions"] for name in suggestion["columns"]}
    for words, names in (
        ("Required, not in the file, and scored without", report["missing_required"]),
        ("Would help, and is not in the file", [name for name in report["missing_optional"] if name not in suggested]),
    ):
        if names:
            yield plain(f"{words}: {', '.join(names)}.")
    yield from _about_the_model(report["predictions"])


def _about_the_model(predictions: dict[str, Any]) -> Iterator[RenderableType]:
    """What missing features cost, drift, shadow and outlook; a service of before says less."""
    if costs := predictions.get("missing_costs"):
        named = ", ".join(f"{cost['feature']} {cost['auc']:.3f}" for cost in costs)
        yield plain(f"What the missing features cost, in AUC, as measured when the model was built: {named}.")
    if drift := predictions.get("drift"):
        yield plain(f"{ALERTS[drift['alert']]}{drift['sentence']}")
    if shadow := predictions.get("shadow"):
        yield plain(shadow["sentence"])
    if outlook := predictions["estimated_accuracy"]:
        leavers = f"{outlook['leavers']:,.0f}"
        auc = f" Expected AUC {outlook['auc']:.2f}." if outlook.get("auc") is not None else ""
        yield plain(
            f"If the probabilities hold, about {leavers} {'customer' if leavers == '1' else 'customers'} will leave, "
            f"and {outlook['right_share']:.0%} of the calls “leaves” or “stays” will be right; no outcome is known yet."
            + auc
        )


def _worth(suggestion: dict[str, Any]) -> str:
    """What following it would give, as far as that is known."""
    told = [f"worth {suggestion['worth']:.2f} of the score"] if suggestion["worth"] >= SHOWN_FROM else []
    if (changed := suggestion.get("levels_changed")) is not None:
        told.append(f"could change the risk level of {changed:,} {'customer' if changed == 1 else 'customers'}")
    return f" ({'; '.join(told)})" if told else ""


def _rows_sentence(report: dict[str, Any]) -> str:
    rows = report["rows"]
    gone = {"set aside": rows["quarantined"], "folded into others": rows["folded"]}
    gone |= {f"left out ({one['reason']})": one["count"] for one in rows["left_out"]}
    told = ", ".join(f"{count:,} {what}" for what, count in gone.items() if count)
    return f"Data quality {report['score']:.2f} of 1: {rows['read']:,} rows read{', ' if told else ''}{told}."


def _derivations(derivations: list[dict[str, Any]]) -> Table:
    table = Table(title="Worked out", title_justify="left")
    for head in ("gives", "from", "how, and why"):
        table.add_column(head)
    for one in derivations:
        why = f"{one['rule'].replace('_', ' ')}: {one['evidence']}"
        table.add_row(plain(one["canonical"]), plain(", ".join(one["columns"])), plain(why))
    return table


def _named(columns: list[str]) -> str:
    """What the file calls the columns that a sentence names as they are known."""
    return f" (In your file: {', '.join(columns)}.)" if columns else ""


def _checks(failed: list[dict[str, Any]]) -> Table:
    table = Table(title="What the checks saw", title_justify="left")
    table.add_column("effect")
    table.add_column("what was seen", ratio=1)
    table.add_column("rows", justify="right")
    table.add_column("score", justify="right")
    for check in failed:
        table.add_row(
            EFFECTS[check["severity"]],
            plain(check["message"] + _named(check.get("file_columns", []))),
            f"{check['count']:,}" if check["count"] else "",
            f"-{check['cost']:.2f}" if check["cost"] >= SHOWN_FROM else "",
        )
    return table
