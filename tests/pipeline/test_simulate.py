"""What if, from an upload to an answer, through the real processes: the same model, shift and rows as the scoring."""

from typing import Any

import httpx
import pytest

from deploy.local.product import Product
from libs.client.http import RetainWise
from libs.errors import InvalidInput, NotFound
from tests.journey import ended, results, telecom_csv, uploaded


def scored(http: httpx.Client, data: bytes, **fields: str) -> tuple[str, dict[str, dict[str, Any]]]:
    """The prediction of the file and its results, by customer."""
    over = ended(http, prediction := uploaded(http, data, **fields))
    assert "COMPLETED" == over["status"], over
    return prediction, {row["customer_id"]: row for row in results(http, prediction).to_pylist()}


def whole(answer: dict[str, Any], impact: str) -> float:
    """Base and impacts together."""
    return float(answer["base_probability"] + sum(bar[impact] for bar in answer["impacts"]))


@pytest.mark.parametrize("fields", [{}, {"churn_rate": "0.05"}])
def test_unchanged_is_what_was_stored(http: httpx.Client, product: Product, fields: dict[str, str]) -> None:
    """Probability, interval, level and revenue bit for bit, also after a churn rate moved them; impacts within 1e-6."""
    prediction, stored = scored(http, telecom_csv(400), **fields)
    with RetainWise(product.url, product.token) as service:
        for customer in ("C0000000", "C0000007", "C0000123", "C0000399"):
            answer, row = service.simulate(prediction, customer), stored[customer]
            assert answer["before"] == answer["after"]
            same = ("churn_probability", "probability_low", "probability_high", "risk_level", "monthly_revenue")
            assert [row[name] for name in same] == [answer["after"][name] for name in same]
            assert row["revenue_at_risk"] == answer["after"]["revenue_at_risk"]
            assert row["base_probability"] == answer["base_probability"]
            assert {bar["feature"]: row[f"impact.{bar['feature']}"] for bar in answer["impacts"]} == pytest.approx(
                {bar["feature"]: bar["impact"] for bar in answer["impacts"]}, abs=1e-6
            )
            assert [] == answer["moved"]
            bars = service.customer(prediction, customer)["waterfall"]
            said = {bar["feature"]: bar["value"] for bar in answer["impacts"]}
            assert {bar["feature"] for bar in bars} == set(said)
            assert all(bar["value"] for bar in bars)
            words = ("contract", "internet_service", "tech_support", "paperless_billing")
            assert all(bar["value"] == said[bar["feature"]] for bar in bars if bar["feature"] in words)


def test_levels_are_those_the_file_was_sent_under(http: httpx.Client, product: Product) -> None:
    """A tenant that moves its thresholds later moves neither the stored level nor that of a what-if."""
    usual = http.get("/api/risk-levels").json()
    try:
        assert http.put("/api/risk-levels", json={"high_above": 0.02, "medium_above": 0.01}).status_code < 300
        prediction, stored = scored(http, telecom_csv(200))
    finally:
        http.put("/api/risk-levels", json={name: usual[name] for name in ("high_above", "medium_above")})
    with RetainWise(product.url, product.token) as service:
        found = {each: service.simulate(prediction, each)["after"]["risk_level"] for each in list(stored)[:20]}
    assert {each: stored[each]["risk_level"] for each in found} == found
    assert "high" in found.values()


def test_changed_is_what_a_file_with_the_change_gets(http: httpx.Client, product: Product) -> None:
    """The customer's line edited in the file, without a churn rate, ends at the same probability."""
    data = telecom_csv(300)
    prediction, stored = scored(http, data)
    line = next(each for each in data.decode().splitlines() if each.startswith("C0000009,"))
    fields = line.split(",")
    fields[2], fields[6] = "Two year", "70.00"
    edited, again = scored(http, data.replace(line.encode(), ",".join(fields).encode()))
    assert prediction != edited
    with RetainWise(product.url, product.token) as service:
        answer = service.simulate(prediction, "C0000009", {"contract": "two year", "monthly_charges": 70})
    assert stored["C0000009"]["churn_probability"] == answer["before"]["churn_probability"]
    assert again["C0000009"]["churn_probability"] == answer["after"]["churn_probability"]
    assert again["C0000009"]["revenue_at_risk"] == answer["after"]["revenue_at_risk"]
    for side, impact in (("before", "impact_before"), ("after", "impact")):
        assert 1e-6 > abs(whole(answer, impact) - answer[side]["churn_probability"])


def test_the_recommended_action_ends_where_it_was_said_to(http: httpx.Client, product: Product) -> None:
    """Asking for an action's lever gives the action's probability within float32's error, inside the tenant's spans."""
    prediction, stored = scored(http, telecom_csv(600))
    levers = {
        "one_year": {"contract": "one year"},
        "two_years": {"contract": "two year"},
        "give_tech_support": {"tech_support": "yes"},
        "smaller_line": {"internet_service": "dsl"},
    }
    tried: set[str] = set()
    with RetainWise(product.url, product.token) as service:
        for customer, row in stored.items():
            if row["action"] in levers and row["action"] not in tried:
                answer = service.simulate(prediction, customer, levers[row["action"]])
                said = pytest.approx(row["action_probability"], abs=1e-6)
                assert said == answer["after"]["churn_probability"], row["action"]
                assert row["action_probability"] == service.customer(prediction, customer)["action_probability"]
                tried.add(row["action"])
    assert tried


def test_sliders_can_be_drawn_and_used(http: httpx.Client, product: Product) -> None:
    """Each lever's choices and typical value are taken as they stand, and what cannot be is told in words."""
    prediction, _ = scored(http, telecom_csv(300))
    with RetainWise(product.url, product.token) as service:
        for lever in service.simulate(prediction, "C0000001")["levers"]:
            for value in (*lever["choices"], *(end for end in (lever["typical"], lever["minimum"]) if end is not None)):
                answer = service.simulate(prediction, "C0000001", {lever["column"]: value})
                assert 1e-6 > abs(whole(answer, "impact") - answer["after"]["churn_probability"])
        with pytest.raises(InvalidInput, match="'contract' cannot be that text of 9 characters: the model") as refused:
            service.simulate(prediction, "C0000001", {"contract": "ten years"})
        assert "ten years" not in refused.value.message
        with pytest.raises(InvalidInput, match="'tenure_months' cannot be 900 months; it lies between 0 and 600"):
            service.simulate(prediction, "C0000001", {"tenure_months": 900})
        with pytest.raises(InvalidInput, match="the model does not read 'shoe_size'"):
            service.simulate(prediction, "C0000001", {"shoe_size": 44})
        with pytest.raises(NotFound):
            service.simulate(prediction, "nobody", {})


def test_a_what_if_in_saas(http: httpx.Client, product: Product) -> None:
    """What goes along in the catalogue moves along, and says why."""
    lines = ["customer_id,tenure_months,mrr,logins_per_month,days_since_last_login,support_tickets"]
    lines += [f"S{n:03d},{n % 40 + 1},{50 + n},{n % 30 + 1},{n % 25},{n % 5}" for n in range(200)]
    prediction, stored = scored(http, "\n".join(lines).encode(), industry="saas")
    customer = next(name for name in stored if int(name[1:]) % 30 < 3 and int(name[1:]) % 25 > 20)
    with RetainWise(product.url, product.token) as service:
        answer = service.simulate(prediction, customer, {"logins_per_month": 25, "nps_score": 9})
    moved = {each["column"]: each for each in answer["moved"]}
    assert {"logins_per_month", "nps_score", "days_since_last_login"} == moved.keys()
    assert (None, 9.0) == (moved["nps_score"]["before"], moved["nps_score"]["after"])
    assert "goes along with 'logins_per_month'" in moved["days_since_last_login"]["because"]
    assert answer["after"]["churn_probability"] < answer["before"]["churn_probability"]
