"""Customers over all uploads, over HTTP: the latest score of each, one from upload to upload, and files of them."""

import time
from pathlib import Path
from typing import Any
from urllib.parse import quote

from libs.client.changes import Service
from libs.errors import InvalidInput, OutOfTime

FORMATS = ("csv", "xlsx")
OVER = ("COMPLETED", "FAILED")


class Overview:
    """JSON objects that /openapi.json describes. Raises the kinds of libs.errors.

    Filters are those of the API by name: risk_level, plan and retention_bin (one or a list), search, and over all
    uploads uploaded_from and uploaded_to (days, ISO 8601); `sort` as in `RetainWise.customers`.
    """

    def __init__(self, service: Service) -> None:
        self._service = service

    def customers(self, *, page: int = 1, page_size: int = 50, **filters: Any) -> dict[str, Any]:
        """One page of every customer's latest score, each with its `prediction_id`; `total` over all pages."""
        return self._service.ask("GET", "/api/customers", params={"page": page, "page_size": page_size, **filters})

    def summary(self, **filters: Any) -> dict[str, Any]:
        """Figures over every customer's latest score."""
        return self._service.ask("GET", "/api/summary", params=filters)

    def history(self, prediction_id: str, customer_id: str) -> list[dict[str, Any]]:
        """The customer's scores in all uploads of the prediction's industry, the first one first."""
        path = f"/api/predictions/{prediction_id}/customers/{quote(customer_id, safe='')}/history"
        scores: list[dict[str, Any]] = self._service.ask("GET", path)["scores"]
        return scores

    def export(
        self,
        target: Path,
        prediction_id: str | None = None,
        *,
        poll_s: float = 0.3,
        timeout_s: float | None = None,
        **filters: Any,
    ) -> dict[str, Any]:
        """Has a file of the customers written, waits, and fetches it; of all uploads where no prediction is named.

        target: its ending, .csv or .xlsx, says the format. timeout_s: None waits for as long as it takes; then
        OutOfTime. Returns where the export stands: COMPLETED, or FAILED with its error and no file.
        """
        file = target.suffix.removeprefix(".")
        if file not in FORMATS:
            raise InvalidInput(f"'{target.name}' ends in neither .csv nor .xlsx; name the file so that it does")
        path = f"/api/predictions/{prediction_id}/exports" if prediction_id else "/api/exports"
        found = self._service.ask("POST", path, params={"format": file, **filters})
        started = time.monotonic()
        while found["status"] not in OVER:
            if timeout_s is not None and time.monotonic() - started > timeout_s:
                raise OutOfTime(f"export {found['id']} was not over within {timeout_s:g} s")
            time.sleep(poll_s)
            found = self._service.ask("GET", f"/api/exports/{found['id']}")
        if found["status"] == "COMPLETED":
            self._service.download(f"/api/exports/{found['id']}/file", target)
        return found
