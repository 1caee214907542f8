"""The Python client of the HTTP API: upload a file, wait, read customers, report and results.

with RetainWise("http://127.0.0.1:8000", token) as service:
    prediction = service.wait(service.upload(Path("customers.csv")).id)
    for customer in service.customers(prediction.id)["customers"]:
        print(customer["customer_id"], customer["churn_probability"], customer["top_risk_factor"])
"""

import json
import re
import time
import uuid
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import quote

import httpx

from libs.client.problems import raised, unreachable
from libs.client.sending import CHUNK_BYTES, head, pieces
from libs.errors import OutOfTime, RetainWiseError, Unauthenticated

UPLOAD_TRIES = 3
Said = str | Mapping[str, str | None] | None
"""What a person says of a canonical column: the file's column, None for "not in this file", {"answer": option}."""

OVER = ("COMPLETED", "FAILED", "NEEDS_MAPPING", "NEEDS_PLAN")


@dataclass(frozen=True)
class Prediction:
    """One uploaded file and where it stands.

    status: QUEUED, PROCESSING, NEEDS_MAPPING (see questions), NEEDS_PLAN (see message), COMPLETED, FAILED (see error).
    current_pass: understand, prepare or score. rows_done: rows through it; rows_total: None until known.
    message: where it stands, in a sentence.
    error: kind, code and message of a failure.
    """

    id: str
    status: str
    filename: str
    current_pass: str
    rows_done: int
    rows_total: int | None
    message: str
    questions: list[dict[str, Any]]
    error: dict[str, str] | None
    model_version: str | None
    created_at: str

    @classmethod
    def of(cls, body: Mapping[str, Any]) -> Self:
        """From the API's JSON; fields that this client does not know are passed over."""
        return cls(**{field.name: body[field.name] for field in fields(cls)})

    @property
    def is_over(self) -> bool:
        """Whether it will not move without a person."""
        return self.status in OVER


class RetainWise:
    """A RetainWise service at `url`, seen by the tenant whose `token` this is. Also a context manager.

    Every method raises the kinds of libs.errors, as the service sent them; Unavailable when it cannot be reached.
    timeout_s: without an answer, or a piece of it.
    """

    def __init__(
        self, url: str, token: str, *, timeout_s: float = 60, transport: httpx.BaseTransport | None = None
    ) -> None:
        if not re.fullmatch(r"[\x21-\x7e]*", token):
            raise Unauthenticated("this is no token of RetainWise: tokens hold no spaces, line ends or accents")
        with unreachable(url):
            self._http = httpx.Client(
                base_url=url, headers={"Authorization": f"Bearer {token}"}, timeout=timeout_s, transport=transport
            )

    def upload(
        self,
        file: Path,
        *,
        industry: str | None = None,
        snapshot_date: date | None = None,
        churn_rate: float | None = None,
        mapping: Mapping[str, Said] | None = None,
        encoding: str | None = None,
        idempotency_key: str | None = None,
        progress: Callable[[int], None] = lambda sent: None,
    ) -> Prediction:
        """Sends the file as a stream and returns the prediction, QUEUED.

        industry: "saas" or "telecom"; None to have it found. snapshot_date: the day the file describes.
        churn_rate: 0-1 over 30 days. mapping: what columns are, as in `answer`. encoding: None to have it found.
        idempotency_key: sending again under the same key makes no second prediction; one is made up if not
            given, so that a broken connection can be tried again here.
        progress: called with the bytes sent so far.
        """
        key = idempotency_key or uuid.uuid4().hex
        query = _options(file, industry, snapshot_date, churn_rate, mapping, encoding)
        for tries_left in reversed(range(UPLOAD_TRIES)):
            try:
                return Prediction.of(self.send("/api/csv", file, query, key, progress))
            except RetainWiseError as error:
                if not tries_left or not error.retryable:
                    raise
                time.sleep(error.retry_after_s or 1)
        raise AssertionError("the last try either returns or raises")

    def preview(
        self,
        file: Path,
        *,
        industry: str | None = None,
        snapshot_date: date | None = None,
        mapping: Mapping[str, Said] | None = None,
        encoding: str | None = None,
    ) -> dict[str, Any]:
        """What the columns would be taken for, under `mapping` (docs/map-json.md). Sends the file's beginning alone."""
        beginning = head(file)
        query = _options(file, industry, snapshot_date, None, mapping, encoding)
        return self._sent("/api/mapping/preview", iter([beginning]), len(beginning), query, None)

    def prediction(self, prediction_id: str) -> Prediction:
        """The prediction as it stands now."""
        return Prediction.of(self.ask("GET", f"/api/predictions/{prediction_id}"))

    def predictions(self, limit: int = 50) -> list[Prediction]:
        """The newest predictions, at most 200."""
        body = self.ask("GET", "/api/predictions/", params={"limit": limit})
        return [Prediction.of(each) for each in body["predictions"]]

    def wait(
        self,
        prediction_id: str,
        *,
        progress: Callable[[Prediction], None] = lambda prediction: None,
        poll_s: float = 0.3,
        timeout_s: float | None = None,
        patience_s: float = 60,
    ) -> Prediction:
        """The prediction once it is over: COMPLETED, FAILED, NEEDS_MAPPING or NEEDS_PLAN; the caller looks.

        progress: called with each state seen. timeout_s: None waits for as long as it takes; then OutOfTime.
        patience_s: how long the service may be unreachable, overloaded or too slow on the way, as while it restarts.
        """
        started = last_seen = time.monotonic()
        while True:
            try:
                prediction = self.prediction(prediction_id)
                last_seen = time.monotonic()
                progress(prediction)
                if prediction.is_over:
                    return prediction
                pause_s = poll_s
            except RetainWiseError as error:
                if not error.retryable or time.monotonic() - last_seen > patience_s:
                    raise
                pause_s = max(poll_s, min(error.retry_after_s or 0, patience_s))
            if timeout_s is not None and time.monotonic() - started > timeout_s:
                raise OutOfTime(f"prediction {prediction_id} was not over within {timeout_s:g} s")
            time.sleep(pause_s)

    def answer(self, prediction_id: str, mapping: Mapping[str, Said]) -> Prediction:
        """Answers a NEEDS_MAPPING prediction: canonical column to the file's, None for "not in this file",
        {"answer": option} for a question on how to read one."""
        body = {"decisions": dict(mapping)}
        return Prediction.of(self.ask("PUT", f"/api/predictions/{prediction_id}/mapping", json=body))

    def resume(self, prediction_id: str) -> Prediction:
        """Goes on with a NEEDS_PLAN prediction, after the plan was changed or a new month began. Raises PlanLimit."""
        return Prediction.of(self.ask("POST", f"/api/predictions/{prediction_id}/resume"))

    def customers(
        self,
        prediction_id: str,
        *,
        risk_level: str | None = None,
        search: str = "",
        sort: str = "-probability",
        page: int = 1,
        page_size: int = 50,
    ) -> dict[str, Any]:
        """One page: `customers` with their `top_factors`, and `total` over all pages.

        sort: probability, customer_id, revenue_at_risk or monthly_revenue; "-" for the greatest first.
        """
        query = {"search": search, "sort": sort, "page": page, "page_size": page_size}
        if risk_level:
            query["risk_level"] = risk_level
        return self.ask("GET", f"/api/predictions/{prediction_id}/customers", params=query)

    def customer(self, prediction_id: str, customer_id: str) -> dict[str, Any]:
        """One customer with its whole `waterfall` of reasons and the recommendation."""
        return self.ask("GET", _customer_path(prediction_id, customer_id))

    def simulate(
        self, prediction_id: str, customer_id: str, changes: Mapping[str, float | bool | str] | None = None
    ) -> dict[str, Any]:
        """The customer `before` and `after` changes (by canonical column), its `impacts`, and the `levers`."""
        body = {"changes": dict(changes or {})}
        return self.ask("POST", _customer_path(prediction_id, customer_id) + "/simulate", json=body)

    def summary(self, prediction_id: str, contact_budget: int | None = None) -> dict[str, Any]:
        """Customers by risk level, revenue at risk with its range, and a histogram.

        contact_budget: how many customers can be contacted; the answer then says what the best of them would save.
        """
        params = {"contact_budget": contact_budget} if contact_budget else {}
        return self.ask("GET", f"/api/predictions/{prediction_id}/summary", params=params)

    def report(self, prediction_id: str) -> dict[str, Any]:
        """How good the file was: columns, checks, repairs, score."""
        return self.ask("GET", f"/api/predictions/{prediction_id}/report")

    def report_page(self, prediction_id: str, target: Path) -> None:
        """Writes the report as one HTML page that can be forwarded."""
        self.download(f"/api/predictions/{prediction_id}/report?format=html", target)

    def mapping(self, prediction_id: str) -> dict[str, Any]:
        """How the prediction's file is read, as `preview` has it under `mapping`."""
        return self.ask("GET", f"/api/predictions/{prediction_id}/mapping")

    def mapping_profiles(self) -> list[dict[str, Any]]:
        """What is remembered of earlier files, the last changed first."""
        profiles: list[dict[str, Any]] = self.ask("GET", "/api/mapping/profiles")["profiles"]
        return profiles

    def forget_profile(self, profile_id: str) -> None:
        """Removes a mapping profile: the next such file is read as if nothing had been said."""
        self._answered("DELETE", f"/api/mapping/profiles/{profile_id}")

    def export(self, prediction_id: str, target: Path) -> None:
        """Writes all customers as CSV, the riskiest first; formula cells are neutralised."""
        self.download(f"/api/predictions/{prediction_id}/export?format=csv", target)

    def results(self, prediction_id: str, target: Path) -> None:
        """Writes all results as Parquet, in the order of the file."""
        self.download(f"/api/predictions/{prediction_id}/results.parquet", target)

    def ready(self) -> dict[str, bool]:
        """For each thing the service depends on, whether it answers now. Needs no token."""
        with unreachable(self._http.base_url):
            response = self._http.get("/readyz")
        if response.status_code not in (200, 503):
            raise raised(response)
        parts: dict[str, bool] = response.json()["parts"]
        return parts

    def delete(self, prediction_id: str) -> None:
        """Removes the prediction, its upload and its results."""
        self._answered("DELETE", f"/api/predictions/{prediction_id}")

    def close(self) -> None:
        """Lets the connections go."""
        self._http.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def send(
        self, path: str, file: Path, query: Mapping[str, str], key: str, progress: Callable[[int], None]
    ) -> dict[str, Any]:
        """The JSON of the answer to a file that is sent as a stream. key: the Idempotency-Key."""
        return self._sent(path, pieces(file, progress), file.stat().st_size, query, key)

    def _sent(
        self, path: str, pieces: Iterator[bytes], size: int, query: Mapping[str, str], key: str | None
    ) -> dict[str, Any]:
        headers = {"Content-Type": "application/octet-stream", "Content-Length": str(size)}
        if key:
            headers["Idempotency-Key"] = key
        return self.ask("POST", path, params=query, content=pieces, headers=headers)

    def ask(self, method: str, path: str, **request: Any) -> dict[str, Any]:
        """The JSON of an answer, for what has no method of its own; of one without a body, nothing."""
        answer = self._answered(method, path, **request)
        body: dict[str, Any] = answer.json() if answer.content else {}
        return body

    def _answered(self, method: str, path: str, **request: Any) -> httpx.Response:
        with unreachable(self._http.base_url):
            response = self._http.request(method, path, **request)
        if response.is_error:
            raise raised(response)
        return response

    def download(self, path: str, target: Path) -> None:
        """Writes the body to `target`, which appears whole or not at all."""
        partial = target.with_name(target.name + ".partial")
        try:
            with unreachable(self._http.base_url), self._http.stream("GET", path) as response:
                if response.is_error:
                    response.read()
                    raise raised(response)
                with partial.open("wb") as file:
                    for piece in response.iter_bytes(CHUNK_BYTES):
                        file.write(piece)
            partial.replace(target)
        finally:
            partial.unlink(missing_ok=True)


def _customer_path(prediction_id: str, customer_id: str) -> str:
    return f"/api/predictions/{prediction_id}/customers/{quote(customer_id, safe='')}"


def _options(
    file: Path,
    industry: str | None,
    snapshot_date: date | None,
    churn_rate: float | None,
    mapping: Mapping[str, Said] | None,
    encoding: str | None,
) -> dict[str, str]:
    """The query that goes with a file; what was not said is left out."""
    said = {
        "filename": file.name,
        "industry": industry,
        "snapshot_date": snapshot_date.isoformat() if snapshot_date else None,
        "churn_rate": None if churn_rate is None else str(churn_rate),
        "decisions": json.dumps(dict(mapping)) if mapping else None,
        "encoding": encoding,
    }
    return {name: value for name, value in said.items() if value is not None}
