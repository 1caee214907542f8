"""The results of the real telecom customers, row by row."""

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from services.scoring.domain import ScoreOptions, ScoreSummary
from services.scoring.features import group_names
from services.scoring.model import Model
from services.scoring.recommend import LOW_RISK
from services.scoring.results import IMPACT, NOTHING_RAISES, RISING, SCHEMA, risk_ranks, schema

Scored = tuple[pa.Table, ScoreSummary]

COLUMNS = [
    *("customer_id", "customer_name", "plan"),
    *("churn_probability", "probability_low", "probability_high", "retention_probability"),
    *("risk_level", "top_risk_factor"),
    *("factor_1_feature", "factor_1_label", "factor_1_value", "factor_1_direction", "factor_1_impact"),
    "factor_1_actionable",
    *("factor_2_feature", "factor_2_label", "factor_2_value", "factor_2_direction", "factor_2_impact"),
    "factor_2_actionable",
    *("factor_3_feature", "factor_3_label", "factor_3_value", "factor_3_direction", "factor_3_impact"),
    "factor_3_actionable",
    *("other_impact", "base_probability", "recommendation", "action", "action_probability"),
    *("model_version", "scored_at", "horizon_days"),
    *("monthly_revenue", "revenue_at_risk", "saved_revenue", "source_row"),
]


@pytest.fixture(scope="module")
def frame(telco_scored: Scored) -> pd.DataFrame:
    """The results as a frame."""
    return telco_scored[0].to_pandas()


def test_the_columns_are_the_contract(telco_scored: Scored) -> None:
    """Named and ordered as promised; null are only names, of which there are none, and where no action helps."""
    table = telco_scored[0]
    assert COLUMNS == SCHEMA.names == table.schema.names[: len(COLUMNS)]
    nulls = {name: table.column(name).null_count for name in table.schema.names if table.column(name).null_count}
    assert table.num_rows == nulls.pop("customer_name")
    assert {"action", "action_probability", "saved_revenue"} == set(nulls)
    assert {table.column("action").null_count} == set(nulls.values())
    assert {b"schema_version": b"1", b"industry": b"telecom"} == table.schema.metadata


def test_the_plan_of_telecom_is_the_contract(frame: pd.DataFrame, telco: pa.Table) -> None:
    """As the file has it, on every row."""
    assert telco.column("contract").to_pylist() == frame.plan.tolist()


def test_base_and_impacts_give_the_probability(frame: pd.DataFrame) -> None:
    """On every row, within 1e-9."""
    impacts = frame[[f"factor_{rank}_impact" for rank in (1, 2, 3)]].sum(axis=1) + frame.other_impact
    assert (frame.base_probability + impacts - frame.churn_probability).abs().max() < 1e-9
    assert (frame.churn_probability + frame.retention_probability - 1).abs().max() < 1e-12


def test_the_waterfall_is_whole(frame: pd.DataFrame, telecom_model: Model, telco_scored: Scored) -> None:
    """Base and all stored impacts give the probability within 1e-6; the named factors are among them, in words."""
    assert schema(telecom_model.metadata).equals(telco_scored[0].schema, check_metadata=True)
    bars = frame[[name for name in frame if name.startswith(IMPACT)]]
    assert [IMPACT + name for name in group_names(telecom_model.metadata.features)] == list(bars)
    assert (frame.base_probability + bars.sum(axis=1) - frame.churn_probability).abs().max() < 1e-6
    places = bars.columns.get_indexer(IMPACT + frame.factor_1_feature)
    assert np.abs(bars.to_numpy()[np.arange(len(bars)), places] - frame.factor_1_impact).max() < 1e-6
    said = telco_scored[0].schema.field("impact.tech_support").metadata
    assert {b"title": b"tech support", b"actionable": b"true"} == said


def test_what_a_customer_is_cannot_be_acted_on(frame: pd.DataFrame) -> None:
    """Tenure is context; a contract can be changed."""
    told = frame.groupby("factor_1_feature").factor_1_actionable.agg(["min", "max"])
    assert [(False, False), (True, True)] == [tuple(told.loc[name]) for name in ("tenure_months", "contract")]


def test_factors_come_by_size_and_differ(frame: pd.DataFrame) -> None:
    """The three largest first; no feature twice; direction is the impact's sign."""
    sizes = frame[[f"factor_{rank}_impact" for rank in (1, 2, 3)]].abs().to_numpy()
    assert bool(np.all(np.diff(sizes, axis=1) <= 0))
    names = frame[[f"factor_{rank}_feature" for rank in (1, 2, 3)]]
    assert {3} == set(names.nunique(axis=1))
    for rank in (1, 2, 3):
        raises = frame[f"factor_{rank}_impact"] > 0
        assert bool((raises == (frame[f"factor_{rank}_direction"] == "increases")).all())


def test_the_top_risk_factor_raises_most(frame: pd.DataFrame) -> None:
    """Where the first factor raises the risk, it is the top risk factor."""
    raises = frame[frame.factor_1_direction == "increases"]
    assert bool((raises.top_risk_factor == raises.factor_1_label).all())
    assert len(frame[frame.top_risk_factor == NOTHING_RAISES]) < len(frame) / 10


def test_levels_follow_the_thresholds() -> None:
    """High above 0.7, medium above 0.4: at a threshold the lower level holds."""
    ranks = risk_ranks(np.array([0.4, 0.41, 0.7, 0.71]), ScoreOptions("any"))
    assert ["low", "medium", "medium", "high"] == [RISING[rank].value for rank in ranks]


def test_probabilities_mean_something(frame: pd.DataFrame) -> None:
    """Their mean is the customers' own churn rate, and all three levels occur."""
    assert pytest.approx(0.2654, abs=0.005) == frame.churn_probability.mean()
    assert {"high", "medium", "low"} == set(frame.risk_level)


def test_revenue_at_risk_is_revenue_times_probability(frame: pd.DataFrame) -> None:
    """Per customer and month."""
    assert (frame.monthly_revenue * frame.churn_probability - frame.revenue_at_risk).abs().max() < 1e-12


def test_the_riskiest_customers_read_well(frame: pd.DataFrame) -> None:
    """Customer 2209 (one month, month-to-month, 100.80 a month) is told in the customer's own values."""
    row = frame[frame.customer_id == "2209"].iloc[0]
    labels = {row.factor_1_label, row.factor_2_label, row.factor_3_label}
    own = {label.split(";")[0] for label in labels}
    assert {"has been a customer for 1 month", "pays 100.80 a month", "contract is month-to-month"} == own
    assert "high" == row.risk_level


def test_actions_lower_the_risk_and_save_the_difference(frame: pd.DataFrame) -> None:
    """Most customers have one; where the price stays, it saves revenue times the fall of the probability."""
    acted = frame[frame.action.notna()]
    assert len(acted) > len(frame) / 2
    assert bool((acted.action_probability < acted.churn_probability).all())
    assert bool((acted.saved_revenue > 0).all())
    same = acted[~acted.action.isin(["lower_price", "smaller_line"])]
    fall = same.monthly_revenue * (same.churn_probability - same.action_probability)
    assert (fall - same.saved_revenue).abs().max() < 1e-9


def test_the_riskiest_are_offered_a_contract(frame: pd.DataFrame) -> None:
    """What binds them longer is what the model credits most; with no span given, no number is moved."""
    assert {"one_year"} == set(frame.nlargest(20, "churn_probability").action)
    assert "lower_price" not in set(frame.action.dropna())


def test_who_needs_nothing_is_told_so(frame: pd.DataFrame) -> None:
    """A low risk that no action lowers."""
    idle = frame[frame.action.isna() & (frame.risk_level == "low")]
    assert {LOW_RISK} == set(idle.recommendation)
