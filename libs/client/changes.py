"""Two predictions of the same customers over HTTP: what changed between them, and what came true of the earlier."""

import time
from pathlib import Path
from typing import Any, Protocol

from libs.errors import OutOfTime

OVER = ("COMPLETED", "FAILED")


class Service(Protocol):
    """What is asked of a service's connection; libs.client.http.RetainWise fits."""

    def ask(self, method: str, path: str, **request: Any) -> dict[str, Any]:
        """The JSON of the answer."""
        ...

    def download(self, path: str, target: Path) -> None:
        """Writes the answer's body to `target`."""
        ...


class Comparisons:
    """JSON objects that /openapi.json describes. Raises the kinds of libs.errors."""

    def __init__(self, service: Service) -> None:
        self._service = service

    def start(self, prediction_id: str, against: str | None = None) -> dict[str, Any]:
        """Has the prediction compared with an earlier one; None for the last before it.

        Returns where the comparison stands. Repeating it is safe: there is one comparison of two predictions.
        """
        query = {"against": against} if against else {}
        return self._service.ask("POST", f"/api/predictions/{prediction_id}/changes", params=query)

    def changes(
        self, prediction_id: str, against: str | None = None, *, poll_s: float = 0.3, timeout_s: float | None = None
    ) -> dict[str, Any]:
        """The comparison once it is COMPLETED, with its `changes`, or FAILED; it is started if it was not.

        timeout_s: None waits for as long as it takes; then OutOfTime.
        """
        found = self.start(prediction_id, against)
        started = time.monotonic()
        while found["status"] not in OVER:
            if timeout_s is not None and time.monotonic() - started > timeout_s:
                raise OutOfTime(f"the comparison of prediction {prediction_id} was not over within {timeout_s:g} s")
            time.sleep(poll_s)
            query = {"against": found["against_id"]}
            found = self._service.ask("GET", f"/api/predictions/{prediction_id}/changes", params=query)
        return found

    def table(self, prediction_id: str, target: Path, against: str | None = None) -> None:
        """Writes every customer's change as Parquet. against: None for the newest comparison."""
        query = f"?against={against}" if against else ""
        self._service.download(f"/api/predictions/{prediction_id}/changes.parquet{query}", target)

    def outcomes(self, prediction_id: str) -> list[dict[str, Any]]:
        """What came true of the prediction, by each later upload that was compared with it and tells who left."""
        outcomes: list[dict[str, Any]] = self._service.ask("GET", f"/api/predictions/{prediction_id}/outcomes")[
            "outcomes"
        ]
        return outcomes
