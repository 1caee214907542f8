"""Perturbations: each counts the customers whose risk level it would change, as scoring the changed table does."""

from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest

from services.scoring import stage
from services.scoring.domain import BadPerturbation, Clip, Effect, Perturbation, ScoreOptions, ScoreSummary
from services.scoring.model import Model

OPTIONS = ScoreOptions("baseline-telecom", scored_at="2026-05-31T12:00:00Z", churn_rate=0.3)


def scored(model: Model, table: pa.Table, *perturbations: Perturbation, **options: object) -> tuple[list[str], object]:
    """Risk levels, and the summary."""
    said = replace(OPTIONS, perturbations=perturbations, **options)
    *results, summary = stage.run(model, table.schema, table.to_batches(), said)
    assert isinstance(summary, ScoreSummary)
    return pa.Table.from_batches(results).column("risk_level").to_pylist(), summary


def with_column(table: pa.Table, name: str, cells: object) -> pa.Table:
    """The table with another such column."""
    return table.set_column(table.schema.get_field_index(name), name, cells)


def counted(before: list[str], after: list[str]) -> tuple[int, int]:
    """How many rose, and how many fell."""
    rank = {"low": 0, "medium": 1, "high": 2}
    moves = [rank[b] - rank[a] for a, b in zip(before, after, strict=True)]
    return sum(move > 0 for move in moves), sum(move < 0 for move in moves)


def gappy(telco: pa.Table) -> pa.Table:
    """Customers of whom every third has no contract, and every fifth no monthly charges."""
    head = telco.slice(0, 1500)
    third, fifth = (pa.array(np.arange(1500) % step == 0) for step in (3, 5))
    head = with_column(head, "contract", pc.if_else(third, None, head.column("contract")))
    return with_column(head, "monthly_charges", pc.if_else(fifth, None, head.column("monthly_charges")))


CASES = [
    (
        Perturbation("a", "contract", "month-to-month"),
        lambda table: with_column(table, "contract", pc.fill_null(table.column("contract"), "month-to-month")),
        500,
    ),
    (
        Perturbation("b", "monthly_charges", 100.0),
        lambda table: with_column(table, "monthly_charges", pc.fill_null(table.column("monthly_charges"), 100.0)),
        300,
    ),
    (
        Perturbation("c", "monthly_charges", Clip(high=60.0)),
        lambda table: with_column(
            table, "monthly_charges", pc.min_element_wise(table.column("monthly_charges"), 60.0, skip_nulls=False)
        ),
        None,
    ),
    (
        Perturbation("d", "tenure_months", 12.0, divides=True),
        lambda table: with_column(table, "tenure_months", pc.divide(table.column("tenure_months"), 12.0)),
        None,
    ),
    (
        Perturbation("e", "contract", None),
        lambda table: with_column(table, "contract", pa.nulls(table.num_rows, pa.string())),
        1000,
    ),
]


@pytest.mark.parametrize(("perturbation", "by_hand", "changed"), CASES, ids=lambda each: getattr(each, "id", ""))
def test_a_count_is_what_the_changed_table_shows(
    telecom_model: Model, telco: pa.Table, monkeypatch: pytest.MonkeyPatch, perturbation, by_hand, changed
) -> None:
    """Blocks of 400 rows; the changed table is scored whole, at the level that the churn rate gave the first."""
    monkeypatch.setattr(stage, "BLOCK_ROWS", 400)
    table = gappy(telco)
    before, summary = scored(telecom_model, table, perturbation)
    after, _ = scored(telecom_model, by_hand(table), level_shift=summary.level_shift)
    (effect,) = summary.effects
    assert counted(before, after) == (effect.raised, effect.lowered)
    assert effect.raised + effect.lowered > 0
    if changed is not None:
        assert changed == effect.changed


def test_the_results_are_those_of_the_table_as_it_is(telecom_model: Model, telco: pa.Table) -> None:
    """What is tried leaves no trace in the results."""
    table = gappy(telco).slice(0, 200)
    assert scored(telecom_model, table)[0] == scored(telecom_model, table, Perturbation("e", "contract", None))[0]


def test_what_no_feature_reads_changes_nothing(telecom_model: Model, telco: pa.Table) -> None:
    """A column that is not there, one that no model reads, and a table without rows."""
    said = (Perturbation("a", "nowhere", 1.0), Perturbation("b", "customer_id", None))
    assert (Effect("a"), Effect("b")) == scored(telecom_model, telco.slice(0, 20), *said)[1].effects
    *_, empty = stage.run(telecom_model, telco.schema, [], replace(OPTIONS, perturbations=said))
    assert isinstance(empty, ScoreSummary) and (Effect("a"), Effect("b")) == empty.effects


def test_a_customers_own_value_can_be_the_bound(saas_model: Model) -> None:
    """Seats in use are cut at those paid for; where nobody knows how many those are, they stay."""
    table = pa.table(
        {
            "customer_id": ["a", "b", "c"],
            "seats_used": pa.array([30.0, 4.0, 9.0]),
            "seats_purchased": pa.array([10.0, 8.0, None]),
        }
    )
    said = Perturbation("seats", "seats_used", Clip(high_column="seats_purchased"))
    assert 1 == scored(saas_model, table, said, family="baseline-saas")[1].effects[0].changed


def test_flags_are_filled_by_word(telecom_model: Model, telco: pa.Table) -> None:
    """ "yes" and "no" stand for a flag's two values."""
    head = telco.slice(0, 50)
    table = with_column(head, "partner", pa.nulls(50, pa.bool_()))
    assert 50 == scored(telecom_model, table, Perturbation("p", "partner", "yes"))[1].effects[0].changed


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (lambda: Perturbation("", "mrr", 1.0), "no id"),
        (lambda: Perturbation("a", "mrr", 0.0, divides=True), "not 0"),
        (lambda: Perturbation("a", "mrr", Clip()), "at no bound"),
        (lambda: ScoreOptions("f", perturbations=(Perturbation("a", "mrr", 1.0),) * 2), "id of its own"),
    ],
)
def test_what_cannot_be_meant_is_refused(said, told: str) -> None:
    """With a word on what would work."""
    with pytest.raises(BadPerturbation, match=told):
        said()


def test_a_number_for_words_is_refused(telecom_model: Model, telco: pa.Table) -> None:
    """The column and its type are named."""
    with pytest.raises(BadPerturbation, match="'contract' is string"):
        scored(telecom_model, gappy(telco), Perturbation("a", "contract", 5.0))
