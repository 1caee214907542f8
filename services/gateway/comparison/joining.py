"""Two predictions joined by customer, out of core; rows in the order of the later upload, lost customers last."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from libs.tables.columns import CUSTOMER_NAME, SOURCE_ROW
from services.gateway.artifacts import READ_ROWS
from services.gateway.comparison.moves import FROM, TO
from services.gateway.result_columns import IMPACT
from services.gateway.spilling import spilling_database

LABEL, ENDED = "churned", "canceled_at"


@dataclass(frozen=True)
class Sides:
    """Parquet files in one folder: results of the earlier upload, its rows rescored under the later one's model,
    results of the later; and the canonical rows of both, which may hold the label."""

    before: Path
    rescored: Path
    after: Path
    before_rows: Path
    after_rows: Path


def features(sides: Sides) -> list["pa.Field[Any]"]:
    """The features that the later model explains by, under their own names."""
    known = set(pq.read_schema(sides.rescored).names)
    return [
        field.with_name(field.name.removeprefix(IMPACT))
        for field in pq.read_schema(sides.after)
        if field.name.startswith(IMPACT) and field.name in known
    ]


@contextmanager
def joined(sides: Sides, parts: Sequence["pa.Field[Any]"], threads: int) -> Iterator[Iterator[pa.RecordBatch]]:
    """Batches as moves.changes and outcomes.Revealed want them. Raises OutOfRoom; Unavailable if the disk is full."""
    query, files = _query(sides, [field.name for field in parts])
    with spilling_database(sides.before.parent, threads) as database:
        found: Any = database.execute(query, [str(file) for file in files])
        yield iter(found.to_arrow_reader(READ_ROWS))


def _query(sides: Sides, names: Sequence[str]) -> tuple[str, list[Path]]:
    """The query and the files of its parameters, in their order."""
    files: list[Path] = []

    def side(results: Path, rows: Path | None, columns: str) -> str:
        """One file of results, beside the label of its canonical rows if they have one."""
        files.append(results)
        source = "FROM read_parquet(?) AS r"
        label = ended = "NULL"
        if rows is not None and LABEL in (there := pq.read_schema(rows).names):
            files.append(rows)
            source += f" LEFT JOIN (SELECT {SOURCE_ROW}, {LABEL}{', ' + ENDED if ENDED in there else ''}"
            source += f" FROM read_parquet(?)) AS c USING ({SOURCE_ROW})"
            label, ended = f"c.{LABEL}", f"c.{ENDED}" if ENDED in there else "NULL"
        named = f"r.{CUSTOMER_NAME}" if CUSTOMER_NAME in pq.read_schema(results).names else "CAST(NULL AS VARCHAR)"
        told = f"CAST({label} AS BOOLEAN) AS left_, CAST({ended} AS DATE) AS ended, {named} AS name"
        return f"(SELECT r.customer_id, r.{SOURCE_ROW} AS place, {told}, {columns} {source})"

    score = "r.churn_probability AS p, r.risk_level AS risk, r.monthly_revenue AS revenue"
    impacts = "".join(f', r."{_escaped(IMPACT + name)}"' for name in names)
    before = side(sides.before, sides.before_rows, score)
    rescored = side(sides.rescored, None, "r.churn_probability AS p" + impacts)
    after = side(sides.after, sides.after_rows, score + impacts)
    chosen = [
        "coalesce(a.customer_id, b.customer_id) AS customer_id, coalesce(a.name, b.name) AS customer_name",
        "b.p AS before, m.p AS model, a.p AS after, b.risk AS level_before, a.risk AS level_after",
        "b.revenue AS revenue_before, a.revenue AS revenue_after",
        "b.left_ AS was_churned, a.left_ AS is_churned, coalesce(a.ended, b.ended) AS canceled_at",
        *(f'm."{_escaped(IMPACT + name)}" AS "{_escaped(FROM + name)}"' for name in names),
        *(f'a."{_escaped(IMPACT + name)}" AS "{_escaped(TO + name)}"' for name in names),
    ]
    query = (
        f"SELECT {', '.join(chosen)} FROM {before} AS b FULL JOIN {after} AS a ON a.customer_id = b.customer_id"
        f" LEFT JOIN {rescored} AS m ON m.place = b.place ORDER BY a.place NULLS LAST, b.place"
    )
    # The parameters stand in the query as its sides do: before, after, rescored.
    count = 1 + int(LABEL in pq.read_schema(sides.before_rows).names)
    return query, [*files[:count], *files[count + 1 :], files[count]]


def _escaped(name: str) -> str:
    return name.replace('"', '""')
