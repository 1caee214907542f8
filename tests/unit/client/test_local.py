"""A product for one job is started, found and stopped."""

import sys
import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest

from libs.client import cli, local
from libs.errors import Internal

Stand = Callable[[str], None]


@pytest.fixture
def stand_in(monkeypatch: pytest.MonkeyPatch) -> Stand:
    """Lets a few lines of Python stand in for the product; they know its data folder as `data`."""

    def use(text: str) -> None:
        def command(data: Path, port: int, *more: str) -> list[str]:
            setup = f"import pathlib, sys, time\ndata = pathlib.Path({str(data)!r})\n"
            return [sys.executable, "-c", setup + textwrap.dedent(text)]

        monkeypatch.setattr(local, "command", command)

    return use


def test_address_and_token_are_found(stand_in: Stand) -> None:
    """They are read once the product has written the address, and the folder is gone afterwards."""
    stand_in("""
        (data / "token").write_text("secret\\n")
        (data / "folder").write_text("")
        (data / "url").write_text("http://127.0.0.1:9\\n")
        sys.stdin.read()
    """)
    with local.running() as found:
        assert ("http://127.0.0.1:9", "secret") == found


def test_a_product_that_does_not_start_is_quoted(stand_in: Stand) -> None:
    """Its own words are in the error, and nobody waits for it."""
    stand_in("sys.exit('the disk is full')")
    with pytest.raises(Internal, match="did not start on this machine: the disk is full"), local.running():
        raise AssertionError("there is nothing to use")


def test_a_product_that_will_not_stop_is_killed(stand_in: Stand, monkeypatch: pytest.MonkeyPatch) -> None:
    """The job's end does not wait for ever."""
    monkeypatch.setattr(local, "STOP_S", 0.2)
    stand_in("""
        (data / "token").write_text("secret")
        (data / "url").write_text("http://127.0.0.1:9")
        time.sleep(60)
    """)
    with local.running() as found:
        assert "secret" == found[1]


def test_up_becomes_the_product(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """`retainwise up` is replaced by `python -m deploy.local`, with the folder's full path."""
    lines: list[list[str]] = []
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("os.execv", lambda path, line: lines.append(line))
    assert 0 == cli.run(["up", "--data", "here", "--port", "0"])
    expected = ["deploy.local", "--data", str(tmp_path / "here"), "--port", "0", "--workers", "1"]
    assert [[sys.executable, "-m", *expected]] == lines
