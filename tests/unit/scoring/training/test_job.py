"""A training from table to version: what it finds, what it refuses, and what the version can do."""

import json
import re
from functools import cache
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from services.scoring import artifact, stage
from services.scoring.domain import ScoreOptions, ScoreSummary
from services.scoring.model import Model, read
from services.scoring.training.job import Trained, trained
from services.scoring.training.order import Order
from services.scoring.training.setting import Unlabelled
from services.scoring.training.verdict import Outcome
from tests.unit.scoring.training.conftest import customers, truth

ORDER = Order("f1", horizon_days=60)


ROWS = 1_000
"""A training on fewer rows takes longer: they are cut five times over, these twice."""


@pytest.fixture(scope="module")
def table() -> pa.Table:
    """A company whose customers tell clearly who leaves."""
    return customers(ROWS)


@pytest.fixture(scope="module")
def told() -> list[tuple[float, str]]:
    """What the training of `done` said on its way."""
    return []


@pytest.fixture(scope="module")
def done(table: pa.Table, baseline: Model, told: list[tuple[float, str]]) -> Trained:
    """What came of it."""
    return trained(table, ORDER, baseline, baseline, lambda share, said: told.append((share, said)))


def loaded(done: Trained) -> Model:
    """The version, read from its files."""
    assert done.files is not None
    name = artifact.MODEL if artifact.MODEL in done.files else artifact.MODEL_JSON
    return read(done.files[name], done.files[artifact.METADATA], "0" * 64, 1, done.files[artifact.SPREAD])


def scored(model: Model, table: pa.Table) -> tuple[pa.Table, ScoreSummary]:
    """Results and summary."""
    *results, summary = stage.run(model, table.schema, table.to_batches(), ScoreOptions("f1"))
    assert isinstance(summary, ScoreSummary)
    return pa.Table.from_batches(results), summary


def test_a_clear_file_gives_a_better_model(done: Trained) -> None:
    """The verdict, the figures and the horizon that was said."""
    assert Outcome.BETTER is done.verdict.outcome
    assert 0.7 < done.report["figures"]["auc"]["value"] < 0.95
    assert (60, False) == (done.report["horizon_days"], done.report["horizon_assumed"])
    assert done.report["figures"]["auc"]["value"] > done.report["in_use"]["figures"]["auc"]["value"]


def test_the_report_is_as_its_page_says(done: Trained) -> None:
    """Every field is there and none besides, as plain JSON."""
    page = (Path(__file__).parents[4] / "docs/model-report-json.md").read_text()
    rows = [line.split("|")[1] for line in page.splitlines() if line.startswith("| `")]
    named = [name for row in rows for name in re.findall(r"`(\w+)`", row)]
    assert sorted(named) == sorted(done.report)
    assert json.loads(json.dumps(done.report)) == done.report


def test_the_same_twice_is_the_same_version(done: Trained, table: pa.Table, baseline: Model) -> None:
    """To the byte, so that a job that was done twice leaves one version."""
    again = trained(table, ORDER, baseline, baseline, lambda share, said: None)
    assert (done.version, done.files) == (again.version, again.files)


def test_it_gives_all_that_a_baseline_gives(done: Trained, table: pa.Table) -> None:
    """Intervals around every probability, exact reasons that say what is typical, and actions that it credits."""
    results, summary = scored(loaded(done), table)
    low, stated, high = (
        results[name].to_numpy() for name in ("probability_low", "churn_probability", "probability_high")
    )
    assert (low < stated).all() and (stated < high).all()
    assert summary.reasons_exact
    impacts = sum(results[name].to_numpy() for name in results.column_names if name.startswith("impact."))
    assert abs(results["base_probability"].to_numpy() + impacts - stated).max() < 1e-6
    labels = {label for rank in (1, 2, 3) for label in results[f"factor_{rank}_label"].to_pylist()}
    assert any("; typical is " in label for label in labels)
    assert any("; most often it is " in label for label in labels)
    credited = results.filter(results["action"].is_valid())
    assert len(credited)
    assert (credited["action_probability"].to_numpy() < credited["churn_probability"].to_numpy()).all()


def test_its_intervals_hold_the_truth_of_customers_it_never_saw(done: Trained) -> None:
    """Nine in ten are meant; here the truth is known."""
    fresh = customers(2_000, seed=99)
    results, _ = scored(loaded(done), fresh)
    logins, csat, channel = (
        np.array(fresh[name].to_pylist()) for name in ("logins_per_month", "extra.csat score", "extra.channel")
    )
    true = truth(logins, csat.astype(float), channel)
    held = (results["probability_low"].to_numpy() <= true) & (true <= results["probability_high"].to_numpy())
    assert held.mean() >= 0.85


def test_it_remembers_what_it_learnt_from(done: Trained) -> None:
    """A profile of each feature, deciles of held-out scores, what each missing feature costs, and how sure it is."""
    metadata = loaded(done).metadata
    names = {feature.name for feature in metadata.features}
    assert names == set(metadata.profile)
    assert 20 == metadata.profile["logins_per_month"].typical
    assert 9 == len(metadata.score_deciles) and list(metadata.score_deciles) == sorted(metadata.score_deciles)
    assert metadata.missing_cost["csat score"] > 0.05 > metadata.missing_cost["country"]
    assert metadata.interval is not None and 0.75 < metadata.interval.coverage <= 1
    assert metadata.interval.coverage == done.report["interval"]["coverage"]
    assert done.files is not None and b"## Interval" in done.files[artifact.CARD]


def test_a_label_of_noise_is_declined(baseline: Model) -> None:
    """With the reason, and without a version."""
    done = trained(customers(ROWS, signal=0.0), ORDER, baseline, baseline, lambda share, said: None)
    assert Outcome.DECLINED is done.verdict.outcome
    assert "Nothing to learn" in done.report["sentence"]
    assert ("", None, None) == (done.version, done.files, done.report["interval"])


@pytest.mark.parametrize("barred", [False, True])
def test_a_leak_is_left_out_and_named_with_both_figures(baseline: Model, barred: bool) -> None:
    """Whether training finds it, or validation had barred it already; also the total that echoes it."""
    order = Order("f1", excluded={"tenure_months": "it ends with the label"} if barred else {})
    done = trained(leaking(), order, baseline, baseline, lambda share, said: None)
    assert ["tenure_months", "total_revenue"] == [leak["feature"] for leak in done.report["leaks"]]
    assert [None, "tenure_months"] == [leak["echo_of"] for leak in done.report["leaks"]]
    assert done.report["leak_auc"]["with"] > 0.98
    assert done.report["leak_auc"]["without"] < 0.9
    assert not {"tenure_months", "total_revenue"} & set(done.report["features"])
    assert "tenure_months, total_revenue (it echoes tenure_months)" in done.report["sentence"]
    reasons = {each["column"]: each["reason"] for each in done.report["left_out"]}
    assert barred == (reasons["tenure_months"] == "it ends with the label")


@cache
def leaking() -> pa.Table:
    """Who left had a short tenure, for it ended with them; and the total divided by the price is the tenure."""
    table = customers(ROWS)
    left = table["churned"].to_numpy(zero_copy_only=False)
    tenure = [1.0 + row % 8 if gone else 8.0 + row % 24 for row, gone in enumerate(left)]
    total = pa.array(tenure * table["mrr"].to_numpy())
    table = table.set_column(table.column_names.index("tenure_months"), "tenure_months", pa.array(tenure))
    return table.append_column("total_revenue", total)


def test_few_labels_are_declined_with_what_would_do(baseline: Model) -> None:
    """Too few to learn from and to judge at once."""
    done = trained(customers(40), ORDER, baseline, baseline, lambda share, said: None)
    assert Outcome.DECLINED is done.verdict.outcome
    assert "too few" in done.report["sentence"]


def test_a_table_without_labels_is_refused(baseline: Model) -> None:
    """The sentence says what to map."""
    with pytest.raises(Unlabelled, match="'churned'"):
        trained(customers(100).drop_columns(["churned"]), ORDER, baseline, baseline, lambda share, said: None)


def test_progress_rises_to_the_end(done: Trained, told: list[tuple[float, str]]) -> None:
    """With a sentence for each step."""
    assert done.version and len(told) > 10
    shares = [share for share, _ in told]
    assert shares == sorted(shares) and shares[-1] < 1
    assert all(said for _, said in told)
