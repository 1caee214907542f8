"""Starts the whole product on this machine and serves until told to stop: python -m deploy.local --data DIR."""

import argparse
import sys
import threading
from pathlib import Path

from deploy.local.product import Product
from deploy.local.signals import StopSignals
from libs.errors import InvalidInput, RetainWiseError


def main() -> int:
    """Exit code 0 after serving, 130 when stopped before, 2 for arguments that cannot work, 1 for faults of ours."""
    options = _options()
    signals = StopSignals()
    if options.with_stdin:
        threading.Thread(target=_stop_at_end_of_input, args=(signals,), daemon=True).start()
    log = None if options.quiet else sys.stderr
    try:
        with Product(options.data, port=options.port, workers=options.workers, log=log) as product:
            signals.serving()
            announce(product, options.data)
            signals.wait()
            print("stopping", file=sys.stderr)
    except RetainWiseError as error:
        print(error.message, file=sys.stderr)
        return 2 if isinstance(error, InvalidInput) else 1
    except KeyboardInterrupt:
        return 130
    return 0


def announce(product: Product, data: Path) -> None:
    """Says on stderr where everything is."""
    stages = ", ".join(f"{stage} {address}" for stage, address in product.addresses.items())
    print(f"RetainWise serves at {product.url}; the API is described at {product.url}/docs", file=sys.stderr)
    if product.welcome_url:
        print(f"Make your account, once, at {product.welcome_url}", file=sys.stderr)
    print(f"Your token is in {data / 'token'}. gRPC: {stages}", file=sys.stderr, flush=True)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m deploy.local", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder for everything the product keeps")
    parser.add_argument("--port", type=int, default=8000, help="port of the HTTP gateway; 0 takes free ports")
    parser.add_argument("--workers", type=int, default=1, help="number of worker processes")
    parser.add_argument("--quiet", action="store_true", help="write each process's output to DIR/logs/NAME.log")
    parser.add_argument("--with-stdin", action="store_true", help="stop when standard input ends")
    return parser.parse_args()


def _stop_at_end_of_input(signals: StopSignals) -> None:
    sys.stdin.buffer.read()
    signals.stop()


if __name__ == "__main__":
    sys.exit(main())
