"""Drift: the index against a table reckoned by hand, counts that add up, and levels that chance does not raise."""

import math
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pytest

from services.scoring import stage
from services.scoring.domain import Drift, DriftLevel, FeatureDrift, ScoreOptions, ScoreSummary
from services.scoring.drift import Reference, chance, level_of, psi
from services.scoring.features import matrix
from services.scoring.model import Model

OPTIONS = ScoreOptions("baseline-telecom", scored_at="2026-05-31T12:00:00Z")


def drift_of(model: Model, table: pa.Table, **options: object) -> Drift:
    """What a summary says of the table."""
    *_, summary = stage.run(model, table.schema, table.to_batches(), replace(OPTIONS, **options))
    assert isinstance(summary, ScoreSummary)
    return summary.drift


def of(drift: Drift, name: str) -> FeatureDrift:
    """One feature of it."""
    return next(each for each in drift.features if each.feature == name)


def test_the_index_is_the_one_of_the_book() -> None:
    """Expected 20, 30 and 50 %, seen 30, 30 and 40 %: 0.1 ln 1.5 + 0 - 0.1 ln 0.8 = 0.0405 + 0.0223 = 0.0629."""
    index = psi(np.array([30, 30, 40]), np.array([0.2, 0.3, 0.5]), 1000)
    assert pytest.approx(0.1 * math.log(1.5) - 0.1 * math.log(0.8), abs=1e-15) == index
    assert 0.0629 == round(index, 4)


def test_an_empty_bin_counts_half_a_customer() -> None:
    """Nobody of 100 in a bin that holds a tenth: (0.005 - 0.1) ln 0.05 there, and no infinity."""
    index = psi(np.array([0, 100]), np.array([0.1, 0.9]), 1000)
    assert pytest.approx((0.005 - 0.1) * math.log(0.05) + (1 - 0.9) * math.log(1 / 0.9)) == index


def test_the_models_own_customers_have_not_drifted(telecom_model: Model, telco: pa.Table) -> None:
    """Every count is the profile's, so every index is zero; the score differs by its held-out models alone."""
    drift = drift_of(telecom_model, telco)
    assert {"tenure_months", "contract", "paperless_billing", "online_security"} <= {d.feature for d in drift.features}
    assert all(each.psi is not None and each.psi < 1e-6 for each in drift.features)
    assert drift.score is not None and drift.score.psi is not None and 0.01 > drift.score.psi
    assert all(0 == each.unread_count and DriftLevel.NONE is each.level for each in drift.features)
    assert ("the 7,043 customers of IBM's Telco sample", False) == (drift.reference, drift.simulated)


def test_another_population_is_seen(telecom_model: Model, telco: pa.Table) -> None:
    """New customers alone: tenure is another world, and the bins say which way; the rest of the sex ratio stays."""
    new = telco.filter(pa.array(telco.column("tenure_months").to_numpy() < 4))
    drift = drift_of(telecom_model, new)
    tenure = of(drift, "tenure_months")
    assert DriftLevel.STRONG is tenure.level
    assert [new.num_rows, *[0] * (len(tenure.bins) - 2)] == [sum(b.count for b in tenure.bins[:2])] + [
        each.count for each in tenure.bins[2:]
    ]
    assert DriftLevel.NONE is of(drift, "gender").level
    assert drift.score is not None and DriftLevel.STRONG is drift.score.level


def test_thirty_customers_of_the_same_kind_raise_no_alarm(telecom_model: Model, telco: pa.Table) -> None:
    """An index of few customers is large by chance; in 40 samples of 30 hardly a level is raised."""
    rng = np.random.default_rng(5)
    raised = rough = 0
    for _ in range(40):
        some = telco.take(pa.array(rng.choice(telco.num_rows, 30, replace=False)))
        features = drift_of(telecom_model, some).features
        raised += sum(each.level is not DriftLevel.NONE for each in features)
        rough += sum((each.psi or 0) >= 0.25 for each in features)
    assert rough > 40
    assert 8 >= raised


def test_the_chance_limit_is_that_of_chi_square() -> None:
    """Nine degrees of freedom: the 99.9 % quantile is 27.88, times 1/n + 1/m."""
    assert pytest.approx(27.88 * (1 / 100 + 1 / 400), rel=0.01) == chance(100, 400, 10)
    assert [DriftLevel.NONE, DriftLevel.SHIFTED, DriftLevel.STRONG] == [level_of(x, 0.05) for x in (0.09, 0.1, 0.25)]
    assert DriftLevel.NONE is level_of(0.6, 0.7)


def test_counts_of_parts_add_up(telecom_model: Model, telco: pa.Table, monkeypatch: pytest.MonkeyPatch) -> None:
    """Blocks of 500 rows and one block say the same."""
    whole = drift_of(telecom_model, telco.slice(0, 3000))
    monkeypatch.setattr(stage, "BLOCK_ROWS", 500)
    assert whole == drift_of(telecom_model, telco.slice(0, 3000))


def test_a_churn_rate_is_no_drift(telecom_model: Model, telco: pa.Table) -> None:
    """It moves every score alike; the score's drift is of what the model says by itself."""
    plain, shifted = drift_of(telecom_model, telco), drift_of(telecom_model, telco, churn_rate=0.02)
    assert plain.score is not None and shifted.score is not None
    assert [b.count for b in plain.score.bins] == pytest.approx([b.count for b in shifted.score.bins], abs=2)


def test_gaps_and_unknown_words_are_told_apart(telecom_model: Model, telco: pa.Table) -> None:
    """A gap lowers the known share; a word that the model does not know does too, and is counted as such."""
    head = telco.slice(0, 100)
    words = ["weekly"] * 10 + [None] * 20 + head.column("contract").to_pylist()[30:]
    place = head.schema.get_field_index("contract")
    contract = of(drift_of(telecom_model, head.set_column(place, "contract", pa.array(words))), "contract")
    assert (0.7, 1.0, 10) == (contract.known_share, contract.reference_known_share, contract.unread_count)
    assert 70 == sum(each.count for each in contract.bins)


def test_a_column_without_a_value_has_no_index(telecom_model: Model, telco: pa.Table) -> None:
    """Nothing is known, so nothing is compared; a column that is not there is not even named."""
    place = telco.schema.get_field_index("contract")
    empty = telco.set_column(place, "contract", pa.nulls(telco.num_rows, pa.string())).drop_columns(["partner"])
    drift = drift_of(telecom_model, empty)
    assert (None, DriftLevel.NONE, 0.0) == tuple(
        getattr(of(drift, "contract"), name) for name in ("psi", "level", "known_share")
    )
    assert "partner" not in {each.feature for each in drift.features}


def test_a_version_without_a_profile_compares_nothing(telecom_model: Model, telco: pa.Table) -> None:
    """Versions of before keep no deciles and no profile: there is no drift to tell, and scores are as ever."""
    bare = replace(telecom_model, metadata=replace(telecom_model.metadata, profile={}, score_deciles=()))
    drift = drift_of(bare, telco.slice(0, 50))
    assert ((), None) == (drift.features, drift.score)


def test_ties_among_deciles_keep_their_customers(telecom_model: Model, telco: pa.Table) -> None:
    """Where many customers have one score, several deciles are that score, and its bin holds them all."""
    deciles = (-2.0, -1.0, -1.0, -1.0, 0.0, 0.5, 1.0, 1.5, 2.0)
    reference = Reference(replace(telecom_model.metadata, score_deciles=deciles), telco.schema.names)
    head = telco.slice(0, 10).combine_chunks().to_batches()[0]
    log_odds = np.array([-3.0, -1.5, -1.0, -1.0, -0.5, 0.2, 0.7, 1.2, 1.7, 2.5])
    counts = reference.counts(head, matrix(head, telecom_model.metadata.features), log_odds)
    score = reference.drift(counts).score
    assert score is not None
    assert [0.1, 0.1, 0.3, 0.1, 0.1, 0.1, 0.1, 0.1] == [each.reference_share for each in score.bins]
    assert [1, 1, 3, 1, 1, 1, 1, 1] == [each.count for each in score.bins]
    assert pytest.approx(0.0, abs=1e-12) == score.psi
