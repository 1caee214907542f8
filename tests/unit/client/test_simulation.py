"""What `retainwise simulate` sends and prints."""

import json

import pytest

from libs.client import cli
from tests.unit.client.conftest import PREDICTION, SIMULATION, Gateway

ID = str(PREDICTION["id"])


@pytest.fixture(autouse=True)
def address(gateway: Gateway, monkeypatch: pytest.MonkeyPatch) -> None:
    """The environment names the small gateway."""
    monkeypatch.setenv("RETAINWISE_URL", gateway.url)
    monkeypatch.setenv("RETAINWISE_TOKEN", "secret")
    monkeypatch.setenv("COLUMNS", "160")


def run(*words: str) -> int:
    """The exit code of `retainwise WORDS`."""
    return cli.run(words)


def test_a_what_if_is_printed(gateway: Gateway, capsys: pytest.CaptureFixture[str]) -> None:
    """Before and after, revenue, what moved and why, and each reason; numbers go as numbers, words as words."""
    assert 0 == run("simulate", ID, "c/1", "--set", "contract=one year", "--set", "mrr = 9.5", "--set", "partner=no")
    printed = capsys.readouterr().out
    for part in (
        "goes from 81.0% (70.0% to 90.0%) to 54.0%.",
        "contract: not known -> one year",
        "partner: yes -> no (it goes along)",
        "81.00 -> 54.00",
        "contract is [bold]one year",
        "+18.2",
        "-5.0",
    ):
        assert part in printed
    (call,) = gateway.asked(f"POST /api/predictions/{ID}/customers/c%2F1/simulate")
    assert {"changes": {"contract": "one year", "mrr": 9.5, "partner": "no"}} == json.loads(call.body)


def test_without_a_change_it_says_what_could_be(gateway: Gateway, capsys: pytest.CaptureFixture[str]) -> None:
    """Each column with its value, and how far it may go."""
    still = {**SIMULATION, "moved": [], "before": SIMULATION["after"]}
    gateway.answers[f"POST /api/predictions/{ID}/customers/c%2F1/simulate"] = [(200, still)]
    assert 0 == run("simulate", ID, "c/1")
    printed = capsys.readouterr().out
    for part in ("chance of leaving is 54.0%", "1,234,567.5", "0 or more", "0 to 600", "no, yes", "any number"):
        assert part in printed
    assert "a month: 54.00\n" in printed


def test_a_what_if_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    """The API's answer as it stands."""
    assert 0 == run("simulate", ID, "c/1", "--json")
    assert SIMULATION == json.loads(capsys.readouterr().out)


@pytest.mark.parametrize("said", ["contract", "=5", "contract="])
def test_a_set_that_says_nothing_is_refused(said: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit code 2, and how it is written."""
    assert 2 == run("simulate", ID, "c/1", "--set", said)
    assert "--set" in capsys.readouterr().err
