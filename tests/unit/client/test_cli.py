"""The command's outputs and exit codes."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from libs.client import cli
from tests.unit.client.conftest import PREDICTION, PREVIEW, QUESTION, Gateway, problem

ID = str(PREDICTION["id"])


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file to predict."""
    path = tmp_path / "customers.csv"
    path.write_bytes(b"id,mrr\n1,10\n")
    return path


@pytest.fixture(autouse=True)
def address(gateway: Gateway, monkeypatch: pytest.MonkeyPatch) -> None:
    """The environment names the small gateway."""
    monkeypatch.setenv("RETAINWISE_URL", gateway.url)
    monkeypatch.setenv("RETAINWISE_TOKEN", "secret")
    monkeypatch.setenv("COLUMNS", "160")


def run(*arguments: object) -> int:
    """The exit code of `retainwise ARGUMENTS`."""
    words: Sequence[str] = [str(argument) for argument in arguments]
    return cli.run(words)


def test_predict_prints_the_riskiest_and_writes_what_was_asked(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Customers with reasons on stdout, results and report in files, nothing on a piped stderr."""
    out, report = tmp_path / "results.csv", tmp_path / "report.json"
    assert 0 == run("predict", file, "--out", out, "--report", report)
    printed = capsys.readouterr()
    for part in ("c[bold]1", "81%", "high", "+18.2 points: contract is month-to-month", "offer a year", "7,043"):
        assert part in printed.out
    assert "" == printed.err
    assert b"customer_id\nc1\n" == out.read_bytes()
    assert {"score": 0.9} == json.loads(report.read_text())


def test_the_ending_of_out_decides_the_format(file: Path, tmp_path: Path) -> None:
    """.parquet takes the results as they lie in the store."""
    assert 0 == run("predict", file, "--out", tmp_path / "results.parquet")
    assert b"PAR1" == (tmp_path / "results.parquet").read_bytes()


def test_options_reach_the_upload(file: Path, gateway: Gateway) -> None:
    """Industry, date, rate and columns are sent with the file."""
    options = ("--industry", "telecom", "--snapshot-date", "2026-05-31", "--churn-rate", "0.03")
    assert 0 == run("predict", file, *options, "--map", "mrr=Amount due", "--map", "nps_score=")
    query = gateway.asked("POST /api/csv")[0].query
    assert (["telecom"], ["2026-05-31"], ["0.03"]) == (
        query["industry"],
        query["snapshot_date"],
        query["churn_rate"],
    )
    assert {"mrr": "Amount due", "nps_score": None} == json.loads(query["mapping"][0])


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("predict", "missing.csv"), "missing.csv cannot be read: No such file or directory"),
        (("predict", "."), ". is not a file; name one"),
        (("predict", "FILE", "--out", "results.xlsx"), "ends in neither .csv nor .parquet"),
        (("predict", "FILE", "--out", "no/such/folder/results.csv"), "name a file in a folder that exists"),
        (("predict", "FILE", "--map", "mrr"), "is not NAME=COLUMN"),
        (("predict", "FILE", "--snapshot-date", "31.5.2026"), "31.5.2026"),
        (("predict", "FILE", "--token", ""), "wants a token"),
        (("predict",), "Missing argument"),
    ],
)
def test_what_cannot_work_is_one_sentence(
    arguments: tuple[str, ...], sentence: str, file: Path, gateway: Gateway, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit code 2 before anything is sent, and what would work on stderr."""
    assert 2 == run(*(file if argument == "FILE" else argument for argument in arguments))
    printed = capsys.readouterr().err
    assert sentence in printed
    assert 1 == len(printed.splitlines())
    assert [] == gateway.calls


def test_a_question_is_the_sentence(file: Path, gateway: Gateway, capsys: pytest.CaptureFixture[str]) -> None:
    """NEEDS_MAPPING ends with 2, the question, its candidates and how to answer."""
    gateway.answers[f"GET /api/predictions/{ID}"] = [
        (200, {**PREDICTION, "status": "NEEDS_MAPPING", "questions": [QUESTION]})
    ]
    assert 2 == run("predict", file)
    expected = (
        'Which column is the monthly recurring revenue? It might be "Amount due". '
        'Answer with --map "mrr=COLUMN", or --map "mrr=" if it is not in this file.\n'
    )
    assert expected == capsys.readouterr().err


@pytest.mark.parametrize(("kind", "code"), [("InvalidInput", 2), ("TooLarge", 2), ("Internal", 1), ("Unavailable", 1)])
def test_a_failure_says_whose_it_is(
    kind: str, code: int, file: Path, gateway: Gateway, capsys: pytest.CaptureFixture[str]
) -> None:
    """A failed prediction ends with 2 where the file is at fault, and with 1 where we are."""
    error = {"kind": kind, "code": kind, "message": "it did not work"}
    gateway.answers[f"GET /api/predictions/{ID}"] = [(200, {**PREDICTION, "status": "FAILED", "error": error})]
    assert code == run("predict", file)
    assert "it did not work\n" == capsys.readouterr().err


def test_a_refused_token_is_the_callers(file: Path, gateway: Gateway) -> None:
    """An answer of 401 is nothing that we can mend."""
    gateway.answers["POST /api/csv"] = [problem("unauthenticated", 401, "this is no token of ours")]
    assert 2 == run("predict", file)


def test_nobody_there_is_ours(file: Path) -> None:
    """A service that does not run ends with 1."""
    assert 1 == run("status", "--url", "http://127.0.0.1:1")


def test_map_shows_columns_and_questions(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each column with what it is taken for, and the questions below; a question is no failure here."""
    assert 0 == run("map", file)
    printed = capsys.readouterr().out
    for part in ("plan_type", "97 %", "Shoe size", "kept as it is", "Which column is the revenue?"):
        assert part in printed


def test_map_as_json_is_the_whole_answer(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A script gets what the API said, untouched by the terminal's width."""
    assert 0 == run("map", file, "--json")
    assert PREVIEW == json.loads(capsys.readouterr().out)


def test_status_names_parts_and_predictions(gateway: Gateway, capsys: pytest.CaptureFixture[str]) -> None:
    """Ready parts and the last predictions; a part that does not answer ends with 1."""
    assert 0 == run("status")
    printed = capsys.readouterr().out
    assert "database     ready" in printed
    assert "COMPLETED     customers.csv: done" in printed
    gateway.answers["GET /readyz"] = [(503, {"ready": False, "parts": {"database": True, "scoring": False}})]
    assert 1 == run("status")
    assert "is not ready: scoring does not answer" in capsys.readouterr().err


def test_control_characters_of_a_file_do_not_reach_the_terminal(
    file: Path, gateway: Gateway, capsys: pytest.CaptureFixture[str]
) -> None:
    """A column's name cannot clear the screen or pretend to be ours."""
    mapping = {"column": "a\x1b[2Jb", "canonical": "", "confidence": 0, "evidence": ""}
    gateway.answers["POST /api/mapping/preview"] = [
        (200, {"plan": {"industry": "saas", "mappings": [mapping]}, "questions": []})
    ]
    assert 0 == run("map", file)
    assert "\x1b[2J" not in capsys.readouterr().out
