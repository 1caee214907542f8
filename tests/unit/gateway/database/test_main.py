"""The command that migrates."""

from pathlib import Path

import pytest

from libs.errors import NotReady
from services.gateway.database.__main__ import URL_VARIABLE, main
from services.gateway.database.engine import open_database
from services.gateway.database.jobs import JobTable


def test_upgrade(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One command makes the folder, the file and its tables; before it the database says what is missing."""
    url = f"sqlite:///{tmp_path}/new folder/100%/retainwise.db"
    (tmp_path / "new folder/100%").mkdir(parents=True)
    jobs = JobTable(open_database(url))
    with pytest.raises(NotReady, match="database upgrade"):
        jobs.get("x")
    assert 0 == main(["upgrade", "--url", url])
    assert "up to date" in capsys.readouterr().out
    assert [] == list(jobs.unannounced(10))


def test_the_address_comes_from_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without --url the gateway's own setting counts."""
    monkeypatch.setenv(URL_VARIABLE, f"sqlite:///{tmp_path}/made/by.db")
    assert 0 == main(["upgrade"])
    assert (tmp_path / "made/by.db").exists()


def test_no_address(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Without any address: exit code 2 and one sentence."""
    monkeypatch.delenv(URL_VARIABLE, raising=False)
    assert 2 == main(["upgrade"])
    assert "sqlite:///file.db" in capsys.readouterr().err
