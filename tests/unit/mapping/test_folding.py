"""Rows of one customer become one row by a rule, wherever the table is cut."""

from dataclasses import replace
from itertools import pairwise

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from libs.tables.columns import Industry
from services.mapping.application import Application
from services.mapping.domain import ColumnMapping, Derivation, Exclusion, Fold, Grain, Plan, PlanMismatch
from services.mapping.folding import ROWS_A_BATCH

COLUMNS = ("id", "start", "end", "price", "plan", "kind", "note")
FOLDS = {
    "customer_id": Fold.FIRST,
    "mrr": Fold.SUM_LIVE,
    "plan_type": Fold.LAST,
    "signup_date": Fold.MIN,
    "canceled_at": Fold.MAX_IF_ENDED,
    "churned": Fold.ALL,
}


def plan(today, **folds):
    """Subscriptions: priced, dated, some ended, some on trial."""
    named = dict(
        zip(COLUMNS, ("customer_id", "signup_date", "canceled_at", "mrr", "plan_type", None, None), strict=True)
    )
    return Plan(
        Industry.SAAS,
        today,
        tuple(ColumnMapping(column, canonical) for column, canonical in named.items()),
        derivations=(
            Derivation("churned", "churned_by_date", ("end",)),
            Derivation("tenure_months", "months_since", ("start", "end")),
        ),
        grain=Grain("subscription", "", {**FOLDS, **folds}, "signup_date"),
        exclusions=(Exclusion("kind", ("trial",), "trial"),),
    )


def folded(as_batch, plan, rows, *cuts):
    """What becomes of rows that come in batches cut at these places."""
    batch = as_batch(dict(zip(COLUMNS, map(list, zip(*rows, strict=True)), strict=True)))
    application = Application(plan, batch.schema)
    places = [0, *sorted(cuts), batch.num_rows]
    parts = [batch.slice(a, b - a) for a, b in pairwise(places)]
    return list(application.converted(parts)), application


ROWS = [
    ("a", "2024-01-01", "2024-06-01", "10", "basic", "paid", "x"),
    ("a", "2025-01-01", "", "30", "pro", "paid", "y"),
    ("a", "2025-02-01", "", "40", "pro", "paid", "z"),
    ("a", "2025-03-01", "", "99", "team", "Trial", "w"),
    ("b", "2025-01-01", "2025-03-01", "20", "team", "paid", ""),
    ("b", "2024-01-01", "2024-05-01", "50", "basic", "paid", ""),
    ("c", "2025-01-01", "", "x", "basic", "paid", ""),
    ("c", "2025-02-01", "", "5", "basic", "paid", ""),
    ("d", "2025-02-01", "", "5", "basic", "trial", ""),
]


def test_subscriptions_fold_by_their_rules(as_batch, today):
    """Live revenue is added, a lost customer keeps the last one, the first signup counts, trials are left out."""
    batches, application = folded(as_batch, plan(today), ROWS)
    rows = pa.Table.from_batches(batches).to_pylist()
    assert [("a", 70.0), ("b", 20.0), ("c", 5.0)] == [(row["customer_id"], row["mrr"]) for row in rows]
    assert ["pro", "team", "basic"] == [row["plan_type"] for row in rows]
    assert [False, True, False] == [row["churned"] for row in rows]
    assert [None, "2025-03-01", None] == [row["canceled_at"] and str(row["canceled_at"]) for row in rows]
    assert [1, 5, 7] == [row["source_row"] for row in rows]
    assert ["z", "", ""] == [row["extra.note"] for row in rows]
    assert 425 / 30.4375 == rows[1]["tenure_months"]
    report = application.report()
    assert (9, 4, {"trial": 2}) == (report.row_count, report.folded_count, report.left_out)


def test_a_failure_is_forgiven_where_another_row_gives_the_value(as_batch, today):
    """The cell is counted, but the customer has a price all the same; without one the row says so."""
    batches, application = folded(as_batch, plan(today), ROWS)
    assert [[], [], []] == pa.Table.from_batches(batches)["unconverted"].to_pylist()
    assert [("mrr", 1)] == [(each.canonical, each.count) for each in application.report().failures]
    batches, _ = folded(as_batch, plan(today), ROWS[6:7])
    assert [["mrr"]] == pa.Table.from_batches(batches)["unconverted"].to_pylist()


@pytest.mark.parametrize(
    ("fold", "values"),
    [
        (Fold.FIRST, [10.0, 50.0, 5.0]),
        (Fold.LAST, [40.0, 20.0, 5.0]),
        (Fold.SUM, [80.0, 70.0, 5.0]),
        (Fold.MAX, [40.0, 50.0, 5.0]),
        (Fold.MIN, [10.0, 20.0, 5.0]),
        (Fold.MEAN, [80.0 / 3, 35.0, 5.0]),
    ],
)
def test_each_fold_does_what_it_says(as_batch, today, fold, values):
    """First and last are in the order of the signup date, and blanks count for nothing."""
    batches, _ = folded(as_batch, plan(today, mrr=fold), ROWS)
    assert values == pa.Table.from_batches(batches)["mrr"].to_pylist()


def test_any_and_all_differ(as_batch, today):
    """One ended subscription of three is any, not all."""
    batches, _ = folded(as_batch, plan(today, churned=Fold.ANY), ROWS)
    assert [True, True, False] == pa.Table.from_batches(batches)["churned"].to_pylist()


cell = {
    "id": st.sampled_from(["a", "b", "c", ""]),
    "start": st.sampled_from(["2024-01-01", "2024-05-05", "", "?"]),
    "end": st.sampled_from(["2024-09-09", "2030-01-01", ""]),
    "price": st.sampled_from(["0.1", "0.2", "0.7", "1e-9", "x", ""]),
    "plan": st.sampled_from(["basic", "pro", ""]),
    "kind": st.sampled_from(["paid", "trial"]),
    "note": st.text(max_size=2),
}


@settings(max_examples=60, deadline=None, derandomize=True)
@given(rows=st.lists(st.tuples(*cell.values()), min_size=1, max_size=40), data=st.data())
def test_where_the_table_is_cut_changes_nothing(as_batch, today, rows, data):
    """A customer may span batches: the same rows, bits and counts come out."""
    rows = sorted(rows, key=lambda row: row[0])
    cuts = data.draw(st.lists(st.integers(0, len(rows)), max_size=6))
    (whole, one), (parts, two) = folded(as_batch, plan(today), rows), folded(as_batch, plan(today), rows, *cuts)
    assert whole == parts
    assert one.report() == two.report()


def test_batches_have_a_fixed_size(as_batch, today):
    """Folded rows come in full batches however the file's rows were cut."""
    rows = [(str(place // 2), "2024-01-01", "", "1", "basic", "paid", "") for place in range(2 * ROWS_A_BATCH + 6)]
    batches, _ = folded(as_batch, plan(today), rows, 5, 777, 9_001)
    assert [ROWS_A_BATCH, 3] == [batch.num_rows for batch in batches]


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"derivations": (Derivation("mrr", "guess", ("price",)),)}, "by 'guess', a rule that is not known"),
        ({"derivations": (Derivation("mrr", "cents_to_units", ("cost",)),)}, "from a column that nothing gives"),
        ({"derivations": (Derivation("speed", "cents_to_units", ("price",)),)}, "no canonical column of saas"),
        ({"grain": Grain("subscription", "", {}, "moon")}, "orders rows by 'moon', which nothing gives"),
        ({"exclusions": (Exclusion("moon", ("x",), "lead"),)}, "leaves rows out by a column 'moon'"),
    ],
)
def test_plans_that_contradict_themselves_are_refused(as_batch, today, changed, message):
    """The refusal names the rule or the column."""
    with pytest.raises(PlanMismatch, match=message):
        folded(as_batch, replace(plan(today), **changed), ROWS)
