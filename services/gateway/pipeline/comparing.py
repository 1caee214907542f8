"""What changed between two uploads: the earlier rows are scored by the later model, then both are held side by side."""

from datetime import date
from pathlib import Path
from typing import Any

import pyarrow.compute as pc
import pyarrow.parquet as pq

from services.gateway.artifacts import read_batches, read_schema
from services.gateway.comparison.document import Upload
from services.gateway.comparison.joining import Sides, features, joined
from services.gateway.comparison.moves import changes, schema
from services.gateway.comparison.outcomes import Revealed, Window
from services.gateway.comparison.tally import Tally
from services.gateway.domain import Artifact, Pass
from services.gateway.pipeline.ports import Document, ScoreOrder
from services.gateway.pipeline.work import Work


def rescore(work: Work) -> dict[str, Artifact]:
    """The earlier rows under the later prediction's model and level; its own results where those are the same."""
    before, after = _summaries(work)
    if _is_same_model(before, after):
        return {"rescored": work.artifact("before_results")}
    rows = work.artifacts.local(work.artifact("before_canonical"))
    count = int(before["row_count"])
    # What the later upload added to every log-odds, its churn rate's doing, is the model's part of a move.
    order = ScoreOrder(work.job.pins, level_shift=after["level_shift"])
    answer = work.stages.score(read_batches(rows), read_schema(rows), order, count)
    with work.artifacts.sink("rescored.parquet", answer.schema) as results:
        for batch in answer:
            results.write(batch)
            work.told(Pass.COMPARE, results.row_count, count, "Scoring the earlier customers with the later model")
    return {"rescored": work.artifacts.keep("rescored.parquet")}


def compare(work: Work) -> dict[str, Artifact]:
    """Every customer's move with its parts, the figures over all of them, and what came true."""
    sides = _sides(work)
    before, after = _summaries(work)
    parts = features(sides)
    tally, revealed = Tally(parts), Revealed(_window(work, before))
    total = int(after["row_count"])
    with (
        work.artifacts.sink("changes.parquet", schema(parts)) as sink,
        joined(sides, parts, work.threads) as batches,
    ):
        for batch in batches:
            made = changes(batch, parts)
            sink.write(made)
            tally.add(made)
            revealed.add(batch)
            work.told(Pass.COMPARE, min(sink.row_count, total), total, "Comparing the two uploads")
    options, pins = work.job.options, work.job.pins
    old = _upload(options.against_id, date.fromisoformat(options.against_date), before, sides.before)
    new = _upload(options.prediction_id, pins.snapshot_date, after, sides.after)
    document = tally.document(old, new, _is_same_model(before, after))
    outcomes = revealed.document(options.against_id, options.prediction_id)
    return {
        "changes": work.artifacts.keep("changes.parquet"),
        "comparison": work.artifacts.keep_document("comparison.json", document.model_dump(mode="json")),
        "outcomes": work.artifacts.keep_document("outcomes.json", outcomes.model_dump(mode="json")),
    }


def sentence(work: Work) -> str:
    """What came of it, for its owner."""
    told = work.artifacts.document(work.artifact("comparison"))
    text = f"{told['kept']:,} customers in both uploads, {told['new']:,} new, {told['lost']:,} no longer there"
    if told["kept"]:
        text += f"; on average their probability moved by {100 * told['mean_move']:+.1f} points"
    return text


def _summaries(work: Work) -> tuple[Document, Document]:
    before, after = (work.artifacts.document(work.artifact(f"{side}_summary")) for side in ("before", "after"))
    return before, after


def _is_same_model(before: Document, after: Document) -> bool:
    """Whether a row gets the same probability in both: one version, at one level."""
    shifts = [summary.get("level_shift", 0.0) for summary in (before, after)]
    return bool(before["digest"] == after["digest"] and shifts[0] == shifts[1])


def _sides(work: Work) -> Sides:
    def local(name: str) -> Path:
        return work.artifacts.local(work.artifact(name))

    return Sides(
        local("before_results"),
        local("rescored"),
        local("after_results"),
        local("before_canonical"),
        local("after_canonical"),
    )


def _window(work: Work, before: Document) -> Window:
    scored = date.fromisoformat(work.job.options.against_date)
    return Window(scored, int(before["horizon_days"]), work.job.pins.snapshot_date)


def _upload(prediction_id: str, snapshot: date, summary: Document, results: Path) -> Upload:
    table: Any = pq.read_table(results, columns=["churn_probability", "revenue_at_risk"], pre_buffer=False)
    return Upload(
        prediction_id=prediction_id,
        snapshot_date=snapshot,
        model_version=summary["version"],
        customers=int(summary["row_count"]),
        expected_leavers=pc.sum(table["churn_probability"]).as_py() or 0.0,
        revenue_at_risk=pc.sum(table["revenue_at_risk"]).as_py() or 0.0,
    )
