"""`python -m services.gateway.database upgrade`: brings the database's tables up to date."""

import argparse
import os
import sys

from libs.errors import RetainWiseError
from services.gateway.database.upgrading import upgrade

URL_VARIABLE = "RETAINWISE_GATEWAY_DATABASE_URL"


def main(arguments: list[str] | None = None) -> int:
    """Exit code 0, or 2 with one sentence on stderr."""
    parser = argparse.ArgumentParser(prog="python -m services.gateway.database", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    upgrading = commands.add_parser("upgrade", help="run the migrations that are not applied yet")
    upgrading.add_argument("--url", default=os.environ.get(URL_VARIABLE, ""), help=f"default: {URL_VARIABLE}")
    options = parser.parse_args(arguments)
    try:
        upgrade(options.url)
    except RetainWiseError as error:
        print(error.message, file=sys.stderr)
        return 2
    print("The database is up to date.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
