"""Advice: whatever is recommended lowers the model's own probability, stays in range, and saves most."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from libs.tables.columns import COLUMNS, RATIOS, REVENUE, Industry, Kind
from services.scoring.calibrate import probability
from services.scoring.catalogue import CATALOGUE, Level
from services.scoring.domain import Span, Spans
from services.scoring.features import Floats, Matrix, matrix
from services.scoring.levers import Customers
from services.scoring.model import Model
from services.scoring.recommend import CREDIT_MIN, LOW_RISK, NOTHING_HELPS, Advice, advised, columns

UPPER = {"tenure_months": 70, "mrr": 900, "monthly_charges": 120, "total_charges": 8000, "feature_usage_score": 100}
FREE = {"payment_method": ["electronic check", "mailed check", "credit card (automatic)"], "company_size": ["small"]}


def random_customers(industry: Industry, seed: int, rows: int = 200) -> pa.RecordBatch:
    """Customers of every kind, a tenth of the cells not known; seats in use may exceed those paid for."""
    rng = np.random.default_rng(seed)
    arrays = {}
    for column in COLUMNS[industry]:
        if not column.feature:
            continue
        if column.kind is Kind.NUMBER:
            cells: Any = np.round(rng.gamma(1.0, UPPER.get(column.name, 30) / 3, rows), 1)
        elif column.kind is Kind.FLAG:
            cells = rng.random(rows) < 0.5
        else:
            cells = rng.choice(list(column.values) or FREE.get(column.name, ["a"]), rows)
        arrays[column.name] = pa.array(cells, column.arrow_type, mask=rng.random(rows) < 0.1)
    return pa.record_batch(arrays)


def spans_of(table: pa.RecordBatch) -> Spans:
    """The table's own 5 %, 50 % and 95 %."""
    frame = table.to_pandas()
    for name, (part, whole) in RATIOS.items():
        if part in frame:
            frame[name] = frame[part] / frame[whole]
    low, typical, high = (frame.quantile(share, numeric_only=True) for share in (0.05, 0.5, 0.95))
    return {name: Span(float(low[name]), float(typical[name]), float(high[name])) for name in low.index}


def chances_of(model: Model) -> Callable[[Matrix], Floats]:
    """The model's calibrated probability."""
    return lambda encoded: probability(model.metadata.calibration.log_odds(model.margins(encoded)))


def advice_for(model: Model, table: pa.RecordBatch, spans: Spans) -> tuple[Floats, Advice]:
    """The customers' probabilities and their advice."""
    encoded = matrix(table, model.metadata.features)
    walk, own = model.walk(encoded), chances_of(model)(encoded)

    def after(rows: np.ndarray, changed: Matrix) -> Floats:
        return probability(model.metadata.calibration.log_odds(walk.after(rows, changed)))

    return own, advised(after, model.metadata, table, encoded, own, spans)


def by_brute_force(model: Model, table: pa.RecordBatch, row: int, own: float, spans: Spans) -> float:
    """The most that any action is expected to save on one customer, each tried on the whole row by itself."""
    customer, best = table.slice(row, 1), 0.0
    for action in CATALOGUE[model.metadata.industry]:
        changed = Customers(customer, model.metadata.features, spans).after(action)
        if changed is None:
            continue
        cells = {name: changed.columns.get(name, customer.column(name)) for name in customer.schema.names}
        after = float(chances_of(model)(matrix(pa.record_batch(cells), model.metadata.features))[0])
        paid = [batch[REVENUE[model.metadata.industry]][0].as_py() for batch in (customer, cells)]
        before_paid, after_paid = (1.0 if amount is None else amount for amount in paid)
        if after <= own - CREDIT_MIN:
            best = max(best, after_paid * (1 - after) - before_paid * (1 - own))
    return best


@pytest.fixture(params=list(Industry))
def model(request: pytest.FixtureRequest, saas_model: Model, telecom_model: Model) -> Model:
    """Each of the baselines."""
    return {Industry.SAAS: saas_model, Industry.TELECOM: telecom_model}[request.param]


@pytest.mark.parametrize("industry", list(Industry))
def test_what_is_recommended_lowers_the_risk_and_stays_in_range(
    industry: Industry, saas_model: Model, telecom_model: Model
) -> None:
    """Of any customers: redone by itself, the change gives the stated probability, lower than before; every number
    lies inside the span, every other cell is as it was, and tenure with them."""
    model = telecom_model if industry is Industry.TELECOM else saas_model
    named = set()

    @settings(max_examples=12)
    @given(seed=st.integers(0, 2**32 - 1))
    def holds(seed: int) -> None:
        table = random_customers(industry, seed)
        spans = spans_of(table)
        own, advice = advice_for(model, table, spans)
        customers = Customers(table, model.metadata.features, spans)
        for place, action in enumerate(CATALOGUE[industry]):
            rows = np.flatnonzero(advice.action == place)
            changed = customers.after(action)
            if changed is None or not len(rows):
                assert not len(rows)
                continue
            named.add(action.name)
            places = np.searchsorted(changed.rows, rows)
            assert rows.tolist() == changed.rows[places].tolist()
            cells = {name: table.column(name).take(rows) for name in table.schema.names}
            cells |= {name: new.take(places) for name, new in changed.columns.items()}
            after = chances_of(model)(matrix(pa.record_batch(cells), model.metadata.features))
            np.testing.assert_allclose(after, advice.probability[rows], rtol=0, atol=1e-6)
            assert bool(np.all(advice.probability[rows] <= own[rows] - CREDIT_MIN))
            assert bool(np.all(after < own[rows]))
            assert not {"tenure_months", "total_charges"} & set(changed.columns)
            assert_in_range(cells, action.lever.column, isinstance(action.lever, Level), spans)

    holds()
    assert len(named) >= 5


def assert_in_range(cells: dict[str, Any], column: str, is_level: bool, spans: Spans) -> None:
    """The lever's new numbers lie in its span; a ratio's in the ratio's."""
    if is_level:
        return
    ratio = next((name for name, (part, _) in RATIOS.items() if part == column), "")
    new = cells[column].to_numpy(zero_copy_only=False)
    if ratio:
        new = new / cells[RATIOS[ratio][1]].to_numpy(zero_copy_only=False)
    span = spans[ratio or column]
    assert span.low is not None
    assert span.high is not None
    assert bool(np.all((new >= span.low - 1e-9) & (new <= span.high + 1e-9)))


def test_no_other_action_saves_more(model: Model) -> None:
    """On each customer by itself, trying every action finds nothing better."""
    table = random_customers(model.metadata.industry, seed=7, rows=60)
    spans = spans_of(table)
    own, advice = advice_for(model, table, spans)
    revenue = table.column(REVENUE[model.metadata.industry]).to_pylist()
    for row, paid in enumerate(revenue):
        if paid is not None:
            best = by_brute_force(model, table, row, float(own[row]), spans)
            assert pytest.approx(best, abs=1e-6 + 2e-6 * paid) == advice.saved_revenue[row]


def test_without_an_action_nothing_changes(model: Model) -> None:
    """Where nothing helps, the probability is the customer's own, and nothing is saved."""
    table = random_customers(model.metadata.industry, seed=8)
    own, advice = advice_for(model, table, {})
    none = advice.action < 0
    assert bool(none.any())
    np.testing.assert_array_equal(own[none], advice.probability[none])
    assert {0.0} >= set(advice.saved_revenue[none & ~np.isnan(advice.saved_revenue)])


def test_without_a_revenue_column_actions_are_still_found(model: Model) -> None:
    """What they save is not known then."""
    table = random_customers(model.metadata.industry, seed=9)
    table = table.drop_columns([REVENUE[model.metadata.industry]])
    _, advice = advice_for(model, table, spans_of(table))
    assert bool((advice.action >= 0).any())
    assert bool(np.isnan(advice.saved_revenue).all())


def said(model: Model, place: int, before: float, after: float, low: bool = False) -> str:
    """The sentence for one customer."""
    advice = Advice(np.array([place]), np.array([after]), np.array([1.0]))
    found = columns(advice, model.metadata, np.array([before]), np.array([low]))
    return str(found["recommendation"][0].as_py())


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        (0.82, 0.54, "from 82 % to 54 %"),
        (0.127, 0.0249, "from 13 % to 2.5 %"),
        (0.031, 0.022, "from 3.1 % to 2.2 %"),
        (0.204, 0.197, "from 20.4 % to 19.7 %"),
    ],
)
def test_the_sentence_says_from_where_to_where(saas_model: Model, before: float, after: float, words: str) -> None:
    """In percent, with a decimal where whole ones would be coarse or the same; as an estimate, not a promise."""
    first = CATALOGUE[Industry.SAAS][0].advice
    assert f"{first}: by the model's estimate the risk falls {words}." == said(saas_model, 0, before, after)


def test_the_sentence_says_that_nothing_helps(saas_model: Model) -> None:
    """To a low risk nothing need be done; of another it is said that the catalogue has no help."""
    assert LOW_RISK == said(saas_model, -1, 0.02, 0.02, low=True)
    assert NOTHING_HELPS == said(saas_model, -1, 0.8, 0.8)


def test_columns_of_no_action_are_null(saas_model: Model) -> None:
    """Nothing is named, no probability is stated and nothing is saved."""
    advice = Advice(np.array([-1, 2]), np.array([0.5, 0.2]), np.array([0.0, np.nan]))
    found = columns(advice, saas_model.metadata, np.array([0.5, 0.5]), np.array([False, False]))
    assert {
        "action": [None, CATALOGUE[Industry.SAAS][2].name],
        "action_probability": [None, 0.2],
        "saved_revenue": [None, None],
    } == {name: found[name].to_pylist() for name in ("action", "action_probability", "saved_revenue")}
