"""A small gateway that answers as the real one does, for tests of its client."""

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

PREDICTION: dict[str, Any] = {
    "id": "0" * 32,
    "status": "COMPLETED",
    "filename": "customers.csv",
    "current_pass": "score",
    "rows_done": 2,
    "rows_total": 2,
    "message": "done",
    "questions": [],
    "error": None,
    "model_version": "v1",
    "created_at": "2026-05-31T00:00:00Z",
    "something_newer": True,
}

CUSTOMER: dict[str, Any] = {
    "customer_id": "c[bold]1",
    "churn_probability": 0.81,
    "risk_level": "high",
    "top_factors": [
        {"feature": "contract", "label": "contract is month-to-month", "direction": "increases", "impact": 0.182}
    ],
    "recommendation": "offer a year",
}

SUMMARY: dict[str, Any] = {
    "customers": 7043,
    "by_risk": {"high": 3, "medium": 40, "low": 7000},
    "revenue_at_risk": 12345.6,
    "revenue_at_risk_low": 9000.2,
    "revenue_at_risk_high": 20000.7,
    "expected_saved_revenue": 4321.0,
    "contacts": None,
}

MAPPING: dict[str, Any] = {
    "industry": "saas",
    "signature": None,
    "mappings": [
        {
            "column": "Plan",
            "canonical": "plan_type",
            "confidence": 97.0,
            "strategy": "alias",
            "evidence": "a known name",
            "derivation": None,
            "alternatives": [],
        },
        {
            "column": "Shoe size",
            "canonical": None,
            "confidence": 0,
            "strategy": "",
            "evidence": "",
            "derivation": {"canonical": "tenure_months", "rule": "months_since"},
            "alternatives": [],
        },
    ],
    "derived": [
        {
            "canonical": "tenure_months",
            "rule": "months_since",
            "columns": ["Shoe size"],
            "parameters": {},
            "confidence": 91.0,
            "evidence": "all cells are dates",
            "examples": [],
        }
    ],
    "questions": [{"canonical": "mrr", "message": "Which column is the revenue?", "candidates": []}],
    "missing_required": ["mrr"],
}

PREVIEW: dict[str, Any] = {"mapping": MAPPING, "plan": {}, "questions": [], "profile": {}}

SIMULATION: dict[str, Any] = {
    "customer_id": "c/1",
    "before": {
        "churn_probability": 0.81,
        "probability_low": 0.7,
        "probability_high": 0.9,
        "risk_level": "high",
        "monthly_revenue": 100.0,
        "revenue_at_risk": 81.0,
    },
    "after": {
        "churn_probability": 0.54,
        "probability_low": None,
        "probability_high": None,
        "risk_level": "medium",
        "monthly_revenue": 100.0,
        "revenue_at_risk": 54.0,
    },
    "base_probability": 0.27,
    "impacts": [
        {"feature": "contract", "label": "contract is [bold]one year", "impact_before": 0.182, "impact": -0.05},
    ],
    "moved": [
        {"column": "contract", "before": None, "after": "one year", "because": ""},
        {"column": "partner", "before": True, "after": False, "because": "it goes along"},
    ],
    "levers": [
        {
            "column": "mrr",
            "current": 1234567.5,
            "minimum": 0.0,
            "maximum": None,
            "choices": [],
            "actionable": True,
        },
        {
            "column": "tenure_months",
            "current": 12.0,
            "minimum": 0.0,
            "maximum": 600.0,
            "choices": [],
            "actionable": False,
        },
        {
            "column": "partner",
            "current": False,
            "minimum": None,
            "maximum": None,
            "choices": ["no", "yes"],
            "actionable": False,
        },
        {
            "column": "extra.Beds",
            "current": None,
            "minimum": None,
            "maximum": None,
            "choices": [],
            "actionable": False,
        },
    ],
}

REPORT: dict[str, Any] = {
    "score": 0.9,
    "rows": {"read": 120, "clean": 98, "quarantined": 2, "folded": 15, "left_out": [{"reason": "trial", "count": 5}]},
    "derivations": [{"canonical": "mrr", "rule": "cents_to_units", "columns": ["Amt"], "evidence": "all end in 00"}],
    "checks": [
        {"severity": "warning", "passed": False, "message": "2 are [bold]odd", "count": 2, "cost": 0.1},
        {"severity": "info", "passed": True, "message": "nothing", "count": 0, "cost": 0},
    ],
    "suggestions": [
        {"message": "Export the price.", "worth": 0.1, "columns": ["mrr"]},
        {"message": "Check the seats.", "worth": 0.0004, "columns": ["nps_score"], "levels_changed": 1},
    ],
    "missing_required": ["mrr"],
    "missing_optional": ["seats_used", "nps_score"],
    "predictions": {
        "estimated_accuracy": {"right_share": 0.83, "leavers": 12.4, "top_tenth_share": 0.3, "auc": 0.71},
        "missing_costs": [{"feature": "nps_score", "auc": 0.0042}],
        "drift": {"alert": "watch", "sentence": "2 of 9 features are spread differently."},
        "shadow": {"sentence": "Beside the model in use, version v2 was tried."},
    },
}

QUESTION = {
    "canonical": "mrr",
    "message": "Which column is the monthly recurring revenue?",
    "candidates": [{"column": "Amount due", "confidence": 55}],
    "may_be_absent": True,
}


@dataclass
class Call:
    """One request as it arrived."""

    method: str
    path: str
    query: dict[str, list[str]]
    headers: dict[str, str]
    body: bytes


@dataclass
class Gateway:
    """What it answers, by "METHOD path", and what it was asked. A list is answered in turn, its last for ever."""

    url: str = ""
    calls: list[Call] = field(default_factory=list)
    answers: dict[str, list[tuple[int, Any]]] = field(
        default_factory=lambda: {
            "POST /api/csv": [(202, {**PREDICTION, "status": "QUEUED"})],
            "POST /api/mapping/preview": [(200, PREVIEW)],
            f"GET /api/predictions/{PREDICTION['id']}": [
                (200, {**PREDICTION, "status": "PROCESSING"}),
                (200, PREDICTION),
            ],
            f"GET /api/predictions/{PREDICTION['id']}/customers": [(200, {"customers": [CUSTOMER], "total": 1})],
            f"GET /api/predictions/{PREDICTION['id']}/summary": [(200, SUMMARY)],
            f"GET /api/predictions/{PREDICTION['id']}/report": [(200, REPORT)],
            f"GET /api/predictions/{PREDICTION['id']}/export": [(200, b"customer_id\nc1\n")],
            f"GET /api/predictions/{PREDICTION['id']}/results.parquet": [(200, b"PAR1")],
            f"PUT /api/predictions/{PREDICTION['id']}/mapping": [(202, {**PREDICTION, "status": "QUEUED"})],
            "GET /api/predictions/": [(200, {"predictions": [PREDICTION], "next": None})],
            f"POST /api/predictions/{PREDICTION['id']}/customers/c%2F1/simulate": [(200, SIMULATION)],
            f"GET /api/predictions/{PREDICTION['id']}/customers/c%2F1": [(200, CUSTOMER)],
            "GET /readyz": [(200, {"ready": True, "parts": {"database": True}})],
        }
    )

    def asked(self, key: str) -> list[Call]:
        """The requests to "METHOD path"."""
        return [call for call in self.calls if f"{call.method} {call.path}" == key]


def problem(kind: str, status: int, detail: str) -> tuple[int, Any]:
    """An answer as the gateway dresses an error."""
    return status, {"type": f"/problems/{kind}", "status": status, "detail": detail, "request_id": "r1"}


@pytest.fixture
def gateway() -> Iterator[Gateway]:
    """A gateway on a free port of the loopback."""
    answers = Gateway()

    class Handler(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            path = urlsplit(self.path)
            body = self.rfile.read(int(self.headers.get("content-length", "0")))
            headers = {name.lower(): value for name, value in self.headers.items()}
            answers.calls.append(Call(self.command, path.path, parse_qs(path.query), headers, body))
            turns = answers.answers.get(f"{self.command} {path.path}", [problem("not-found", 404, "nothing here")])
            status, content = turns.pop(0) if len(turns) > 1 else turns[0]
            data = content if isinstance(content, bytes) else json.dumps(content).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        do_GET = do_POST = do_PUT = do_DELETE = _answer  # noqa: N815 (the library's names)

        def log_message(self, format: str, *args: Any) -> None:
            """Keeps the test's output clean."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    answers.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield answers
    server.shutdown()
    thread.join()
    server.server_close()
