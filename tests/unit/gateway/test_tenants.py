"""The command that makes a tenant."""

import stat
from pathlib import Path

import pytest

from libs.errors import InvalidInput
from services.gateway import tenants
from services.gateway.database.engine import open_database
from services.gateway.database.keys import KeyTable
from services.gateway.database.links import LinkTable
from services.gateway.database.subscriptions import SubscriptionTable
from services.gateway.database.upgrading import upgrade
from services.gateway.domain import Tenant
from services.gateway.identity import secret
from services.gateway.identity.domain import Role
from services.gateway.plans.catalogue import PlanId


class Making:
    """Notes whom it made."""

    def __init__(self) -> None:
        self.made: list[str] = []

    def create(self, name: str, plan: PlanId = PlanId.ENTERPRISE) -> tuple[Tenant, str]:
        self.made.append(name)
        return Tenant("t2", name), "token-2"

    def rename(self, tenant_id: str, name: str) -> None:
        raise AssertionError("nobody asked for it")

    def all(self) -> list[Tenant]:
        return []


def test_create_gives_the_token_to_print() -> None:
    """Without a file the token itself is what is printed."""
    assert "token-2" == tenants.create(Making(), " Acme ", None)


def test_create_writes_the_token_for_its_owner_alone(tmp_path: Path) -> None:
    """With a file the token goes there, 0600, and not to the screen."""
    path = tmp_path / "token"
    printed = tenants.create(Making(), "Acme", path)
    assert "token-2\n" == path.read_text()
    assert 0o600 == stat.S_IMODE(path.stat().st_mode)
    assert "token-2" not in printed


def test_an_existing_token_file_is_kept_and_no_tenant_made(tmp_path: Path) -> None:
    """Another tenant's token may stand there."""
    path, known = tmp_path / "token", Making()
    path.write_text("another")
    with pytest.raises(InvalidInput, match="exists"):
        tenants.create(known, "Acme", path)
    assert ("another", []) == (path.read_text(), known.made)


def test_a_file_that_cannot_be_written_makes_no_tenant(tmp_path: Path) -> None:
    """A missing folder is said before the tenant is made."""
    known = Making()
    with pytest.raises(InvalidInput, match="cannot be written"):
        tenants.create(known, "Acme", tmp_path / "none" / "token")
    assert [] == known.made


@pytest.mark.parametrize("name", ["", "  ", "x" * 101, "a\nb", "a\x1b[31mb"])
def test_a_name_is_short_and_printable(name: str) -> None:
    """An empty, endless or terminal-steering name is refused."""
    with pytest.raises(InvalidInput):
        tenants.create(Making(), name, None)


def test_the_command_makes_a_tenant_whose_token_works(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`create NAME` prints a token that the database knows."""
    url = f"sqlite:///{tmp_path / 'retainwise.db'}"
    upgrade(url)
    monkeypatch.setenv("RETAINWISE_GATEWAY_DATABASE_URL", url)
    assert 0 == tenants.main(["create", "Acme"])
    token = capsys.readouterr().out.strip()
    assert "Acme" == KeyTable(open_database(url)).holder(token)[1].name


def test_the_command_says_what_cannot_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """One sentence on stderr and exit code 2."""
    monkeypatch.setenv("RETAINWISE_GATEWAY_DATABASE_URL", f"sqlite:///{tmp_path / 'empty.db'}")
    assert 2 == tenants.main(["create", "Acme"])
    assert "upgrade" in capsys.readouterr().err
    assert [] == list(tmp_path.iterdir())  # no empty database is left behind
    (tmp_path / "empty.db").touch()
    assert 2 == tenants.main(["create", "Acme"])
    assert "upgrade" in capsys.readouterr().err


def test_without_an_environment_the_command_says_what_it_wants(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The variable's name, and nothing made in the folder where it was run."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("RETAINWISE_GATEWAY_DATABASE_URL", raising=False)
    assert 2 == tenants.main(["create", "Acme"])
    assert "RETAINWISE_GATEWAY_DATABASE_URL" in capsys.readouterr().err
    assert [] == list(tmp_path.iterdir())


def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], url: str, *arguments: str) -> str:
    """What the command printed on a database."""
    monkeypatch.setenv("RETAINWISE_GATEWAY_DATABASE_URL", url)
    monkeypatch.setenv("RETAINWISE_GATEWAY_PUBLIC_URL", "https://app.example.com")
    code = tenants.main(arguments)
    said = capsys.readouterr()
    assert (0 if said.out else 2) == code
    return (said.out or said.err).strip()


def test_the_operator_lets_people_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A link that makes an owner of a tenant, and one that sets a forgotten password; unknown ones are told."""
    url = f"sqlite:///{tmp_path / 'retainwise.db'}"
    upgrade(url)
    run(monkeypatch, capsys, url, "create", "Acme")
    tenant_id, name = run(monkeypatch, capsys, url, "list").split(" ")
    assert "Acme" == name
    plans = SubscriptionTable(open_database(url))
    assert PlanId.ENTERPRISE is plans.of_tenant(tenant_id).plan_id
    assert "business" in run(monkeypatch, capsys, url, "plan", tenant_id, "business")
    assert PlanId.BUSINESS is plans.of_tenant(tenant_id).plan_id
    links = LinkTable(open_database(url))
    base, made = run(monkeypatch, capsys, url, "owner-link", tenant_id).split("#")
    assert "https://app.example.com/welcome" == base
    account, _ = links.redeem(secret.digest(made), email="ada@example.com", name="Ada", password_hash="h")
    assert Role.OWNER is account.role
    made = run(monkeypatch, capsys, url, "password-link", "Ada@example.com").partition("#")[2]
    assert account.id == links.find(secret.digest(made)).account_id
    assert "no tenant 'nobody'" in run(monkeypatch, capsys, url, "owner-link", "nobody")
    assert "nobody has an account" in run(monkeypatch, capsys, url, "password-link", "eve@example.com")
