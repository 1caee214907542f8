"""The product at work: starts it, scores 7,043 real telecom customers and keeps serving; `make demo` runs it."""

import argparse
import os
import sys
import tempfile
import time
import webbrowser
from pathlib import Path

from rich.console import Console

from deploy.local import samples
from deploy.local.layout import PortTaken
from deploy.local.product import Product
from deploy.local.signals import StopSignals
from libs.client import output
from libs.client.http import RetainWise
from libs.errors import Internal, RetainWiseError
from libs.tables.columns import Industry

ROWS_SHOWN = 10


def main() -> int:
    """Exit code 0, or 1 with a sentence on stderr."""
    options = _options()
    signals = StopSignals()
    console = Console()
    try:
        begun = time.monotonic()
        with _product(options.data, options.port, console) as product:
            console.print(f"Started {len(product.processes)} processes in {time.monotonic() - begun:.1f} s.")
            _show(product, console)
            console.print(f"From process start to this table: {time.monotonic() - begun:.1f} s.")
            if options.exit:
                return 0
            signals.serving()
            console.print(f"RetainWise serves at {product.url}; try {product.url}/docs. Ctrl-C stops it.")
            if product.welcome_url:
                console.print(f"Make your account, once, at {product.welcome_url}", highlight=False, soft_wrap=True)
            if _on_a_desktop():
                webbrowser.open(product.welcome_url or product.url)
            console.print(f"Your token: {options.data / 'token'}; logs: {options.data / 'logs'}", highlight=False)
            signals.wait()
    except RetainWiseError as error:
        print(error.message, file=sys.stderr)  # noqa: T201 (the one sentence)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


def _show(product: Product, console: Console) -> None:
    """Scores the telecom file over HTTP, as a partner would, and prints the riskiest customers."""
    with tempfile.TemporaryDirectory() as folder, RetainWise(product.url, product.token) as service:
        file = Path(folder) / "telecom.csv"
        samples.write_telecom(file)
        console.print(
            "Scoring IBM's public telecom customers. They are the rows that the model was trained on, so look at how "
            "it explains; how well it does on strangers is on its model card."
        )
        begun = time.monotonic()
        with output.progress_bar() as bar:
            sent = service.upload(file, industry=Industry.TELECOM)
            prediction = service.wait(sent.id, progress=bar.seen)
        if prediction.status != "COMPLETED":
            raise Internal(f"the demo's file ended as {prediction.status}: {prediction.message}")
        seconds = time.monotonic() - begun
        console.print(output.customers_table(service.customers(prediction.id, page_size=ROWS_SHOWN)["customers"]))
        console.print(f"{output.summary_line(service.summary(prediction.id))} Upload to results: {seconds:.1f} s.")


def _on_a_desktop() -> bool:
    """Whether a browser would open a window: over ssh or in CI one might take the terminal instead."""
    windows = sys.platform == "darwin" or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
    return windows and sys.stdout.isatty() and not os.environ.get("SSH_CONNECTION")


def _product(data: Path, port: int, console: Console) -> Product:
    """The product, at a free port if the usual one is taken."""
    try:
        return Product(data, port=port)
    except PortTaken as error:
        console.print(f"{error.message}; taking a free one")
        return Product(data)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m deploy.local.demo", description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("data"), help="folder for everything the product keeps")
    parser.add_argument("--port", type=int, default=8000, help="port of the HTTP gateway")
    parser.add_argument("--exit", action="store_true", help="stop after the table")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
