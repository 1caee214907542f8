"""What recommending actions adds to scoring 100,000 customers: python -m bench.actions [--models models] [--rows N]

Scores the same customers with the catalogue and without it, in one process; prints the best of three of each, how
many pairs of customer and action the model scored, threads, versions and load.
"""

import argparse
import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from unittest import mock

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import xgboost

from libs.objects.local import LocalStore
from libs.tables.columns import Industry
from services.gateway.spans import spans
from services.scoring import recommend, stage
from services.scoring.baselines.simulation import CUSTOMERS_PER_FILE, simulated
from services.scoring.baselines.telecom import customers
from services.scoring.catalogue import CATALOGUE
from services.scoring.domain import ScoreOptions, Span, Spans
from services.scoring.features import matrix
from services.scoring.levers import Customers
from services.scoring.model import Model
from services.scoring.registry import Registry, StoreRing

TRIES = 3
THREADS = 2


def main() -> None:
    """Prints a line for each baseline."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--models", type=Path, default=Path("models"))
    parser.add_argument("--rows", type=int, default=100_000)
    chosen = parser.parse_args()
    pa.set_cpu_count(THREADS)
    store = LocalStore(chosen.models)
    registry = Registry(store, StoreRing(store), threads=THREADS)
    load = ", ".join(f"{each:.1f}" for each in os.getloadavg())
    print(f"xgboost {xgboost.__version__}, pyarrow {pa.__version__}, {THREADS} threads; load {load}")
    for industry in Industry:
        measured(registry.load(f"baseline-{industry}"), table_of(industry, chosen.rows))


def measured(model: Model, table: pa.Table) -> None:
    """Prints what scoring this table takes, with and without actions, and finding its spans."""
    own, spans_s = spans_in(table, model.metadata.industry)
    options = ScoreOptions(model.metadata.family, spans=own)
    encoded = matrix(table, model.metadata.features)
    predict_s = best(lambda: model.margins(encoded))
    with mock.patch.object(recommend, "CATALOGUE", {model.metadata.industry: ()}):
        without_s = best(lambda: scored(model, table, options))
    with_s = best(lambda: scored(model, table, options))
    print(
        f"{model.metadata.family}, {len(table):,} rows, {pairs(model, table, own):,} pairs: plain predict "
        f"{predict_s:.2f} s; scoring without actions {without_s:.2f} s, with them {with_s:.2f} s "
        f"(+{with_s - without_s:.2f} s, {with_s / without_s:.2f}x); spans of the file {spans_s:.3f} s"
    )


def scored(model: Model, table: pa.Table, options: ScoreOptions) -> None:
    """The stage from end to end, its results thrown away."""
    for _ in stage.run(model, table.schema, table.to_batches(max_chunksize=8192), options):
        pass


def pairs(model: Model, table: pa.Table, own: Spans) -> int:
    """Customers and actions that apply to them."""
    block = table.combine_chunks().to_batches()[0]
    seen = Customers(block, model.metadata.features, own)
    found = (seen.after(action) for action in CATALOGUE[model.metadata.industry])
    return sum(len(changed.rows) for changed in found if changed is not None)


def spans_in(table: pa.Table, industry: Industry) -> tuple[Spans, float]:
    """The table's own spans, found as the gateway finds them, and how long that took."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "canonical.parquet"
        pq.write_table(table, path)
        started = time.perf_counter()
        found = spans(path, industry)
        took = time.perf_counter() - started
    return {name: Span(**span) for name, span in found.items()}, took


def table_of(industry: Industry, rows: int) -> pa.Table:
    """Customers of the baseline's own kind, repeated until there are enough."""
    if industry is Industry.SAAS:
        table = simulated(-(-min(rows, 20_000) // CUSTOMERS_PER_FILE), 1).table
    else:
        table = customers().drop_columns(["customer_id", "churned"])
    table = table.take(np.resize(np.arange(len(table)), rows))
    return table.append_column("customer_id", pa.array(map(str, range(rows)), pa.string())).combine_chunks()


def best(work: Callable[[], object]) -> float:
    """Seconds of the quickest of TRIES."""
    took = []
    for _ in range(TRIES):
        started = time.perf_counter()
        work()
        took.append(time.perf_counter() - started)
    return min(took)


if __name__ == "__main__":
    main()
