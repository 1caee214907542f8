"""A customer's move: model and data, data by feature, and nothing lost on the way."""

from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.gateway.comparison.document import Upload
from services.gateway.comparison.moves import FROM, MOVE, TO, changes, closed, schema
from services.gateway.comparison.tally import Tally

FEATURES = [
    pa.field("tenure", pa.float32(), metadata={"title": "how long they have been here"}),
    pa.field("mrr", pa.float32()),
]


def joined(*rows: tuple[Any, ...]) -> pa.RecordBatch:
    """customer, p0, p1, p2, impacts of the old row and of the new one."""
    columns = list(zip(*rows, strict=True))
    floats = {name: pa.array(columns[k], pa.float64()) for k, name in enumerate(("before", "model", "after"), 1)}
    impacts = {
        f"{side}{field.name}": pa.array([each[k] if each else None for each in columns[place]], pa.float32())
        for place, side in ((4, FROM), (5, TO))
        for k, field in enumerate(FEATURES)
    }
    levels = {
        f"level_{side}": pa.array(
            [None if p is None else "high" if p > 0.7 else "low" for p in columns[place]], pa.string()
        )
        for side, place in (("before", 1), ("after", 3))
    }
    revenue = {f"revenue_{side}": pa.nulls(len(rows), pa.float64()) for side in ("before", "after")}
    names = pa.array([f"Company {each}" for each in columns[0]])
    return pa.record_batch(
        {"customer_id": pa.array(columns[0]), "customer_name": names, **floats, **levels, **revenue, **impacts}
    )


def row(batch: pa.RecordBatch, place: int = 0) -> dict[str, Any]:
    """One customer's change."""
    return batch.to_pylist()[place]


def test_a_move_is_split_into_model_and_data() -> None:
    """From 0.20 to 0.50: the new model alone says 0.26, so 0.06 is its doing and 0.24 the data's."""
    told = row(changes(joined(("a", 0.2, 0.26, 0.5, (0.1, -0.04), (0.3, 0.0))), FEATURES))
    assert pytest.approx((0.3, 0.06, 0.24), abs=1e-12) == (told["move"], told["model_move"], told["data_move"])
    assert pytest.approx((0.2, 0.04), abs=1e-6) == (told["move.tenure"], told["move.mrr"])
    assert ("kept", "low", "low") == (told["status"], told["risk_before"], told["risk_after"])


def test_new_and_lost_customers_have_no_move() -> None:
    """They are counted, and their one probability stands."""
    batch = changes(joined(("a", None, None, 0.5, None, (0.3, 0.0)), ("b", 0.2, 0.3, None, (0.1, 0.1), None)), FEATURES)
    assert ["new", "lost"] == batch.column("status").to_pylist()
    for name in ("move", "model_move", "data_move", "unexplained_move", "move.tenure", "move.mrr"):
        assert [None, None] == batch.column(name).to_pylist()
    assert (None, 0.5) == (row(batch)["probability_before"], row(batch)["probability_after"])


def test_reasons_that_are_not_personal_leave_the_data_unexplained() -> None:
    """Null impacts on either side: the data's part is whole and stands in a column of its own."""
    told = row(changes(joined(("a", 0.2, 0.2, 0.5, None, (0.3, 0.0))), FEATURES))
    assert (0.0, 0.0) == (told["move.tenure"], told["move.mrr"])
    assert pytest.approx(0.3) == told["data_move"] == told["unexplained_move"]


@given(st.integers(1, 60), st.integers(0, 2**31))
def test_the_parts_sum_to_the_move(rows: int, seed: int) -> None:
    """Whatever float32 made of the impacts: model, features and the unexplained sum to the move within 1e-12."""
    rng = np.random.default_rng(seed)
    features = [pa.field(f"f{k}", pa.float32()) for k in range(5)]
    old, new = rng.normal(0, 0.05, (rows, 5)), rng.normal(0, 0.05, (rows, 5))
    model = np.clip(0.4 + old.sum(axis=1), 0, 1)
    after = model + (new - old).sum(axis=1)
    batch = pa.record_batch(
        {
            "customer_id": pa.array([str(k) for k in range(rows)]),
            "customer_name": pa.nulls(rows, pa.string()),
            "before": pa.array(rng.random(rows)),
            "model": pa.array(model),
            "after": pa.array(after),
            **{f"{n}_{side}": pa.nulls(rows, pa.string()) for n in ("level",) for side in ("before", "after")},
            **{f"revenue_{side}": pa.nulls(rows, pa.float64()) for side in ("before", "after")},
            **{FROM + f.name: pa.array(old[:, k].astype(np.float32)) for k, f in enumerate(features)},
            **{TO + f.name: pa.array(new[:, k].astype(np.float32)) for k, f in enumerate(features)},
        }
    )
    made = changes(batch, features)
    parts = sum(made.column(MOVE + f.name).to_numpy() for f in features)
    unexplained = made.column("unexplained_move").to_numpy()
    total = made.column("model_move").to_numpy() + parts + unexplained
    assert 1e-12 > np.abs(total - made.column("move").to_numpy()).max()
    assert 1e-12 > np.abs(unexplained).max()


def test_only_rounding_is_shared_out() -> None:
    """A row that lacks more than float32's error keeps its parts: it is not closed by force."""
    parts = np.array([[0.1, -0.3], [0.1, -0.3], [0.0, 0.0]])
    total = np.array([-0.2 + 4e-7, 0.4, 1e-7])
    whole = closed(parts, total)
    assert pytest.approx([0.1 + 1e-7, -0.3 + 3e-7], abs=1e-15) == whole[0].tolist()
    assert parts[1:].tolist() == whole[1:].tolist()


def test_the_figures_add_up_over_batches() -> None:
    """Counts, means and those who moved most; in one batch or in two."""
    rows = [
        ("a", 0.2, 0.26, 0.5, (0.1, -0.04), (0.3, 0.0)),
        ("b", 0.9, 0.8, 0.3, (0.2, 0.2), (-0.2, 0.1)),
        ("c", None, None, 0.5, None, (0.3, 0.0)),
        ("d", 0.2, 0.3, None, (0.1, 0.1), None),
        ("e", 0.2, 0.2, 0.2, (0.1, 0.1), (0.1, 0.1)),
    ]
    upload = Upload(
        prediction_id="x",
        snapshot_date="2026-05-31",
        model_version="v",
        customers=4,
        expected_leavers=1.0,
        revenue_at_risk=0.0,
    )
    whole, pieces = Tally(FEATURES), Tally(FEATURES)
    whole.add(changes(joined(*rows), FEATURES))
    for part in (rows[:2], rows[2:]):
        pieces.add(changes(joined(*part), FEATURES))
    told = whole.document(upload, upload, same_model=False)
    assert told == pieces.document(upload, upload, same_model=False)
    assert (3, 1, 1) == (told.kept, told.new, told.lost)
    assert pytest.approx(-0.1) == told.mean_move
    assert told.mean_move == pytest.approx(
        (told.mean_model_move or 0) + (told.mean_unexplained_move or 0) + sum(f.mean for f in told.features), abs=1e-12
    )
    assert ["tenure", "mrr"] == [each.feature for each in told.features]
    assert ("how long they have been here", 1, 1) == (
        told.features[0].title,
        told.features[0].raised,
        told.features[0].lowered,
    )
    assert [("a", "Company a", "tenure")] == [
        (each.customer_id, each.customer_name, each.feature) for each in told.rises
    ]
    assert [("b", "tenure")] == [(each.customer_id, each.feature) for each in told.falls]
    assert {("high", "low"): 1, ("low", "low"): 2} == {(m.before, m.after): m.customers for m in told.levels}


def test_nobody_kept_is_no_division_by_zero() -> None:
    """Two files of different customers: nothing moved, all are new or lost."""
    tally = Tally(FEATURES)
    tally.add(changes(joined(("a", None, None, 0.5, None, (0.3, 0.0))), FEATURES))
    upload = Upload(
        prediction_id="x",
        snapshot_date="2026-05-31",
        model_version="v",
        customers=1,
        expected_leavers=0.5,
        revenue_at_risk=0.0,
    )
    told = tally.document(upload, upload, same_model=True)
    assert (0, 1, None, [], []) == (told.kept, told.new, told.mean_move, told.features, told.rises)


def test_the_schema_says_what_a_feature_is_called() -> None:
    """With the title that the results give it."""
    assert b"how long they have been here" == schema(FEATURES).field("move.tenure").metadata[b"title"]
