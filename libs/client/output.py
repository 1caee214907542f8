"""What a person sees on a terminal: tables of customers and columns, and a progress bar on stderr."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from libs.client.http import Prediction

RISK_COLOURS = {"high": "bold red", "medium": "yellow", "low": "green"}
INDUSTRIES = {"saas": "SaaS"}
"""Those that are not written as they are named."""

PASSES = {
    "understand": "reading the file",
    "prepare": "checking the customers",
    "score": "scoring the customers",
    "train": "learning",
}


class Bar:
    """One progress bar through upload and passes; shown on a terminal only, so that a script's stderr stays clean."""

    def __init__(self, progress: Progress, task: TaskID) -> None:
        self._progress, self._task = progress, task

    def say(self, words: str) -> None:
        """Something is under way whose end is not known."""
        self._progress.update(self._task, description=words, total=None)

    def sent(self, done: int, total: int) -> None:
        """Bytes of the upload."""
        self._progress.update(self._task, description="sending the file", completed=done, total=total)

    def seen(self, prediction: Prediction) -> None:
        """Rows of the current pass."""
        self._moved(prediction.status, prediction.current_pass, prediction.rows_done, prediction.rows_total)

    def training_seen(self, training: dict[str, Any]) -> None:
        """The same of a training."""
        self._moved(training["status"], training["current_pass"], training["rows_done"], training["rows_total"])

    def _moved(self, status: str, current_pass: str, done: int, total: int | None) -> None:
        words = "waiting for a worker" if status == "QUEUED" else PASSES.get(current_pass, current_pass)
        self._progress.update(self._task, description=words, completed=done, total=total)


@contextmanager
def progress_bar() -> Iterator[Bar]:
    """A bar on stderr, gone when the block ends."""
    console = Console(stderr=True)
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        yield Bar(progress, progress.add_task("starting", total=None))


def models_table(models: list[dict[str, Any]]) -> Table:
    """Models with their figures on customers they had not seen."""
    table = Table(expand=False)
    for heading in ("model", "industry", "in use", "days ahead", "AUC", "Brier"):
        table.add_column(heading)
    for model in models:
        figures = [f"{model['metrics'][name]:.3f}" if name in model["metrics"] else "" for name in ("auc", "brier")]
        in_use = "yes" if model["current"] else ""
        table.add_row(model["version"], model["industry"], in_use, str(model["horizon_days"]), *figures)
    return table


def change_sentence(change: dict[str, Any]) -> str:
    """What a promotion or a step back did."""
    before = f", instead of {change['previous']}" if change["previous"] else ""
    model = f"Model {change['version']}" if change["version"] else "RetainWise's own model"
    return f"{model} is in use for {change['industry']} from now on{before}"


def shadow_sentence(shadow: dict[str, Any]) -> str:
    """With which version new predictions are compared."""
    whose = "your model" if shadow["own"] else "the baseline"
    return f"New predictions for {shadow['industry']} are compared with {whose} {shadow['version']}"


def customers_table(customers: list[dict[str, Any]]) -> Table:
    """Customers with probability, reasons in probability points, and what to do.

    Cells of the file are shown as they are: they are plain text here, never markup or control characters.
    """
    table = Table(
        title="The customers most likely to leave",
        title_justify="left",
        caption="points: by how much a reason raises or lowers the chance of leaving, in percentage points",
        caption_justify="left",
        expand=False,
    )
    table.add_column("customer", no_wrap=True)
    table.add_column("leaves", justify="right")
    table.add_column("risk")
    table.add_column("because", ratio=3)
    table.add_column("what to do", ratio=2)
    for customer in customers:
        risk = str(customer["risk_level"])
        table.add_row(
            plain(customer["customer_id"]),
            f"{customer['churn_probability']:.0%}",
            Text(risk, RISK_COLOURS.get(risk, "")),
            plain("\n".join(_reason(factor) for factor in customer["top_factors"])),
            plain(customer["recommendation"]),
        )
    return table


def _reason(factor: dict[str, Any]) -> str:
    return f"{factor['impact'] * 100:+.1f} points: {factor['label']}"


def summary_line(summary: dict[str, Any]) -> str:
    """The figures of all customers in a sentence."""
    counts = summary["by_risk"]
    line = (
        f"{summary['customers']:,} {'customer' if summary['customers'] == 1 else 'customers'} scored: "
        f"{counts['high']:,} at high risk, "
        f"{counts['medium']:,} at medium, {counts['low']:,} at low."
    )
    if summary.get("revenue_at_risk") is not None:
        line += f" Revenue at risk: {summary['revenue_at_risk']:,.0f} a month{_range(summary)}."
    if summary.get("expected_saved_revenue"):
        line += f" The recommended actions are expected to save {summary['expected_saved_revenue']:,.0f} of it"
        line += f"{_contacts(summary)}."
    return line


def _range(summary: dict[str, Any]) -> str:
    low, high = summary.get("revenue_at_risk_low"), summary.get("revenue_at_risk_high")
    return "" if low is None or high is None else f" (between {low:,.0f} and {high:,.0f})"


def _contacts(summary: dict[str, Any]) -> str:
    plan = summary.get("contacts")
    if not plan:
        return ""
    return f", {plan['expected_saved_revenue']:,.0f} if the best {plan['contacts']:,} customers are contacted"


def mapping_table(mapping: dict[str, Any]) -> Table:
    """Each column of the file and what it is taken for, and what is computed from several."""
    tool = f", as {mapping['signature']['tool']} exports it" if mapping["signature"] else ""
    title = plain(f"Read as a {INDUSTRIES.get(mapping['industry'], mapping['industry'])} file{tool}")
    table = Table(title=title, title_justify="left")
    table.add_column("column of the file")
    table.add_column("taken for")
    table.add_column("sure", justify="right")
    table.add_column("why")
    for column in mapping["mappings"]:
        canonical = column["canonical"]
        table.add_row(
            plain(column["column"]),
            plain(canonical or "(kept as it is)"),
            f"{column['confidence']:.0f} %" if canonical else "",
            plain(column["evidence"]),
        )
    for derived in mapping["derived"]:
        table.add_row(
            plain(" + ".join(derived["columns"])),
            plain(f"{derived['canonical']} (worked out)"),
            f"{derived['confidence']:.0f} %",
            plain(derived["evidence"]),
        )
    return table


def question_sentence(question: dict[str, Any]) -> str:
    """A question, its candidates or options, and how to answer it on the command line."""
    canonical, sentence = question["canonical"], str(question["message"])
    absent = f', or --map "{canonical}=" if it is not in this file' if question.get("may_be_absent") else ""
    if question.get("kind") == "reading":
        options = "; ".join(f"{option['id']} ({option['meaning']})" for option in question["options"])
        return f'{sentence} The options are {options}. Answer with --read "{canonical}=OPTION"{absent}.'
    named = ", ".join(f'"{candidate["column"]}"' for candidate in question.get("candidates", []))
    if named:
        sentence += f" It might be {named}."
    return f'{sentence} Answer with --map "{canonical}=COLUMN"{absent}.'


def plain(text: object) -> Text:
    """Text without markup and without characters that steer a terminal."""
    shown = "" if text is None else str(text)
    return Text("".join(character for character in shown if character.isprintable() or character == "\n"))
