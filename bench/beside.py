"""Scoring 100,000 customers alone and beside a training, through the real service in a process of its own."""

import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pyarrow as pa

from libs.client.stages import Patience, ScoringClient
from libs.contracts.scoring.v1 import scoring_pb2 as pb
from libs.errors import RetainWiseError, Unavailable
from libs.rpc.client import open_channel
from services.scoring.training.setting import LABEL

ROWS = 100_000
TURNS = 3
FAMILY = "baseline-saas"
START_S = 60.0


@dataclass
class Training:
    """One training in a thread. begun: it learns. version: once it is over."""

    begun: threading.Event = field(default_factory=threading.Event)
    version: str = ""
    error: str = ""

    def run(self, scoring: ScoringClient, table: pa.Table) -> None:
        options = pb.TrainOptions(family="bench", baseline_family=FAMILY)
        try:
            for answer in scoring.train(table.to_batches(), options, table.schema):
                if answer.WhichOneof("part") == "result":
                    self.version = answer.result.version
                elif answer.progress.share >= 0.05:
                    self.begun.set()
        except RetainWiseError as error:
            self.error = error.message
        finally:
            self.begun.set()


def judged(labelled: pa.Table, models: Path, slower_max: float) -> bool:
    """Prints both sides; whether the limits hold."""
    customers = _customers(labelled)
    with _service(models) as scoring:
        _scored(scoring, customers)
        alone = [_scored(scoring, customers) for _ in range(TURNS)]
        versions, beside = [], list[float]()
        for _ in range(2):
            training = Training()
            thread = threading.Thread(target=training.run, args=(scoring, labelled))
            thread.start()
            training.begun.wait()
            while thread.is_alive():
                seconds = _scored(scoring, customers)
                if thread.is_alive():
                    beside.append(seconds)
            thread.join()
            versions.append(training.version or training.error)
    ratio = statistics.median(beside) / statistics.median(alone)
    print(f"{ROWS:,} rows, 2 threads: alone {_all(alone)} s; beside a training {_all(beside)} s; ", end="")
    print(f"medians {ratio:.2f} times as long (limit {slower_max}). Every row of every turn was scored.")
    print(f"The same training twice: versions {versions[0]} and {versions[1]}.")
    return ratio < slower_max and versions[0] == versions[1]


def _all(seconds: list[float]) -> str:
    return ", ".join(f"{each:.2f}" for each in seconds)


def _scored(scoring: ScoringClient, customers: pa.Table) -> float:
    """Seconds; a turn that lost a row, or was refused, ends the bench."""
    started = time.monotonic()
    answer = scoring.score(customers.to_batches(), pb.ScoreOptions(family=FAMILY), customers.schema)
    rows = sum(batch.num_rows for batch in answer)
    assert (rows, answer.trailer.row_count, answer.trailer.reasons_exact) == (ROWS, ROWS, True)
    return time.monotonic() - started


def _customers(labelled: pa.Table) -> pa.Table:
    """ROWS customers like the labelled ones, without their label."""
    rows = np.random.default_rng(1).integers(0, labelled.num_rows, ROWS)
    table = labelled.drop_columns([LABEL]).take(rows)
    place = table.column_names.index("customer_id")
    return table.set_column(place, "customer_id", pa.array([f"c{row}" for row in range(ROWS)]))


@contextmanager
def _service(models: Path) -> Iterator[ScoringClient]:
    """The scoring service over a copy of the models, which a training may add to."""
    with tempfile.TemporaryDirectory() as folder, socket.socket() as free:
        copy = shutil.copytree(models, Path(folder) / "models")
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        free.close()
        settings = {"RETAINWISE_SCORING_MODELS_URL": str(copy), "RETAINWISE_SCORING_PORT": str(port)}
        line = [sys.executable, "-m", "services.scoring"]
        process = subprocess.Popen(line, env={**os.environ, **settings}, stderr=subprocess.DEVNULL)
        try:
            yield _ready(ScoringClient(open_channel(f"127.0.0.1:{port}"), Patience()))
        finally:
            process.terminate()
            process.wait()


def _ready(scoring: ScoringClient) -> ScoringClient:
    until = time.monotonic() + START_S
    while True:
        try:
            scoring.models(FAMILY)
            return scoring
        except Unavailable:
            if time.monotonic() > until:
                raise
            time.sleep(0.2)
