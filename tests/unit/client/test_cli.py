"""The command's outputs and exit codes."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from libs.client import cli, local
from libs.client.http import RetainWise
from tests.unit.client.conftest import MAPPING, PREDICTION, QUESTION, REPORT, SUMMARY, Gateway, problem

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
    assert REPORT == json.loads(report.read_text())


def test_predict_prints_the_report(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Score, rows, what was worked out, what the checks saw, and what to do about it."""
    assert 0 == run("predict", file)
    printed = capsys.readouterr().out
    for part in (
        "Data quality 0.90 of 1: 120 rows read, 2 set aside, 15 folded into others, 5 left out (trial).",
        "cents to units: all end in 00",
        "costs accuracy",
        "2 are [bold]odd",
        "-0.10",
        "1. Export the price. (worth 0.10 of the score)",
        "Required, not in the file, and scored without: mrr.",
        "Would help, and is not in the file: seats_used.",
        "2. Check the seats. (could change the risk level of 1 customer)\n",
        "What the missing features cost, in AUC, as measured when the model was built: nps_score 0.004.",
        "Watch: 2 of 9 features are spread differently.",
        "Beside the model in use, version v2 was tried.",
        "Expected AUC 0.71.",
        "about 12 customers will leave, and 83% of the calls “leaves” or “stays” will be right",
    ):
        assert part in printed
    assert "nothing" not in printed


def test_predict_prints_the_revenue_and_what_contacts_would_save(
    file: Path, gateway: Gateway, capsys: pytest.CaptureFixture[str]
) -> None:
    """At risk with its range, and what the recommended actions would keep of it; with a budget, what that buys."""
    address = f"GET /api/predictions/{ID}/summary"
    gateway.answers[address] = [
        (200, {**SUMMARY, "contacts": {"budget": 200, "contacts": 150, "expected_saved_revenue": 4000.4, "curve": []}})
    ]
    assert 0 == run("predict", file, "--contacts", "200")
    assert ["200"] == gateway.asked(address)[0].query["contact_budget"]
    printed = " ".join(capsys.readouterr().out.split())
    assert "Revenue at risk: 12,346 a month (between 9,000 and 20,001)." in printed
    assert "expected to save 4,321 of it, 4,000 if the best 150 customers are contacted." in printed


@pytest.mark.parametrize("as_json", [False, True])
def test_train_says_what_came_of_it(
    file: Path, gateway: Gateway, capsys: pytest.CaptureFixture[str], as_json: bool
) -> None:
    """A sentence; with --json the report alone, so that a program can read it."""
    report = {"outcome": "better", "sentence": "Worth using: it ranks better.", "version": "v1"}
    training = {"id": ID, "status": "COMPLETED", "message": "Model v1 was trained", "questions": [], "error": None}
    training |= {"current_pass": "train", "rows_done": 1, "rows_total": 1, "report": report}
    gateway.answers["POST /api/models"] = [(202, {**training, "status": "QUEUED"})]
    gateway.answers[f"GET /api/trainings/{ID}"] = [(200, training)]
    options = ("--horizon-days", "60", "--only-make", *(["--json"] if as_json else []))
    assert 0 == run("train", file, *options)
    printed = capsys.readouterr()
    assert "" == printed.err
    assert report == json.loads(printed.out) if as_json else "Model v1 was trained" in printed.out
    query = gateway.asked("POST /api/models")[0].query
    assert (["60"], ["never"]) == (query["horizon_days"], query["promote"])


@pytest.mark.parametrize(("version", "said"), [("v1", "Model v1"), (None, "RetainWise's own model")])
def test_going_back_says_what_is_in_use_then(
    gateway: Gateway, capsys: pytest.CaptureFixture[str], version: str | None, said: str
) -> None:
    """An own model by its name, the baseline by what it is."""
    change = {"industry": "saas", "version": version, "previous": "v2", "at": None, "by": None, "rollback": True}
    gateway.answers["POST /api/models/rollback"] = [(200, change)]
    assert 0 == run("models", "rollback")
    assert f"{said} is in use for saas from now on, instead of v2" in " ".join(capsys.readouterr().out.split())


def test_a_shadow_is_named_listed_and_taken_back(gateway: Gateway, capsys: pytest.CaptureFixture[str]) -> None:
    """Each says in a sentence with what new predictions are compared."""
    shadow = {"industry": "saas", "version": "v7", "own": False}
    address = "/api/models/shadows/saas"
    gateway.answers[f"PUT {address}"] = [(200, shadow)]
    gateway.answers[f"DELETE {address}"] = [(204, b"")]
    gateway.answers["GET /api/models"] = [(200, {"models": [], "history": [], "refused": [], "shadows": [shadow]})]
    for words in (("shadow", "baseline"), ("list",)):
        assert 0 == run("models", *words)
        printed = " ".join(capsys.readouterr().out.split())
        assert "New predictions for saas are compared with the baseline v7" in printed
    assert {"version": "baseline"} == json.loads(gateway.asked(f"PUT {address}")[0].body)
    assert 0 == run("models", "shadow", "none")
    assert "compared with no other model" in " ".join(capsys.readouterr().out.split())
    assert 1 == len(gateway.asked(f"DELETE {address}"))


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
    assert {"mrr": "Amount due", "nps_score": None} == json.loads(query["decisions"][0])


def test_readings_go_with_the_columns(file: Path, gateway: Gateway) -> None:
    """--read answers how a column is read, alone or beside --map."""
    options = ("--map", "mrr=Amount", "--read", "mrr=cents", "--read", "signup_date=day_first")
    assert 0 == run("predict", file, *options)
    assert {"mrr": {"column": "Amount", "answer": "cents"}, "signup_date": {"answer": "day_first"}} == json.loads(
        gateway.asked("POST /api/csv")[0].query["decisions"][0]
    )


@pytest.mark.parametrize("written", ["mrr=Amount due", "Amount due=mrr", " mrr = Amount due "])
def test_columns_may_be_named_in_either_order(file: Path, gateway: Gateway, written: str) -> None:
    """`--map` takes what is plain: one side is a known name."""
    assert 0 == run("predict", file, "--map", written, "--map", "country=industry", "--map", "a=b=plan_type")
    sent = json.loads(gateway.asked("POST /api/csv")[0].query["decisions"][0])
    assert {"mrr": "Amount due", "country": "industry", "plan_type": "a=b"} == sent


def test_map_takes_answers_and_an_encoding(file: Path, gateway: Gateway) -> None:
    """What `predict` can be told, `map` can be told, to see what would come of it."""
    assert 0 == run("map", file, "--map", "mrr=Amount", "--read", "mrr=cents", "--encoding", "cp1252")
    query = gateway.asked("POST /api/mapping/preview")[0].query
    assert {"mrr": {"column": "Amount", "answer": "cents"}} == json.loads(query["decisions"][0])
    assert ["cp1252"] == query["encoding"]


@pytest.mark.parametrize(
    ("during", "words"),
    [
        ("upload", "stopped before the file was wholly sent; nothing of it is scored\n"),
        ("wait", f"goes on with prediction {ID}, and `retainwise status` shows how it ends\n"),
    ],
)
def test_ctrl_c_says_what_becomes_of_the_job(
    file: Path,
    gateway: Gateway,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    during: str,
    words: str,
) -> None:
    """Exit code 130, and a sentence."""

    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(RetainWise, during, interrupted)
    assert 130 == run("predict", file)
    assert capsys.readouterr().err.endswith(words)


def test_ctrl_c_stops_what_was_started(
    file: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without an address nothing outlives the command, and it says so."""

    def interrupted() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(local, "running", interrupted)
    assert 130 == run("predict", file, "--url", "")
    assert capsys.readouterr().err.endswith("nothing of the file is kept\n")


def test_a_question_of_reading_names_its_options(
    file: Path, gateway: Gateway, capsys: pytest.CaptureFixture[str]
) -> None:
    """With what each means, and the way on."""
    question = {
        "canonical": "signup_date",
        "message": "Does the day come first in 'Signup'?",
        "kind": "reading",
        "options": [
            {"id": "day_first", "meaning": "3/4 is 3 April"},
            {"id": "month_first", "meaning": "3/4 is 4 March"},
        ],
        "may_be_absent": True,
    }
    waiting = {**PREDICTION, "status": "NEEDS_MAPPING", "questions": [question]}
    gateway.answers[f"GET /api/predictions/{ID}"] = [(200, waiting)]
    assert 2 == run("predict", file)
    expected = (
        "Does the day come first in 'Signup'? "
        "The options are day_first (3/4 is 3 April); month_first (3/4 is 4 March). "
        'Answer with --read "signup_date=OPTION", or --map "signup_date=" if it is not in this file.\n'
    )
    assert expected == capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("predict", "missing.csv"), "missing.csv cannot be read: No such file or directory"),
        (("predict", "."), ". is not a file; name one"),
        (("predict", "FILE", "--out", "results.xlsx"), "ends in neither .csv nor .parquet"),
        (("predict", "FILE", "--out", "no/such/folder/results.csv"), "name a file in a folder that exists"),
        (("predict", "FILE", "--map", "mrr"), "is not NAME=COLUMN"),
        (("predict", "FILE", "--read", "mrr"), "is not NAME=OPTION"),
        (("predict", "FILE", "--read", "mrr="), "says nothing"),
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


def test_an_empty_file_is_called_empty(tmp_path: Path, gateway: Gateway, capsys: pytest.CaptureFixture[str]) -> None:
    """In the words of whoever typed the command, before anything is sent."""
    empty = tmp_path / "empty.csv"
    empty.touch()
    assert 2 == run("predict", empty)
    assert "empty.csv is empty; name one with a header row and customers\n" in capsys.readouterr().err
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
    for part in (
        "plan_type",
        "97 %",
        "Shoe size",
        "kept as it is",
        "tenure_months (worked out)",
        "Which column is the revenue?",
    ):
        assert part in printed


def test_map_as_json_is_the_whole_answer(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A script gets the mapping as the API said it, untouched by the terminal's width."""
    assert 0 == run("map", file, "--json")
    assert MAPPING == json.loads(capsys.readouterr().out)


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
    mapping = MAPPING["mappings"][1] | {"column": "a\x1b[2Jb"}
    gateway.answers["POST /api/mapping/preview"] = [(200, {"mapping": MAPPING | {"mappings": [mapping]}})]
    assert 0 == run("map", file)
    assert "\x1b[2J" not in capsys.readouterr().out
