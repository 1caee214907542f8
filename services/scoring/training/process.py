"""A training in a process of its own: spawned, never forked, of low priority, on one thread, and told to stop."""

import json
import os
import queue
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any

import pyarrow as pa

from libs.errors import KINDS, Internal, InvalidInput
from services.scoring.model import Model, written
from services.scoring.training.order import Order

ROOT = Path(__file__).parents[3]
"""Where `services` can be imported from."""

ROWS, ORDER, RESULT, FILES = "rows.arrow", "order.json", "result.json", "files"
BASELINE, IN_USE = "baseline", "in_use"

SINGLE_THREADED = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")

TOLD_EVERY_S = 10
"""A caller who hears nothing for a minute gives up."""

Told = tuple[float, str]
"""Share done, and what is being done."""


class Stopped(Internal):
    """The training's process ended without a result."""


@dataclass(frozen=True)
class Ended:
    """files: of the version but its SIGNATURE; empty, and version with it, where none was made."""

    report: Mapping[str, Any]
    version: str
    files: Mapping[str, bytes]


class Workshop:
    """A temporary folder in which one training is laid out and done."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._process: subprocess.Popen[bytes] | None = None

    @contextmanager
    def writer(self, schema: pa.Schema) -> Iterator[Callable[[pa.RecordBatch], None]]:
        """Takes the rows, batch by batch: they rest on disk, not in memory."""
        with pa.OSFile(str(self.folder / ROWS), "wb") as file, pa.ipc.new_file(file, schema) as writer:
            yield writer.write_batch

    def lay_out(self, order: Order, baseline: Model, in_use: Model) -> None:
        """Everything besides the rows."""
        (self.folder / ORDER).write_text(json.dumps(asdict(order)))
        for name, model in ((BASELINE, baseline), (IN_USE, in_use)):
            _, data = written(model.predictor)
            (self.folder / name).mkdir()
            (self.folder / name / "model").write_bytes(data)
            (self.folder / name / "metadata").write_bytes(model.metadata.to_bytes())
            (self.folder / name / "digest").write_text(model.digest)

    def run(self) -> Iterator[Told]:
        """Does the training, telling how far it is, at least every TOLD_EVERY_S. Raises OSError if it cannot begin."""
        line = [sys.executable, "-m", "services.scoring.training", str(self.folder)]
        environment = {**os.environ, **SINGLE_THREADED}
        with (self.folder / "words").open("wb") as words:
            self._process = subprocess.Popen(
                line, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=words
            )
        told = (0.0, "starting")
        yield told
        lines: queue.Queue[bytes | None] = queue.Queue()
        reader = threading.Thread(target=_pump, args=(self._process.stdout, lines), daemon=True)
        reader.start()
        while True:
            try:
                said = lines.get(timeout=TOLD_EVERY_S)
            except queue.Empty:
                yield told
                continue
            if said is None:
                self._process.wait()
                return
            share, message = json.loads(said)
            told = (float(share), str(message))
            yield told

    def stop(self) -> None:
        """Ends the process if it still runs; safe to call from another thread, and again."""
        if self._process is not None and self._process.poll() is None:
            self._process.kill()
            self._process.wait()

    def ended(self) -> Ended:
        """What came of it. Raises the error that the training raised, as its kind, and Stopped."""
        if not (self.folder / RESULT).exists():
            raise Stopped("the training ended before its time; the same call may work again")
        result = json.loads((self.folder / RESULT).read_text())
        if "error" in result:
            raise KINDS.get(result["error"]["kind"], InvalidInput)(result["error"]["message"])
        files = {path.name: path.read_bytes() for path in sorted((self.folder / FILES).iterdir())}
        return Ended(result["report"], result["version"], files)


@contextmanager
def workshop() -> Iterator[Workshop]:
    """A workshop that is torn down, its process ended, when the block is left."""
    with tempfile.TemporaryDirectory(prefix="retainwise-training-") as folder:
        opened = Workshop(Path(folder))
        try:
            yield opened
        finally:
            opened.stop()


def _pump(output: IO[bytes] | None, lines: "queue.Queue[bytes | None]") -> None:
    """Puts each line of a process's output into the queue, and None at its end."""
    assert output is not None
    with output:
        for line in output:
            lines.put(line)
    lines.put(None)
