"""The stage: the same bytes whatever the batches, any subset of columns, and an honest fallback."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pytest

from services.scoring import stage
from services.scoring.domain import (
    BadChurnRate,
    MissingCustomerId,
    ScoreOptions,
    ScoreSummary,
    UnexpectedBatch,
    UnreadableColumn,
)
from services.scoring.model import Model
from services.scoring.results import schema
from services.scoring.trees import Trees

OPTIONS = ScoreOptions("baseline-telecom", scored_at="2026-05-31T12:00:00Z")


def scored(
    model: Model, table: pa.Table, options: ScoreOptions = OPTIONS, rows: int | None = None
) -> tuple[pa.Table, ScoreSummary]:
    """Results and summary, the table sent in batches of at most `rows`."""
    *results, summary = stage.run(model, table.schema, table.to_batches(max_chunksize=rows), options)
    assert isinstance(summary, ScoreSummary)
    return pa.Table.from_batches(results, schema(model.metadata)), summary


def stream(batches: Iterable[pa.RecordBatch]) -> bytes:
    """The batches as one Arrow stream."""
    sink, every = pa.BufferOutputStream(), list(batches)
    with pa.ipc.new_stream(sink, every[0].schema) as writer:
        for batch in every:
            writer.write_batch(batch)
    return sink.getvalue().to_pybytes()


@pytest.mark.parametrize("sizes", [[2100], [1, 999, 1100], [700, 700, 700], [0, 2100], [500] * 4 + [100]])
def test_batch_sizes_do_not_matter(
    telecom_model: Model, telco: pa.Table, monkeypatch: pytest.MonkeyPatch, sizes: Sequence[int]
) -> None:
    """The same rows give the same batches and bytes, with blocks of 1,000 rows here."""
    monkeypatch.setattr(stage, "BLOCK_ROWS", 1000)
    head = telco.slice(0, 2100).combine_chunks()
    starts = np.cumsum([0, *sizes[:-1]])
    cut = [head.to_batches()[0].slice(start, size) for start, size in zip(starts, sizes, strict=True)]
    *results, _ = stage.run(telecom_model, head.schema, cut, OPTIONS)
    *whole, _ = stage.run(telecom_model, head.schema, head.to_batches(max_chunksize=137), OPTIONS)
    assert [1000, 1000, 100] == [batch.num_rows for batch in results if isinstance(batch, pa.RecordBatch)]
    assert stream(whole) == stream(results)


def test_name_and_plan_are_carried_through(saas_model: Model) -> None:
    """As the file has them, for whoever looks for a customer; null where it has none."""
    table = pa.table({"customer_id": ["a", "b"], "customer_name": ["Ann", None], "plan_type": ["pro", None]})
    results, _ = scored(saas_model, table, ScoreOptions("baseline-saas", scored_at="2026-05-31T12:00:00Z"))
    assert {"customer_name": ["Ann", None], "plan": ["pro", None]} == results.select(
        ["customer_name", "plan"]
    ).to_pydict()


def test_columns_that_no_one_needs_are_not_held(telecom_model: Model, telco: pa.Table) -> None:
    """While a block fills up, only what scoring reads of its batches stays in memory, not the messages they came in."""
    extra = pa.array(["x" * 10_000] * 100)
    held: list[int] = []

    def arriving() -> Iterator[pa.RecordBatch]:
        for start in range(0, 2_000, 100):
            sink = pa.BufferOutputStream()
            rows = telco.slice(start, 100).append_column("extra.notes", extra).combine_chunks()
            with pa.ipc.new_stream(sink, rows.schema) as writer:
                writer.write_table(rows)
            message = sink.getvalue()
            del sink
            held.append(pa.total_allocated_bytes())
            yield pa.ipc.open_stream(message).read_next_batch()

    table = telco.slice(0, 1).append_column("extra.notes", extra.slice(0, 1))
    list(stage.run(telecom_model, table.schema, arriving(), OPTIONS))
    assert (20, True) == (len(held), max(held) - held[0] < 3_000_000)


def test_the_summary_counts(telco_scored: tuple[pa.Table, ScoreSummary], telecom_model: Model) -> None:
    """Rows, levels, mean and model are those of the results."""
    results, summary = telco_scored
    assert 7043 == summary.row_count == summary.high_count + summary.medium_count + summary.low_count
    assert results.column("risk_level").to_pylist().count("high") == summary.high_count
    assert pytest.approx(np.mean(results.column("churn_probability").to_numpy())) == summary.probability_mean
    assert (telecom_model.digest, 30, (), True) == (
        summary.digest,
        summary.horizon_days,
        summary.missing_features,
        summary.reasons_exact,
    )


def test_required_columns_alone_work(telecom_model: Model, telco: pa.Table) -> None:
    """What the table lacks is named in the summary, and in no reason: only three things are known."""
    bare = telco.select(["customer_id", "tenure_months", "monthly_charges", "contract"]).slice(0, 200)
    results, summary = scored(telecom_model, bare)
    named = {name for rank in (1, 2, 3) for name in results.column(f"factor_{rank}_feature").to_pylist()}
    assert {"tenure_months", "monthly_charges", "contract"} == named
    assert 15 <= len(summary.missing_features)
    assert summary.reasons_exact


def test_the_saas_prior_needs_tenure_and_revenue_only(saas_model: Model) -> None:
    """Newer and smaller customers are riskier; the third factor says what is not known."""
    table = pa.table({"customer_id": ["new", "old"], "tenure_months": [1.0, 60.0], "mrr": [20.0, 2000.0]})
    results, _ = scored(saas_model, table)
    new, old = results.column("churn_probability").to_pylist()
    assert new > 2 * old
    assert results.column("factor_3_value").to_pylist() == ["not known", "not known"]


def test_customer_id_alone_is_scored_as_typical(telecom_model: Model) -> None:
    """A person may say "not in this file" of everything else: revenue is null then, not zero."""
    results, summary = scored(telecom_model, pa.table({"customer_id": ["a"]}))
    assert [None] == results.column("revenue_at_risk").to_pylist()
    assert 1 == summary.row_count


def test_an_unseen_category_is_missing_but_named(telecom_model: Model, telco: pa.Table) -> None:
    """It is scored as an unknown one, and the label holds the customer's own word."""
    table = telco.slice(0, 1)
    place = table.schema.get_field_index("contract")
    strange = table.set_column(place, "contract", pa.array(["lifetime"]))
    blank = table.set_column(place, "contract", pa.nulls(1, pa.string()))
    assert (
        scored(telecom_model, blank)[0].column("churn_probability").to_pylist()
        == scored(telecom_model, strange)[0].column("churn_probability").to_pylist()
    )


def test_a_churn_rate_shifts_every_log_odds_alike(telecom_model: Model, telco: pa.Table) -> None:
    """The ranking stays, the sum still closes, and the mean moves to about the rate."""
    table = telco.slice(0, 2000)
    plain, _ = scored(telecom_model, table)
    shifted, summary = scored(telecom_model, table, replace(OPTIONS, churn_rate=0.05))
    before, after = (each.column("churn_probability").to_numpy() for each in (plain, shifted))
    moved = np.log(after / (1 - after)) - np.log(before / (1 - before))
    assert np.ptp(moved) < 1e-9
    assert 0.03 < summary.probability_mean < 0.08
    assert summary.reasons_exact


def test_the_models_own_rate_changes_next_to_nothing(telecom_model: Model, telco: pa.Table) -> None:
    """Of customers like the model's own, stating the base rate is stating nothing new."""
    own = replace(OPTIONS, churn_rate=telecom_model.metadata.base_rate)
    assert abs(scored(telecom_model, telco, own)[1].level_shift) < 0.02


def test_a_churn_rate_is_the_mean_of_many_customers(telecom_model: Model, telco: pa.Table) -> None:
    """Whatever columns they lack: their own mean is known, so it need not be guessed from the model's."""
    table = telco.select(["customer_id", "tenure_months", "monthly_charges"]).slice(0, 4000)
    _, summary = scored(telecom_model, table, replace(OPTIONS, churn_rate=0.05))
    assert pytest.approx(0.05, abs=0.001) == summary.probability_mean


def test_one_customer_is_no_mean(telecom_model: Model, telco: pa.Table) -> None:
    """A company's churn rate is not made the probability of the one customer that is looked at."""
    chances = [
        scored(telecom_model, telco.slice(place, 1), replace(OPTIONS, churn_rate=0.1))[1].probability_mean
        for place in range(20)
    ]
    assert max(chances) > 4 * min(chances)


def test_a_summarys_shift_gives_some_customers_the_same_scores(telecom_model: Model, telco: pa.Table) -> None:
    """What a look at one of them needs, to begin where the table left it."""
    whole, summary = scored(telecom_model, telco, replace(OPTIONS, churn_rate=0.1))
    again = replace(OPTIONS, churn_rate=0.1, level_shift=summary.level_shift)
    some, _ = scored(telecom_model, telco.slice(100, 7), again)
    assert whole.column("churn_probability").slice(100, 7).equals(some.column("churn_probability"))


def test_the_interval_encloses_the_probability(telecom_model: Model, telco: pa.Table) -> None:
    """On every row, shifted or not, within 0 and 1; a model that gives none leaves the columns blank."""
    for options in (OPTIONS, replace(OPTIONS, churn_rate=0.9)):
        results, _ = scored(telecom_model, telco, options)
        low, chance, high = (
            results.column(name).to_numpy() for name in ("probability_low", "churn_probability", "probability_high")
        )
        assert ((low > 0) & (low < chance) & (chance < high) & (high < 1)).all()
    results, _ = scored(replace(telecom_model, spread=None), telco.slice(0, 5))
    assert 5 == results.column("probability_low").null_count == results.column("probability_high").null_count


def test_a_failing_explainer_is_replaced_and_said(
    telecom_model: Model, telco: pa.Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Scores stay; factors are those that weigh most in general, marked "influences", with no impact."""

    def fail(self: Trees, encoded: object) -> None:
        raise RuntimeError("no tables")

    plain, _ = scored(telecom_model, telco.slice(0, 20))
    monkeypatch.setattr(Trees, "contributions", fail)
    results, summary = scored(telecom_model, telco.slice(0, 20))
    assert not summary.reasons_exact
    assert plain.column("churn_probability").equals(results.column("churn_probability"))
    importance = telecom_model.metadata.importance
    ranked = sorted(importance, key=lambda name: -importance[name])[:3]
    assert ranked == [results.column(f"factor_{rank}_feature")[0].as_py() for rank in (1, 2, 3)]
    assert {"influences"} == set(results.column("factor_1_direction").to_pylist())
    assert {0.0} == set(results.column("factor_2_impact").to_pylist())
    rest = results.column("churn_probability").to_numpy() - results.column("base_probability").to_numpy()
    np.testing.assert_allclose(rest, results.column("other_impact").to_numpy())


def test_rows_without_a_place_are_numbered(telecom_model: Model, telco: pa.Table) -> None:
    """From 1 across batches; a place that is there is kept."""
    table = telco.slice(0, 30)
    assert list(range(1, 31)) == scored(telecom_model, table, rows=7)[0].column("source_row").to_pylist()
    placed = table.append_column("source_row", pa.array(range(100, 130), pa.int64()))
    assert list(range(100, 130)) == scored(telecom_model, placed)[0].column("source_row").to_pylist()


def test_extra_columns_are_passed_over(telecom_model: Model, telco: pa.Table) -> None:
    """What the model does not know changes nothing."""
    table = telco.slice(0, 10)
    more = table.append_column("extra.note", pa.array(["x"] * 10))
    assert scored(telecom_model, table)[0].equals(scored(telecom_model, more)[0])


def test_no_rows_no_results(telecom_model: Model, telco: pa.Table) -> None:
    """An empty table has a summary of nothing."""
    results, summary = scored(telecom_model, telco.slice(0, 0))
    assert (0, 0, 0.0) == (results.num_rows, summary.row_count, summary.probability_mean)


def test_a_table_without_customer_id_is_refused(telecom_model: Model, telco: pa.Table) -> None:
    """Nobody could be told whose score it is."""
    with pytest.raises(MissingCustomerId):
        scored(telecom_model, telco.drop_columns(["customer_id"]))


def test_two_columns_of_one_name_are_refused(telecom_model: Model, telco: pa.Table) -> None:
    """Which of them would be read?"""
    with pytest.raises(UnexpectedBatch, match="two columns"):
        scored(telecom_model, telco.append_column("contract", telco.column("contract")))


def test_customer_ids_may_be_numbers(telecom_model: Model, telco: pa.Table) -> None:
    """They come back as text; a list is refused."""
    head = telco.slice(0, 2).drop_columns(["customer_id"])
    numbered = head.append_column("customer_id", pa.array([7, 8]))
    assert ["7", "8"] == scored(telecom_model, numbered)[0].column("customer_id").to_pylist()
    with pytest.raises(UnreadableColumn, match="customer_id"):
        scored(telecom_model, head.append_column("customer_id", pa.array([[7], [8]])))


def test_a_batch_of_another_schema_is_refused(telecom_model: Model, telco: pa.Table) -> None:
    """Columns that come and go are a caller's fault."""
    batches = [*telco.slice(0, 2).to_batches(), *telco.slice(2, 2).drop_columns(["contract"]).to_batches()]
    with pytest.raises(UnexpectedBatch):
        list(stage.run(telecom_model, telco.schema, batches, OPTIONS))


def test_an_impossible_churn_rate_is_refused(telecom_model: Model, telco: pa.Table) -> None:
    """Before any row is scored."""
    with pytest.raises(BadChurnRate):
        scored(telecom_model, telco, replace(OPTIONS, churn_rate=5.0))
