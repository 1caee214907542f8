"""What whoever runs the service does about tenants and their people, on the command line."""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from libs.errors import InvalidInput, NotFound, RetainWiseError
from services.gateway.database.accounts import AccountTable
from services.gateway.database.engine import Database, is_there, open_database
from services.gateway.database.links import LinkTable
from services.gateway.database.subscriptions import SubscriptionTable
from services.gateway.database.tenants import TenantTable
from services.gateway.identity import secret
from services.gateway.identity.addresses import printable_name
from services.gateway.identity.domain import Role
from services.gateway.identity.parts import PASSWORD_LINK_S
from services.gateway.parts import Tenants
from services.gateway.plans.catalogue import PlanId
from services.gateway.plans.domain import Subscription
from services.gateway.settings import Settings


def create(tenants: Tenants, name: str, token_file: Path | None, plan: PlanId = PlanId.ENTERPRISE) -> str:
    """Makes a tenant; what to print. The token goes to `token_file`, readable by its owner alone, or is printed.

    Raises InvalidInput for a bad name, or a token file that exists: another tenant's token may stand there.
    """
    name = printable_name(name, "a company")
    if token_file is None:
        return tenants.create(name, plan)[1]
    try:
        # The file is claimed before the tenant is made, so no tenant is left behind whose token nobody has.
        descriptor = os.open(token_file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise InvalidInput(f"{token_file} exists; name a new file, or remove it first") from None
    except OSError as error:
        raise InvalidInput(f"{token_file} cannot be written: {error.strerror}") from error
    with os.fdopen(descriptor, "w") as file:
        tenant, token = tenants.create(name, plan)
        file.write(token + "\n")
    return f"tenant {tenant.id} made; its token is in {token_file}"


def owner_link(database: Database, settings: Settings, tenant_id: str) -> str:
    """A one-time link that makes an owner of the tenant. Raises NotFound."""
    made = secret.new()
    links = LinkTable(database)
    links.offer(secret.digest(made), tenant_id, email=None, role=Role.OWNER, lasts_s=settings.invitation_s)
    return f"{settings.public_url}/welcome#{made}"


def password_link(database: Database, settings: Settings, email: str) -> str:
    """A one-time link that sets another password for the account with this address. Raises NotFound."""
    found = AccountTable(database).with_email(email.strip().lower())
    if found is None:
        raise NotFound("nobody has an account with this e-mail address")
    account, made = found[0], secret.new()
    LinkTable(database).offer(
        secret.digest(made),
        account.tenant_id,
        email=account.email,
        role=account.role,
        lasts_s=PASSWORD_LINK_S,
        account_id=account.id,
    )
    return f"{settings.public_url}/welcome#{made}"


def main(arguments: Sequence[str] | None = None) -> int:
    """What it printed last is all that it says; 2 with one sentence on stderr for what cannot work."""
    chosen = _parser().parse_args(arguments)
    try:
        sys.stdout.write(_answer(chosen) + "\n")
    except RetainWiseError as error:
        sys.stderr.write(error.message + "\n")
        return 2
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m services.gateway.tenants", description="Tenants of this gateway.")
    commands = parser.add_subparsers(dest="command", required=True)
    making = commands.add_parser("create", help="make a tenant and show its token once")
    making.add_argument("name", help="the company's name")
    making.add_argument("--token-file", type=Path, help="write the token here (0600) instead of printing it")
    making.add_argument("--plan", type=PlanId, default=PlanId.ENTERPRISE, choices=list(PlanId), help="its plan")
    changing = commands.add_parser("plan", help="give a tenant another plan")
    changing.add_argument("tenant_id", help="as `list` shows it")
    changing.add_argument("plan", type=PlanId, choices=list(PlanId))
    commands.add_parser("list", help="show the tenants' ids and names")
    owning = commands.add_parser("owner-link", help="show a one-time link that makes an owner of a tenant")
    owning.add_argument("tenant_id", help="as `list` shows it")
    forgetting = commands.add_parser("password-link", help="show a one-time link that sets someone's password anew")
    forgetting.add_argument("email", help="the address that the person signs in with")
    return parser


def _answer(chosen: argparse.Namespace) -> str:
    settings = Settings()
    database = _opened(settings.database_url)
    try:
        tenants = TenantTable(database)
        if chosen.command == "create":
            return create(tenants, chosen.name, chosen.token_file, chosen.plan)
        if chosen.command == "plan":
            SubscriptionTable(database).choose(chosen.tenant_id, Subscription(chosen.plan))
            return f"tenant {chosen.tenant_id} has the plan {chosen.plan}"
        if chosen.command == "list":
            return "\n".join(f"{tenant.id} {tenant.name}" for tenant in tenants.all())
        if chosen.command == "owner-link":
            return owner_link(database, settings, chosen.tenant_id)
        return password_link(database, settings, chosen.email)
    finally:
        database.close()


def _opened(url: str) -> Database:
    if not is_there(url):
        raise InvalidInput(
            f"there is no database at {url}; say where yours is with RETAINWISE_GATEWAY_DATABASE_URL (the product on "
            "this machine keeps it as retainwise.db in its data folder), or make one there with "
            "`python -m services.gateway.database upgrade`"
        )
    return open_database(url)


if __name__ == "__main__":
    sys.exit(main())
