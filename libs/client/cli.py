"""The `retainwise` command: start the product, predict a file, see how its columns are read, look at the service."""

import json
import os
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from typer.exceptions import TyperException

from libs.client import local, output
from libs.client.files import OutputFormat, output_format, readable, writable
from libs.client.http import RetainWise
from libs.client.models import Models
from libs.client.quality import report_parts
from libs.client.said import changes, decisions
from libs.client.simulation import simulation_parts
from libs.client.under_way import Stopped, completed, over, service_at, told_when_stopped
from libs.errors import (
    Conflict,
    Forbidden,
    Internal,
    InvalidInput,
    NotFound,
    PlanLimit,
    RetainWiseError,
    TooLarge,
    Unauthenticated,
    kind_of,
)
from libs.tables.columns import Industry

CALLERS_FAULTS = (InvalidInput, Unauthenticated, Forbidden, NotFound, Conflict, TooLarge, PlanLimit)
"""Kinds that only the person at the keyboard can mend: exit code 2. All others are ours: 1."""

STOPPED = 130
"""The exit code after Ctrl-C, as shells have it."""

DEFAULT_URL = "http://127.0.0.1:8000"
RISKIEST = 10

app = typer.Typer(
    add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False, help="Who is about to leave, and why."
)

Url = Annotated[str, typer.Option(envvar="RETAINWISE_URL", help="Address of a running RetainWise.")]
Token = Annotated[str, typer.Option(envvar="RETAINWISE_TOKEN", help="Your token there.")]
InputFile = Annotated[Path, typer.Argument(help="The file, as your billing or CRM tool exports it.")]
MapOption = Annotated[
    list[str] | None,
    typer.Option("--map", metavar="NAME=COLUMN", help='Which column one is: "mrr=Amount due"; "mrr=" for none.'),
]
ReadOption = Annotated[
    list[str] | None,
    typer.Option("--read", metavar="NAME=OPTION", help='How a column is read, where that is asked: "mrr=cents".'),
]
EncodingOption = Annotated[
    str | None, typer.Option(help="The file's character encoding, where letters look wrong: windows-1252.")
]
IndustryOption = Annotated[Industry | None, typer.Option(help="Found from the columns if not said.")]


@app.command()
def up(
    data: Annotated[Path, typer.Option(help="Folder for everything the product keeps.")] = Path("retainwise-data"),
    port: Annotated[int, typer.Option(help="Port of the HTTP API; 0 takes a free one.")] = 8000,
    workers: Annotated[int, typer.Option(min=1, help="How many files are worked on at once.")] = 1,
) -> None:
    """Start the product on this machine and serve until Ctrl-C. Your token is written to DATA/token."""
    line = local.command(data, port, "--workers", str(workers))
    os.chdir(local.ROOT)
    os.execv(line[0], line)


@app.command()
def predict(
    file: InputFile,
    industry: IndustryOption = None,
    snapshot_date: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], metavar="YYYY-MM-DD", help="The day the file describes; today if not said."),
    ] = None,
    churn_rate: Annotated[
        float | None, typer.Option(help="Share of customers that left in the last 30 days, such as 0.03.")
    ] = None,
    out: Annotated[Path | None, typer.Option(help="Write all results here: results.csv or results.parquet.")] = None,
    report: Annotated[Path | None, typer.Option(help="Write the data quality report here, as JSON.")] = None,
    contacts: Annotated[
        int | None,
        typer.Option(min=1, help="How many customers you can contact: what would the best of them save?"),
    ] = None,
    map_: MapOption = None,
    read: ReadOption = None,
    encoding: EncodingOption = None,
    url: Url = "",
    token: Token = "",
) -> None:
    """Score the customers in FILE, with reasons. Without an address the product is started for this one job."""
    readable(file)
    form = output_format(out)
    for target in filter(None, (out, report)):
        writable(target)
    mapping = decisions(map_ or [], read or [])
    day = snapshot_date.date() if snapshot_date else None
    with told_when_stopped(url) as under_way, output.progress_bar() as bar, service_at(url, token, bar) as service:
        size = max(1, file.stat().st_size)
        sent = service.upload(
            file,
            industry=industry,
            snapshot_date=day,
            churn_rate=churn_rate,
            mapping=mapping,
            encoding=encoding,
            progress=lambda done: bar.sent(done, size),
        )
        under_way.append(sent.id)
        prediction = completed(service.wait(sent.id, progress=bar.seen))
        if out and form is OutputFormat.CSV:
            service.export(prediction.id, out)
        elif out:
            service.results(prediction.id, out)
        quality = service.report(prediction.id)
        if report:
            report.write_text(json.dumps(quality, indent=2, ensure_ascii=False) + "\n")
        riskiest = service.customers(prediction.id, page_size=RISKIEST)["customers"]
        summary = service.summary(prediction.id, contacts)
    console = Console()
    console.print(output.customers_table(riskiest))
    console.print(output.summary_line(summary), highlight=False)
    for part in report_parts(quality):
        console.print(part, highlight=False)
    for written in filter(None, (out, report)):
        console.print(f"Written: {written}", highlight=False, markup=False)


@app.command()
def simulate(
    prediction: Annotated[str, typer.Argument(help="The prediction's id; `retainwise status` shows it.")],
    customer: Annotated[str, typer.Argument(help="The customer's id, as in the file.")],
    set_: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="NAME=VALUE", help='What is to be other than it is: "support_tickets=0".'),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the whole answer as JSON.")] = False,
    url: Url = DEFAULT_URL,
    token: Token = "",
) -> None:
    """Ask what if, of one customer of a prediction; without --set, say why it is as it is and what could be changed."""
    with RetainWise(url, token) as service:
        answer = service.simulate(prediction, customer, changes(set_ or []))
    console = Console()
    if as_json:
        console.out(json.dumps(answer, indent=2, ensure_ascii=False), highlight=False)
        return
    for part in simulation_parts(answer):
        console.print(part, highlight=False)


@app.command()
def train(
    file: InputFile,
    industry: IndustryOption = None,
    horizon_days: Annotated[
        int | None, typer.Option(help="Days within which those marked as gone have left; 30 if not said.")
    ] = None,
    only_make: Annotated[bool, typer.Option("--only-make", help="Do not put it to use, even if it is better.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the report (docs/model-report-json.md).")] = False,
    map_: MapOption = None,
    read: ReadOption = None,
    encoding: EncodingOption = None,
    url: Url = "",
    token: Token = "",
) -> None:
    """Learn your own model from FILE, which says of each customer whether it has left. Put to use if it is better."""
    readable(file)
    said = {
        "filename": file.name,
        "industry": industry.value if industry else "",
        "horizon_days": str(horizon_days or ""),
        "promote": "never" if only_make else "",
        "decisions": json.dumps(decisions(map_ or [], read or [])),
        "encoding": encoding or "",
    }
    with told_when_stopped(url) as under_way, output.progress_bar() as bar, service_at(url, token, bar) as service:
        models, size = Models(service), max(1, file.stat().st_size)
        sent = models.train(file, {k: v for k, v in said.items() if v}, progress=lambda done: bar.sent(done, size))
        under_way.append(sent["id"])
        training = models.wait(sent["id"], progress=bar.training_seen)
        over(training["status"], training["message"], training["questions"], training["error"])
    console = Console()
    if as_json:
        console.out(json.dumps(training["report"], indent=2, ensure_ascii=False), highlight=False)
        return
    console.print(output.plain(training["message"]))


models_app = typer.Typer(no_args_is_help=True, help="Your own models: list them, use one, go back, compare.")
app.add_typer(models_app, name="models")


@models_app.command("list")
def list_models(url: Url = DEFAULT_URL, token: Token = "") -> None:
    """Show your models with their figures, the one in use marked, and what predictions are compared with."""
    with RetainWise(url, token) as service:
        listed = Models(service).list()
    console = Console()
    console.print(output.models_table(listed["models"]))
    for shadow in listed.get("shadows", ()):
        console.print(output.plain(output.shadow_sentence(shadow)))


@models_app.command("promote")
def promote_model(version: str, url: Url = DEFAULT_URL, token: Token = "") -> None:
    """Put the model VERSION to use for new predictions."""
    with RetainWise(url, token) as service:
        change = Models(service).promote(version)
    Console().print(output.plain(output.change_sentence(change)))


@models_app.command("rollback")
def roll_back_model(industry: IndustryOption = None, url: Url = DEFAULT_URL, token: Token = "") -> None:
    """Go back to the model that was in use before; from the first of your own, to RetainWise's."""
    with RetainWise(url, token) as service:
        change = Models(service).roll_back(industry.value if industry else None)
    Console().print(output.plain(output.change_sentence(change)))


@models_app.command("shadow")
def shadow_model(
    version: Annotated[str, typer.Argument(help='One of your models, or "baseline"; "none" to compare no more.')],
    industry: Annotated[Industry, typer.Option(help="Of which files.")] = Industry.SAAS,
    url: Url = DEFAULT_URL,
    token: Token = "",
) -> None:
    """Score new predictions with the model VERSION too: the report says how far it disagrees, nothing else changes."""
    with RetainWise(url, token) as service:
        if version == "none":
            Models(service).unshadow(industry.value)
            Console().print(output.plain(f"New predictions for {industry.value} are compared with no other model"))
            return
        shadow = Models(service).shadow(industry.value, version)
    Console().print(output.plain(output.shadow_sentence(shadow)))


@app.command("map")
def map_columns(
    file: InputFile,
    industry: IndustryOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print it as JSON (docs/map-json.md).")] = False,
    map_: MapOption = None,
    read: ReadOption = None,
    encoding: EncodingOption = None,
    url: Url = "",
    token: Token = "",
) -> None:
    """Show what the columns of FILE would be taken for, and what a person would have to say. Predicts nothing."""
    readable(file)
    mapping = decisions(map_ or [], read or [])
    with output.progress_bar() as bar, service_at(url, token, bar) as service:
        preview = service.preview(file, industry=industry, mapping=mapping, encoding=encoding)
    console = Console()
    if as_json:
        console.out(json.dumps(preview["mapping"], indent=2, ensure_ascii=False), highlight=False)
        return
    console.print(output.mapping_table(preview["mapping"]))
    for question in preview["mapping"]["questions"]:
        console.print(output.plain(output.question_sentence(question)))


@app.command()
def status(url: Url = DEFAULT_URL, token: Token = "") -> None:
    """Say whether the service is ready, and with a token what became of the last predictions."""
    console = Console()
    with RetainWise(url, token) as service:
        parts = service.ready()
        for name, ready in parts.items():
            console.print(f"{name:<12} {'ready' if ready else 'does not answer'}", highlight=False)
        if token:
            for prediction in service.predictions(limit=RISKIEST):
                line = f"{prediction.id} {prediction.status:<13} {prediction.filename}: {prediction.message}"
                console.print(output.plain(line))
    if not all(parts.values()):
        missing = ", ".join(name for name, ready in parts.items() if not ready)
        raise Internal(f"RetainWise at {url} is not ready: {missing} does not answer")


def main() -> None:
    """Runs the command. Exit code 0, 2 with a sentence for what the caller can mend, 1 for our own failures."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """The command's exit code; what went wrong is one sentence on stderr."""
    try:
        code: int = app(arguments, prog_name="retainwise", standalone_mode=False) or 0
        # typer answers Ctrl-C with the code alone.
        return _failed("stopped", STOPPED) if code == STOPPED else code
    except TyperException as error:
        return _failed(error.format_message(), error.exit_code)
    except RetainWiseError as error:
        return _failed(error.message, 2 if issubclass(kind_of(error), CALLERS_FAULTS) else 1)
    except OSError as error:
        return _failed(f"{error.filename or 'this machine'}: {error.strerror or error}", 1)
    except Stopped as stop:
        return _failed(str(stop), STOPPED)
    except (KeyboardInterrupt, typer.Abort):
        return _failed("stopped", STOPPED)


def _failed(sentence: str, code: int) -> int:
    print(sentence, file=sys.stderr)  # noqa: T201 (the one sentence)
    return code
