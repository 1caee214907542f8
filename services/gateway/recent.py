"""Rows that were read a moment ago: whoever moves a slider asks for the same customer again and again."""

import threading
from collections import OrderedDict

import pyarrow as pa

from services.gateway.domain import Artifact

ROWS_MAX = 256
"""Of a few KiB each."""


class Recent:
    """The last `rows_max` rows that were kept, by artifact and customer. An artifact never changes: none is stale."""

    def __init__(self, rows_max: int = ROWS_MAX) -> None:
        self._rows_max = rows_max
        self._rows: OrderedDict[tuple[str, str], pa.RecordBatch] = OrderedDict()
        self._lock = threading.Lock()

    def find(self, artifact: Artifact, customer_id: str) -> pa.RecordBatch | None:
        """The customer's row, if it is still here."""
        with self._lock:
            row = self._rows.get((artifact.sha256, customer_id))
            if row is not None:
                self._rows.move_to_end((artifact.sha256, customer_id))
            return row

    def keep(self, artifact: Artifact, customer_id: str, row: pa.RecordBatch) -> None:
        """Keeps the row; the one that was looked at longest ago goes where there are too many."""
        with self._lock:
            self._rows[artifact.sha256, customer_id] = row
            self._rows.move_to_end((artifact.sha256, customer_id))
            while len(self._rows) > self._rows_max:
                self._rows.popitem(last=False)

    def forget(self, artifact: Artifact) -> None:
        """Removes the artifact's rows."""
        with self._lock:
            for key in [key for key in self._rows if key[0] == artifact.sha256]:
                del self._rows[key]
