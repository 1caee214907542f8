"""A tenant's own models over HTTP: train one, look at them, put one to use, step back."""

import time
import uuid
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Protocol

from libs.errors import OutOfTime, RetainWiseError

OVER = ("COMPLETED", "FAILED", "NEEDS_MAPPING")
TRIES = 3


class Service(Protocol):
    """What is asked of a service's connection; libs.client.http.RetainWise fits."""

    def ask(self, method: str, path: str, **request: Any) -> dict[str, Any]:
        """The JSON of the answer."""
        ...

    def send(
        self, path: str, file: Path, query: Mapping[str, str], key: str, progress: Callable[[int], None]
    ) -> dict[str, Any]:
        """The same, after the file was sent as a stream. key: the Idempotency-Key."""
        ...


class Models:
    """Trainings and models, as JSON objects that /openapi.json describes. Raises the kinds of libs.errors."""

    def __init__(self, service: Service) -> None:
        self._service = service

    def train(
        self,
        file: Path,
        options: Mapping[str, str],
        *,
        idempotency_key: str | None = None,
        progress: Callable[[int], None] = lambda sent: None,
    ) -> dict[str, Any]:
        """Sends a file of customers of whom it is known who left; the training, QUEUED.

        options: industry, snapshot_date, horizon_days, promote, decisions, encoding, as text; all may be left out.
        """
        key = idempotency_key or uuid.uuid4().hex
        for tries_left in reversed(range(TRIES)):
            try:
                return self._service.send("/api/models", file, options, key, progress)
            except RetainWiseError as error:
                if not tries_left or not error.retryable:
                    raise
                time.sleep(error.retry_after_s or 1)
        raise AssertionError("the last try either returns or raises")

    def training(self, training_id: str) -> dict[str, Any]:
        """The training as it stands now, with its report once it has learnt."""
        return self._service.ask("GET", f"/api/trainings/{training_id}")

    def wait(
        self,
        training_id: str,
        *,
        progress: Callable[[dict[str, Any]], None] = lambda training: None,
        poll_s: float = 0.5,
        timeout_s: float | None = None,
    ) -> dict[str, Any]:
        """The training once it is over: COMPLETED, FAILED or NEEDS_MAPPING. Raises OutOfTime after timeout_s."""
        started = time.monotonic()
        while True:
            training = self.training(training_id)
            progress(training)
            if training["status"] in OVER:
                return training
            if timeout_s is not None and time.monotonic() - started > timeout_s:
                raise OutOfTime(f"training {training_id} was not over within {timeout_s:g} s")
            time.sleep(poll_s)

    def list(self) -> dict[str, Any]:
        """`models` with figures, `history` of which was in use, `steps_back`, those that are `refused`, `shadows`."""
        return self._service.ask("GET", "/api/models")

    def model(self, version: str) -> dict[str, Any]:
        """One model with its card, and the report of its training."""
        return self._service.ask("GET", f"/api/models/{version}")

    def promote(self, version: str) -> dict[str, Any]:
        """Puts a model to use; the change that was made."""
        return self._service.ask("POST", f"/api/models/{version}/promote")

    def shadow(self, industry: str, version: str) -> dict[str, Any]:
        """Has predictions of the industry compared with this version from now on; the shadow that was named."""
        return self._service.ask("PUT", f"/api/models/shadows/{industry}", json={"version": version})

    def unshadow(self, industry: str) -> None:
        """Has them compared with none any more."""
        self._service.ask("DELETE", f"/api/models/shadows/{industry}")

    def roll_back(self, industry: str | None = None) -> dict[str, Any]:
        """Goes back to the model that was in use before; the change that was made, `version` None for the baseline."""
        headers = {"Idempotency-Key": uuid.uuid4().hex}
        query = {"industry": industry} if industry else {}
        return self._service.ask("POST", "/api/models/rollback", params=query, headers=headers)
