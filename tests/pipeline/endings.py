"""Where each real data file is to end, and the way there; `python -m tests.pipeline.endings` prints how each ended."""

import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from deploy.local.product import Product
from tests.journey import ended, uploaded

DATASETS = Path(__file__).parents[2] / "../shared/data/datasets"

WAIT_S = 300


@dataclass(frozen=True)
class End:
    """Where a file is to end.

    asked: canonical columns that the questions are about; none for a file that is scored at once.
    told: what a person answers to whatever of it is asked; empty where nobody could know the answer.
    mapped: the file's column of canonical columns that must be right. never: columns that may be nothing known.
    rows, folded, left_out: customers that come out, rows that became part of another, and that were no customers.
    grain: what one row is. said: by check that must have failed, words of its message, in their order.
    """

    asked: frozenset[str] = frozenset()
    told: dict[str, Any] = field(default_factory=dict)
    mapped: dict[str, str] = field(default_factory=dict)
    never: frozenset[str] = frozenset()
    rows: int | None = None
    folded: int = 0
    left_out: int = 0
    grain: str | None = None
    said: dict[str, str] = field(default_factory=dict)

    @property
    def waits(self) -> bool:
        """Whether it ends with questions that nobody but its owner could answer."""
        return bool(self.asked) and not self.told


ENDS: dict[str, End] = {
    "ibm_telco_customer_churn.csv": End(
        mapped={
            "customer_id": "customerID",
            "tenure_months": "tenure",
            "monthly_charges": "MonthlyCharges",
            "total_charges": "TotalCharges",
            "contract": "Contract",
            "churned": "Churn",
        },
        rows=7_043,
        said={"readiness.missing.total_charges": "11 of 7,043"},
    ),
    # Nothing in these tells one customer from another, and without that no prediction could be given back; and
    # nothing says whether an account's length is in days or months.
    "mlc_churn_modeldata.csv": End(
        asked=frozenset({"customer_id", "mrr", "tenure_months"}), mapped={"churned": "churn"}
    ),
    "bigml_churn80_underscore.csv": End(
        asked=frozenset({"customer_id", "mrr", "tenure_months"}), mapped={"churned": "Churn"}
    ),
    "bigml_churn20_french_excel.csv": End(
        asked=frozenset({"customer_id", "mrr", "tenure_months"}), mapped={"churned": "Churn"}
    ),
    "customer_churn_business_synth.csv": End(
        mapped={
            "customer_id": "customer_id",
            "tenure_months": "tenure_months",
            "mrr": "monthly_fee",
            "billing_interval": "contract_type",
            "churned": "churn",
        },
        rows=10_000,
    ),
    # No price at all, and several snapshots of each account: told that there is no price, one row an account is scored.
    "fightchurn_socialnet7_simulated.csv": End(
        asked=frozenset({"mrr", "tenure_months"}),
        told={"mrr": None, "tenure_months": {"answer": "days"}},
        mapped={"customer_id": "account_id", "churned": "is_churn"},
        rows=12_005,
        folded=20_895,
        grain="snapshot",
        said={"schema.mrr": "is not in this file, as you said"},
    ),
    # Scored, and the column that knows the end already is named.
    "saas_customers_nps_synth.csv": End(
        mapped={
            "customer_id": "customer_id",
            "mrr": "mrr",
            "signup_date": "signup_date",
            "canceled_at": "churn_date",
            "days_since_last_login": "last_login_days_ago",
        },
        rows=5_000,
        said={"readiness.leak.days_since_last_login": "days_since_last_login alone tells who left with an AUC of 0.98"},
    ),
    "mavenflix_subscription_cohort.csv": End(
        mapped={"customer_id": "customer_id", "signup_date": "created_date", "canceled_at": "canceled_date"},
        rows=2_877,
        folded=192,
        grain="subscription",
    ),
    # Scored once it is told that there is no price; its label is noise, and the report says so.
    "ravenstack_accounts.csv": End(
        asked=frozenset({"mrr"}),
        told={"mrr": None},
        mapped={"customer_id": "account_id", "signup_date": "signup_date", "churned": "churn_flag"},
        rows=403,
        left_out=97,
        said={"readiness.signal": "the label looks like chance"},
    ),
    "ravenstack_subscriptions.csv": End(
        mapped={"customer_id": "account_id", "mrr": "mrr_amount", "billing_interval": "billing_frequency"},
        rows=500,
        folded=3_722,
        left_out=778,
        grain="subscription",
        said={"readiness.classes": "one side is missing"},
    ),
    # Events and tickets are no customers' list: what a customer pays is in neither.
    "ravenstack_churn_events.csv": End(asked=frozenset({"customer_id", "mrr", "tenure_months"})),
    "ravenstack_support_tickets.csv": End(asked=frozenset({"customer_id", "mrr", "tenure_months"})),
    # A bank's: what a person earns is not what she pays, and nothing says in what her tenure is counted.
    "bank_churn_modelling_original.csv": End(
        asked=frozenset({"mrr", "tenure_months"}),
        told={"mrr": None, "tenure_months": {"answer": "years"}},
        mapped={"customer_id": "CustomerId", "churned": "Exited"},
        never=frozenset({"EstimatedSalary", "Balance", "CreditScore", "RowNumber"}),
        rows=10_001,
        said={"schema.mrr": "is not in this file, as you said"},
    ),
    # No date and no length of time: told so, 35 customers are scored, and the report says how few that is.
    "saas_churn_tiny.csv": End(
        asked=frozenset({"tenure_months"}),
        told={"tenure_months": None},
        mapped={"customer_id": "CustomerID", "mrr": "MonthlySpend", "churned": "Churn"},
        rows=35,
        said={"readiness.rows": "35 rows can be scored: a small file"},
    ),
}


@dataclass(frozen=True)
class Ending:
    """What became of a file. first: the prediction as it was before anybody answered. report: None without one."""

    prediction_id: str
    first: dict[str, Any]
    mapping: dict[str, Any]
    last: dict[str, Any]
    report: dict[str, Any] | None

    @property
    def asked(self) -> set[str]:
        return {question["canonical"] for question in self.first["questions"]}

    @property
    def failed_checks(self) -> dict[str, dict[str, Any]]:
        """By id, the checks that saw something."""
        return {check["id"]: check for check in (self.report or {"checks": []})["checks"] if not check["passed"]}


def travelled(http: httpx.Client, file: Path) -> Ending:
    """Uploads the file, answers what is to be told, and follows it to its end."""
    end = ENDS[file.name]
    first = ended(http, prediction := uploaded(http, file.read_bytes(), file.name), WAIT_S)
    mapping = http.get(f"/api/predictions/{prediction}/mapping").json()
    last = first
    if first["questions"] and end.told:
        told = {question["canonical"]: end.told.get(question["canonical"]) for question in first["questions"]}
        answer = http.put(f"/api/predictions/{prediction}/mapping", json={"decisions": told})
        assert answer.status_code == 202, answer.text
        last = ended(http, prediction, WAIT_S)
    report = http.get(f"/api/predictions/{prediction}/report").json() if last["status"] == "COMPLETED" else None
    return Ending(prediction, first, mapping, last, report)


def row_of(name: str, ending: Ending) -> str:
    """The file's row of the table, in the product's own words."""
    end, why = ENDS[name], [ending.last["message"].rstrip(".")]
    if ending.report:
        if ending.asked:
            why.insert(0, f"asked for {' and '.join(sorted(ending.asked))} and told {_told(end, ending)}")
        if grain := ending.report["grain"]:
            why.append(grain["rule"])
        why += [_said(ending.failed_checks[check]) for check in end.said]
    status = "NEEDS_MAPPING → COMPLETED" if ending.asked and ending.report else ending.last["status"]
    return f"| {name} | {status} | {'; '.join(why).replace('|', '/')} |"


def _said(check: dict[str, Any]) -> str:
    named = f" (in the file: {', '.join(check['file_columns'])})" if check["file_columns"] else ""
    return str(check["message"]).rstrip(".") + named


def _told(end: End, ending: Ending) -> str:
    said = {name: end.told.get(name) for name in sorted(ending.asked)}
    return " and ".join(f"“{'not in this file' if one is None else one['answer']}”" for one in said.values())


def main() -> None:
    """Prints the table of all files, through a product of its own."""
    with tempfile.TemporaryDirectory() as folder, Product(Path(folder)) as product:
        headers = {"authorization": f"Bearer {product.token}"}
        with httpx.Client(base_url=product.url, headers=headers, timeout=60) as http:
            rows = [row_of(name, travelled(http, DATASETS / name)) for name in sorted(ENDS)]
    sys.stdout.write("\n".join(["| file | ends | why |", "|---|---|---|", *rows]) + "\n")


if __name__ == "__main__":
    main()
