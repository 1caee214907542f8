"""The command that makes a tenant, for whoever runs the service."""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from libs.errors import InvalidInput, RetainWiseError
from services.gateway.identity.addresses import printable_name
from services.gateway.parts import Tenants


def create(tenants: Tenants, name: str, token_file: Path | None) -> str:
    """Makes a tenant; what to print. The token goes to `token_file`, readable by its owner alone, or is printed.

    Raises InvalidInput for a bad name, or a token file that exists: another tenant's token may stand there.
    """
    name = printable_name(name, "a company")
    if token_file is None:
        return tenants.create(name)[1]
    try:
        # The file is claimed before the tenant is made, so no tenant is left behind whose token nobody has.
        descriptor = os.open(token_file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise InvalidInput(f"{token_file} exists; name a new file, or remove it first") from None
    except OSError as error:
        raise InvalidInput(f"{token_file} cannot be written: {error.strerror}") from error
    with os.fdopen(descriptor, "w") as file:
        tenant, token = tenants.create(name)
        file.write(token + "\n")
    return f"tenant {tenant.id} made; its token is in {token_file}"


def main(arguments: Sequence[str] | None = None) -> int:
    """`create NAME [--token-file PATH]`; 2 with one sentence on stderr for what cannot work."""
    parser = argparse.ArgumentParser(prog="python -m services.gateway.tenants", description="Tenants of this gateway.")
    making = parser.add_subparsers(required=True).add_parser("create", help="make a tenant and show its token once")
    making.add_argument("name", help="the company's name")
    making.add_argument("--token-file", type=Path, help="write the token here (0600) instead of printing it")
    chosen = parser.parse_args(arguments)
    try:
        sys.stdout.write(create(_store(), chosen.name, chosen.token_file) + "\n")
    except RetainWiseError as error:
        sys.stderr.write(error.message + "\n")
        return 2
    return 0


def _store() -> Tenants:
    # Imported here, so that `--help` works without the database's machinery.
    from services.gateway.database.engine import is_there, open_database
    from services.gateway.database.tenants import TenantTable
    from services.gateway.settings import Settings

    url = Settings().database_url
    if not is_there(url):
        raise InvalidInput(
            f"there is no database at {url}; say where yours is with RETAINWISE_GATEWAY_DATABASE_URL (the product on "
            "this machine keeps it as retainwise.db in its data folder), or make one there with "
            "`python -m services.gateway.database upgrade`"
        )
    return TenantTable(open_database(url))


if __name__ == "__main__":
    sys.exit(main())
