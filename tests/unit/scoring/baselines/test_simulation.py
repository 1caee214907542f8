"""The simulated customers: repeatable, plausible, and with the gaps of real exports."""

import numpy as np
import pytest

from libs.tables.columns import Industry, by_name
from services.scoring.baselines.companies import OPTIONAL, Companies, observed
from services.scoring.baselines.simulation import CUSTOMERS_PER_FILE, SIGNALS, simulated


def test_a_seed_gives_the_same_customers() -> None:
    """And another seed others."""
    first, again, other = simulated(3, 1), simulated(3, 1), simulated(3, 2)
    assert first.table.equals(again.table)
    assert np.array_equal(first.chance, again.chance)
    assert not first.table.equals(other.table)


def test_the_churn_rate_is_the_literatures() -> None:
    """2.5 to 4.5 % a month, and labels that follow the chances."""
    sample = simulated(200, 5)
    assert 0.025 < sample.chance.mean() < 0.045
    assert pytest.approx(sample.chance.mean(), abs=0.005) == sample.churned.mean()


def test_every_value_is_plausible() -> None:
    """Within the canonical columns' own ranges."""
    table = simulated(50, 3).table
    columns = by_name(Industry.SAAS)
    assert set() == set(table.schema.names) - set(columns)
    for name in table.schema.names:
        filled = table.column(name).drop_null()
        if columns[name].values:
            assert set(filled.to_pylist()) <= set(columns[name].values)
        elif columns[name].minimum is not None:
            least, most = columns[name].minimum, columns[name].maximum
            assert least <= min(filled.to_pylist()) and max(filled.to_pylist()) <= (most or np.inf)


def test_files_lack_columns_and_rows_lack_cells() -> None:
    """Tenure and revenue are always there; every tenth file has nothing else."""
    table = simulated(20, 3).table
    assert 0 == table.column("tenure_months").null_count == table.column("mrr").null_count
    bare = table.slice(0, CUSTOMERS_PER_FILE)
    assert all(CUSTOMERS_PER_FILE == bare.column(name).null_count for name in OPTIONAL)
    gaps = table.column("nps_score").null_count / table.num_rows
    assert 0.2 < gaps < 0.9


def test_every_signal_is_in_standard_deviations() -> None:
    """So that the weights of the signals can be compared, and none is heavy by its unit alone."""
    _, signals = observed(Companies(np.random.default_rng(8), 2000, 10))
    assert set(SIGNALS) == set(signals)
    for values in signals.values():
        assert abs(values.mean()) < 0.25
        assert 0.8 < values.std() < 1.3


def test_no_signal_outweighs_the_others() -> None:
    """Near-equal weights, as what matters most at a company is not known before it is measured there."""
    assert max(SIGNALS.values()) < 0.2 * sum(SIGNALS.values())


def test_companies_differ() -> None:
    """In level, in scale, and in which columns they have; customers of one company share all three."""
    table = simulated(40, 6).table
    logins = table.column("logins_per_month").to_pandas().to_numpy().reshape(40, CUSTOMERS_PER_FILE)
    means = [row[~np.isnan(row)].mean() for row in logins if (~np.isnan(row)).any()]
    assert max(means) > 3 * min(means)
    known = (~np.isnan(logins)).mean(axis=1)
    assert 0.0 == known.min() and known.max() > 0.8
