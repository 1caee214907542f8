"""Simulate: what scoring says, of customers as they stand and as changed."""

from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from libs.tables.columns import RATIOS, REVENUE, Industry, Kind
from services.scoring import stage
from services.scoring.catalogue import CATALOGUE
from services.scoring.domain import BadChurnRate, MissingCustomerId, ScoreOptions, ScoreSummary, UnexpectedBatch
from services.scoring.features import group_names
from services.scoring.levers import Customers
from services.scoring.model import Model
from services.scoring.recommend import known_spans
from services.scoring.registry import Registry
from services.scoring.settable import settables
from services.scoring.simulation import CUSTOMERS_MAX, Simulated, TooManyCustomers, UnmatchedChanges, simulated
from services.scoring.ties import TIES
from services.scoring.walk import Plain
from services.scoring.whatif import Changes, Contradiction
from tests.unit.scoring.test_recommend import random_customers

OPTIONS = ScoreOptions("any", scored_at="2026-05-31T12:00:00Z")


def closing(customer: Simulated) -> tuple[float, float]:
    """What base and impacts lack of the probability, before and after."""
    before, after = (sum(getattr(bar, side) for bar in customer.impacts) for side in ("before", "after"))
    return (
        abs(customer.base + before - customer.before.probability),
        abs(customer.base + after - customer.after.probability),
    )


def scored(model: Model, table: pa.RecordBatch, options: ScoreOptions) -> tuple[list[dict[str, Any]], ScoreSummary]:
    """Results as Score gives them, by row, and the summary."""
    *batches, summary = stage.run(model, table.schema, [table], options)
    assert isinstance(summary, ScoreSummary)
    return pa.Table.from_batches(batches).to_pylist(), summary


def identified(table: pa.RecordBatch) -> pa.RecordBatch:
    """The customers, called by their number, without what contradicts itself: tech support and no internet."""
    people = table.to_pylist()
    for number, person in enumerate(people):
        person["customer_id"] = str(number)
        for part, whole in RATIOS.values():
            if person.get(part) is not None and person.get(whole) is not None:
                person[part] = min(person[part], person[whole])
        for tie in TIES[Industry.TELECOM]:
            tied = person.get(tie.column) in (tie.value, False)
            for column in tie.columns if tie.column in person else ():
                if person[column] is not None and tied != (person[column] == tie.tied):
                    person[column] = tie.tied if tied else tie.free
    return pa.RecordBatch.from_pylist(people)


@pytest.mark.parametrize("family", ["baseline-saas", "baseline-telecom"])
@pytest.mark.parametrize("churn_rate", [None, 0.04])
def test_nothing_changed_is_what_was_scored(registry: Registry, family: str, churn_rate: float | None) -> None:
    """The probability, interval, level and revenue bit for bit, with the shift of the whole table; impacts to 1e-6."""
    model = registry.load(family)
    table = identified(random_customers(model.metadata.industry, 5, rows=120))
    options = ScoreOptions(family, churn_rate=churn_rate)
    stored, summary = scored(model, table, options)
    some = table.take(pa.array([100, 3, 57]))
    found = simulated(model, some, [], ScoreOptions(family, level_shift=summary.level_shift))
    assert summary.level_shift == found.level_shift
    for customer, row in zip(found.customers, (stored[100], stored[3], stored[57]), strict=True):
        own = customer.before
        assert customer.after == own
        assert [row[name] for name in ("churn_probability", "probability_low", "probability_high", "risk_level")] == [
            *(own.probability, own.low, own.high, own.risk_level)
        ]
        assert (row["customer_id"], row["base_probability"]) == (customer.customer_id, customer.base)
        assert (row["monthly_revenue"], row["revenue_at_risk"]) == (own.monthly_revenue, own.revenue_at_risk)
        assert {bar.feature: row[f"impact.{bar.feature}"] for bar in customer.impacts} == pytest.approx(
            {bar.feature: bar.after for bar in customer.impacts}, abs=1e-6
        )
        assert max(closing(customer)) < 1e-9


def test_impacts_are_said_in_words_and_in_order(telecom_model: Model, telco: pa.Table) -> None:
    """One for each group, the greatest first, with the label and value that results have."""
    table = telco.slice(0, 5).combine_chunks().to_batches()[0]
    stored, _ = scored(telecom_model, table, OPTIONS)
    for customer, row in zip(simulated(telecom_model, table, [], OPTIONS).customers, stored, strict=True):
        assert set(group_names(telecom_model.metadata.features)) == {bar.feature for bar in customer.impacts}
        sizes = [abs(bar.after) for bar in customer.impacts]
        assert sorted(sizes, reverse=True) == sizes
        bars = {bar.feature: bar for bar in customer.impacts}
        for rank in (1, 2, 3):
            bar = bars[row[f"factor_{rank}_feature"]]
            said = [row[f"factor_{rank}_{part}"] for part in ("label", "value", "actionable")]
            assert said == [bar.label, bar.value, bar.actionable]


@pytest.mark.parametrize("family", ["baseline-saas", "baseline-telecom"])
def test_doing_what_an_action_does_ends_where_it_ends(registry: Registry, family: str) -> None:
    """For every action: its lever alone, asked for, takes along what the action does, and ends at its probability."""
    model = registry.load(family)
    table = identified(random_customers(model.metadata.industry, 11, rows=60))
    spans = known_spans(model.metadata, {})
    customers, tried = Customers(table, model.metadata.features, spans), 0
    for action in CATALOGUE[model.metadata.industry]:
        changed = customers.after(action)
        if changed is None:
            continue
        some, cells = changed.rows[:5], {name: each.to_pylist() for name, each in changed.columns.items()}
        asked = [{action.lever.column: cells[action.lever.column][place]} for place in range(len(some))]
        people = table.take(pa.array(some))
        done = people.to_pylist()
        for place, person in enumerate(done):
            person.update({name: each[place] for name, each in cells.items()})
        expected, _ = scored(model, pa.RecordBatch.from_pylist(done, schema=people.schema), OPTIONS)
        found = simulated(model, people, asked, OPTIONS).customers
        assert [row["churn_probability"] for row in expected] == [each.after.probability for each in found], action.name
        tried += len(found)
    assert tried > 20


@pytest.mark.parametrize("family", ["baseline-saas", "baseline-telecom"])
def test_any_change_adds_up(registry: Registry, family: str) -> None:
    """Whatever is asked of whomever: base + impacts = probability, what moved differs, and equals scoring it anew."""
    model = registry.load(family)
    known = settables(model.metadata)

    def value(column: str) -> st.SearchStrategy[float | str]:
        each = known[column]
        if each.kind is not Kind.NUMBER:
            return st.sampled_from(each.levels)
        return st.floats(each.minimum, min(each.maximum or 1e4, 1e4))

    changes = st.fixed_dictionaries({}, optional={column: value(column) for column in known})

    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.integers(0, 1000), changes)
    def check(seed: int, asked: Changes) -> None:
        table = identified(random_customers(model.metadata.industry, seed, rows=1))
        try:
            (customer,) = simulated(model, table, [asked], OPTIONS, levers=True).customers
        except Contradiction:
            return
        assert max(closing(customer)) < 1e-6
        (person,) = table.to_pylist()
        for moved in customer.moved:
            assert not known[moved.column].same(moved.before, moved.after)
            assert person.get(moved.column) == moved.before
            person[moved.column] = moved.after
        (row,), _ = scored(model, pa.RecordBatch.from_pylist([person]), OPTIONS)
        assert row["churn_probability"] == customer.after.probability
        assert row["revenue_at_risk"] == customer.after.revenue_at_risk

    check()


def test_revenue_follows_a_new_price(saas_model: Model) -> None:
    """At risk is what would then be paid, times the probability; of a customer without a price nothing is said."""
    table = pa.RecordBatch.from_pylist([{"customer_id": "a", "mrr": 100.0}, {"customer_id": "b", "mrr": None}])
    first, second = simulated(saas_model, table, [{"mrr": 90.0}, {"nps_score": 9.0}], OPTIONS).customers
    assert (100.0, 90.0) == (first.before.monthly_revenue, first.after.monthly_revenue)
    assert 90.0 * first.after.probability == first.after.revenue_at_risk
    assert (None, None) == (second.after.monthly_revenue, second.after.revenue_at_risk)
    assert REVENUE[Industry.SAAS] == "mrr"


def test_levels_are_the_tenants(telecom_model: Model, telco: pa.Table) -> None:
    """By the thresholds of the options."""
    table = telco.slice(0, 1).combine_chunks().to_batches()[0]
    low = ScoreOptions("any", high_above=0.002, medium_above=0.001)
    assert "high" == simulated(telecom_model, table, [], low).customers[0].after.risk_level


def test_levers_come_when_asked_for(telecom_model: Model, telco: pa.Table) -> None:
    """They cost time."""
    table = telco.slice(0, 2).combine_chunks().to_batches()[0]
    assert [(), ()] == [each.levers for each in simulated(telecom_model, table, [], OPTIONS).customers]
    found = simulated(telecom_model, table, [], OPTIONS, levers=True).customers
    assert [len(settables(telecom_model.metadata))] * 2 == [len(each.levers) for each in found]


def test_without_exact_reasons_there_are_none(telecom_model: Model, telco: pa.Table) -> None:
    """The probability is worth something without; no impact is shown that is not the customer's own."""

    class Failing:
        margins = staticmethod(telecom_model.predictor.margins)

        def contributions(self, encoded: np.ndarray) -> np.ndarray:
            raise MemoryError

        def walk(self, encoded: np.ndarray) -> Plain:
            return Plain(self, encoded)

    model = Model(telecom_model.metadata, telecom_model.digest, Failing(), telecom_model.spread)
    table = telco.slice(0, 1).combine_chunks().to_batches()[0]
    (customer,) = simulated(model, table, [{"contract": "two year"}], OPTIONS).customers
    assert () == customer.impacts
    assert customer.after.probability < customer.before.probability


def test_what_one_call_takes(telecom_model: Model, telco: pa.Table) -> None:
    """A thousand customers, changes for each of them or for none, and the same columns as Score."""
    table = telco.slice(0, CUSTOMERS_MAX + 1).combine_chunks().to_batches()[0]
    with pytest.raises(TooManyCustomers, match="1,001 customers are too many for one simulation; send at most 1,000"):
        simulated(telecom_model, table, [], OPTIONS)
    assert CUSTOMERS_MAX == len(simulated(telecom_model, table.slice(0, CUSTOMERS_MAX), [], OPTIONS).customers)
    few = table.slice(0, 2)
    with pytest.raises(UnmatchedChanges, match="changes for 1 customers and 2 customers"):
        simulated(telecom_model, few, [{}], OPTIONS)
    with pytest.raises(MissingCustomerId):
        simulated(telecom_model, few.drop_columns(["customer_id"]), [], OPTIONS)
    with pytest.raises(UnexpectedBatch):
        simulated(telecom_model, few.append_column("contract", few.column("contract")), [], OPTIONS)
    with pytest.raises(BadChurnRate):
        simulated(telecom_model, few, [], ScoreOptions("any", churn_rate=2.0))
    assert () == simulated(telecom_model, table.slice(0, 0), [], OPTIONS).customers
