"""Every figure of a summary, against the same reckoned with pandas from the result file."""

from collections.abc import Iterator

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from services.gateway.choosing import Filter
from services.gateway.domain import Artifact
from services.gateway.summaries import DRIVERS_MAX, summarised
from tests.http_gateway import results_table, with_impacts
from tests.unit.gateway.shelf import Shelf

TABLE = with_impacts(results_table(997), features=25)
FRAME = TABLE.to_pandas()
BARS = [name for name in FRAME if name.startswith("impact.")]

FILTERS = [
    Filter(),
    Filter(("high",)),
    Filter(("low", "medium"), "gang 1"),
    Filter(plans=("pro", "Pro")),
    Filter(("high",), "c-0", ("basic",)),
    Filter(search="nobody is called so"),
    Filter(retention_bins=(0, 9)),
]


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    """One shelf for all of these tests."""
    shelf = Shelf(tmp_path_factory.mktemp("summaries"))
    yield shelf
    shelf.results.close()


@pytest.fixture(scope="module")
def artifact(shelf: Shelf) -> Artifact:
    """TABLE on the shelf."""
    return shelf.put(TABLE)


def chosen_rows(chosen: Filter, *, any_plan: bool = False) -> pd.DataFrame:
    """The rows of FRAME that the filter lets through."""
    found = FRAME.risk_level.isin(chosen.risk_levels or ["high", "medium", "low"])
    if chosen.plans and not any_plan:
        found &= FRAME.plan.isin(chosen.plans)
    if chosen.retention_bins:
        found &= np.minimum(np.floor(FRAME.retention_probability * 10), 9).isin(chosen.retention_bins)
    words = FRAME.customer_id + "\n" + FRAME.customer_name.fillna("")
    return FRAME[found & words.str.lower().str.contains(chosen.search.lower(), regex=False)]


@pytest.mark.parametrize("chosen", FILTERS)
def test_every_figure_is_the_files(shelf: Shelf, artifact: Artifact, chosen: Filter) -> None:
    """Counts are equal, means and sums within rounding; nothing is said of no customers."""
    rows, said = chosen_rows(chosen), summarised(shelf.results, artifact, chosen)
    assert (len(rows), dict(rows.risk_level.value_counts())) == (said.customers, said.by_risk)
    bins = np.minimum(np.floor(rows.retention_probability.to_numpy() * 10), 9).astype(int)
    assert np.bincount(bins, minlength=10).tolist() == list(said.histogram)
    wanted = {
        "mean_churn_probability": rows.churn_probability.mean(),
        "average_retention": rows.retention_probability.mean(),
        "monthly_revenue": rows.monthly_revenue.sum(min_count=1),
        "revenue_at_risk": rows.revenue_at_risk.sum(min_count=1),
        "revenue_at_risk_low": (rows.monthly_revenue * rows.probability_low).sum(min_count=1),
        "revenue_at_risk_high": (rows.monthly_revenue * rows.probability_high).sum(min_count=1),
        "saved_revenue": rows.saved_revenue.sum(min_count=1),
    }
    for name, figure in wanted.items():
        assert (None if pd.isna(figure) else pytest.approx(figure, abs=1e-9)) == getattr(said, name), name


@pytest.mark.parametrize("chosen", FILTERS)
def test_drivers_are_means_over_the_chosen(shelf: Shelf, artifact: Artifact, chosen: Filter) -> None:
    """The strongest features first; a row without reasons of its own counts as a customer on whom none acts."""
    rows, said = chosen_rows(chosen), summarised(shelf.results, artifact, chosen).drivers
    if rows.empty:
        assert () == said
        return
    impacts = rows[BARS].astype(float)
    sizes = (impacts.abs().sum() / len(rows)).sort_values(ascending=False)
    assert [name.removeprefix("impact.") for name in sizes.index[:DRIVERS_MAX]] == [each.feature for each in said]
    for each in said:
        bar = "impact." + each.feature
        assert pytest.approx(sizes[bar], abs=1e-9) == each.mean_impact_abs
        assert pytest.approx(impacts[bar].sum() / len(rows), abs=1e-9) == each.mean_impact
        assert (impacts[bar] >= 0.01).sum() == each.customers
        assert (f"feature {each.feature[1:]}", each.feature == "f3") == (each.title, each.actionable)


def test_a_feature_that_no_chosen_customer_has_is_no_driver(shelf: Shelf) -> None:
    """As over uploads of two industries, where each customer has the reasons of one."""
    table = with_impacts(results_table(20), features=3)
    nobody = pa.nulls(20, table.schema.field("impact.f1").type)
    alone = table.set_column(table.schema.get_field_index("impact.f1"), table.schema.field("impact.f1"), nobody)
    said = summarised(shelf.results, shelf.put(alone, "alone"), Filter(("high",)))
    assert {"f0", "f2"} == {each.feature for each in said.drivers}


@pytest.mark.parametrize("chosen", FILTERS)
def test_plans_are_those_to_choose_from(shelf: Shelf, artifact: Artifact, chosen: Filter) -> None:
    """Counted under every filter but that of the plan, the most frequent first, ties by name; unknown ones left out."""
    counts = chosen_rows(chosen, any_plan=True).plan.value_counts()
    wanted = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    assert wanted == list(summarised(shelf.results, artifact, chosen).plans)


def test_an_older_file_has_neither_drivers_nor_plans(shelf: Shelf) -> None:
    """Written before there were waterfalls, names and plans; its other figures stand."""
    old = shelf.put(results_table(10).drop_columns(["customer_name", "plan"]), "old")
    said = summarised(shelf.results, old, Filter())
    assert (10, (), ()) == (said.customers, said.drivers, said.plans)


def test_the_probability_of_one_is_in_the_last_bin(shelf: Shelf) -> None:
    """And 0 in the first: both ends are inside."""
    table = pa.table(
        {"customer_id": ["a", "b", "c"], "retention_probability": [1.0, 0.0, 0.1], "source_row": [1, 2, 3]}
    )
    said = summarised(shelf.results, shelf.put(table, "ends"), Filter())
    assert (1, 1, *[0] * 7, 1) == said.histogram
