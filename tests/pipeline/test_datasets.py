"""Real data files, from upload to their end: scored, asked about, or refused in words that a founder understands."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.journey import ended, results, uploaded

CODE_WORDS = ("Traceback", "Error(", "Exception", "None", "nan", "\n")
"""What no sentence for a person holds."""


@dataclass(frozen=True)
class End:
    """Where a file is to end. asked: canonical columns that the questions are about. told: what a person then answers.

    mapped: the file's column of canonical columns that must be right. never: columns that may be nothing known.
    rows: how many customers come out. said: words that stand in the report's checks.
    """

    status: str = "COMPLETED"
    asked: frozenset[str] = frozenset()
    told: dict[str, Any] = field(default_factory=dict)
    mapped: dict[str, str] = field(default_factory=dict)
    never: tuple[str, ...] = ()
    rows: int | None = None
    said: tuple[str, ...] = ()


ASKS_WHO = End("NEEDS_MAPPING", asked=frozenset({"customer_id"}))

ENDS: dict[str, End] = {
    "ibm_telco_customer_churn.csv": End(
        mapped={
            "customer_id": "customerID",
            "tenure_months": "tenure",
            "monthly_charges": "MonthlyCharges",
            "contract": "Contract",
            "churned": "Churn",
        },
        rows=7_043,
    ),
    # Nothing in these tells one customer from another, and without that no prediction could be given back.
    "mlc_churn_modeldata.csv": ASKS_WHO,
    "bigml_churn80_underscore.csv": ASKS_WHO,
    "bigml_churn20_french_excel.csv": ASKS_WHO,
    "customer_churn_business_synth.csv": End(
        mapped={
            "customer_id": "customer_id",
            "tenure_months": "tenure_months",
            "mrr": "monthly_fee",
            "churned": "churn",
        },
        rows=10_000,
    ),
    # No price at all, and several snapshots of each account; told that there is no price, one row an account is scored.
    "fightchurn_socialnet7_simulated.csv": End(
        "NEEDS_MAPPING",
        asked=frozenset({"mrr"}),
        told={"mrr": None, "tenure_months": None},
        mapped={"customer_id": "account_id"},
    ),
    # Scored, and the column that knows the end already is named.
    "saas_customers_nps_synth.csv": End(
        mapped={"customer_id": "customer_id", "mrr": "mrr", "signup_date": "signup_date"},
        rows=5_000,
        said=("last_login_days_ago", "days_since_last_login"),
    ),
    "mavenflix_subscription_cohort.csv": End(mapped={"customer_id": "customer_id", "signup_date": "created_date"}),
    "ravenstack_accounts.csv": End("NEEDS_MAPPING", asked=frozenset({"mrr"}), mapped={"customer_id": "account_id"}),
    "ravenstack_subscriptions.csv": End(mapped={"customer_id": "account_id", "mrr": "mrr_amount"}),
    # Events and tickets are no customers' list: what a customer pays is in neither.
    "ravenstack_churn_events.csv": End("NEEDS_MAPPING", asked=frozenset({"mrr"})),
    "ravenstack_support_tickets.csv": End("NEEDS_MAPPING", asked=frozenset({"mrr"})),
    "bank_churn_modelling_original.csv": End(
        "NEEDS_MAPPING",
        asked=frozenset({"mrr"}),
        mapped={"customer_id": "CustomerId"},
        never=("EstimatedSalary", "Balance", "CreditScore"),
    ),
    # No date and no length of time; told so, 35 customers are scored, and the report says how few that is.
    "saas_churn_tiny.csv": End(
        "NEEDS_MAPPING",
        asked=frozenset({"tenure_months"}),
        told={"tenure_months": None},
        mapped={"customer_id": "CustomerID", "mrr": "MonthlySpend"},
        rows=35,
        said=("35",),
    ),
}


@pytest.fixture
def data(shared_datasets: Path, name: str) -> bytes:
    """The file's bytes."""
    return (shared_datasets / name).read_bytes()


def test_every_file_has_its_end_here(shared_datasets: Path) -> None:
    """A file that is added to the folder says where it ends."""
    assert {path.name for path in shared_datasets.glob("*.csv")} == set(ENDS)


@pytest.mark.parametrize("name", ENDS)
def test_a_real_file_ends_where_it_should(http: httpx.Client, name: str, data: bytes) -> None:
    """COMPLETED with a right mapping, or NEEDS_MAPPING with the right question; and every sentence is readable."""
    end = ENDS[name]
    over = ended(http, prediction := uploaded(http, data, name), 300)
    assert end.status == over["status"], over["message"]
    assert [] == [word for word in CODE_WORDS if word in over["message"]]
    assert end.asked <= {question["canonical"] for question in over["questions"]}
    mapping = http.get(f"/api/predictions/{prediction}/mapping").json()
    taken_for = {column["canonical"]: column["column"] for column in mapping["mappings"] if column["canonical"]}
    assert end.mapped == {canonical: taken_for.get(canonical) for canonical in end.mapped}
    assert [] == [column for column in end.never if column in taken_for.values()]
    if end.told:
        told = {
            name: ruling for name, ruling in end.told.items() if name in {q["canonical"] for q in over["questions"]}
        }
        answer = http.put(f"/api/predictions/{prediction}/mapping", json={"decisions": told})
        assert 202 == answer.status_code, answer.text
        over = ended(http, prediction, 300)
        assert "COMPLETED" == over["status"], over["message"]
        report = http.get(f"/api/predictions/{prediction}/report").json()
        assert set(told) <= set(report["missing_required"])
        scored = results(http, prediction)["customer_id"].to_pylist()
        assert len(set(scored)) == len(scored)
    if end.rows is not None:
        assert end.rows == results(http, prediction).num_rows
    if end.said:
        report = http.get(f"/api/predictions/{prediction}/report").json()
        said = " ".join(
            check["message"] + " ".join(check["columns"]) for check in report["checks"] if not check["passed"]
        )
        assert any(word in said for word in end.said), said
