"""One training, in a folder laid out by `process`: `python -m services.scoring.training FOLDER`."""

import json
import os
import sys
from pathlib import Path

import pyarrow as pa

from libs.errors import RetainWiseError, kind_of
from services.scoring.model import Model, read
from services.scoring.training import process
from services.scoring.training.job import trained
from services.scoring.training.order import Order

NICENESS = 15
"""How far scoring goes before: on a busy machine a training takes what is left."""


def main(folder: Path) -> int:
    """Trains, printing a line for each step; the result, or the error in words, is left in the folder."""
    os.nice(NICENESS)
    pa.set_cpu_count(1)
    try:
        result = _result(folder)
    except RetainWiseError as error:
        result = {"error": {"kind": kind_of(error).__name__, "message": error.message}}
    (folder / process.RESULT).write_text(json.dumps(result))
    return 0


def _result(folder: Path) -> dict[str, object]:
    with pa.memory_map(str(folder / process.ROWS)) as file:
        table = pa.ipc.open_file(file).read_all()
    order = Order(**json.loads((folder / process.ORDER).read_text()))
    done = trained(table, order, _model(folder / process.BASELINE), _model(folder / process.IN_USE), _say)
    (folder / process.FILES).mkdir()
    for name, data in (done.files or {}).items():
        (folder / process.FILES / name).write_bytes(data)
    return {"report": done.report, "version": done.version}


def _model(folder: Path) -> Model:
    model, metadata = (folder / "model").read_bytes(), (folder / "metadata").read_bytes()
    return read(model, metadata, (folder / "digest").read_text(), 1)


def _say(share: float, message: str) -> None:
    print(json.dumps([round(share, 4), message]), flush=True)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
