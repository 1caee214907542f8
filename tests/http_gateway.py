"""A gateway's HTTP side over SQLite and a directory, for tests; and results as scoring would write them."""

import hashlib
import io
import json
import random
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from argon2 import profiles
from fastapi.testclient import TestClient

from libs.errors import Conflict, NotFound
from libs.objects.local import LocalStore
from services.gateway.artifacts import job_prefix
from services.gateway.comparison.document import Changes, CustomerMove, Outcomes, Upload
from services.gateway.comparisons import comparison_id
from services.gateway.database.engine import open_database
from services.gateway.database.families import FamilyTable
from services.gateway.database.jobs import JobTable
from services.gateway.database.profiles import ProfileTable
from services.gateway.database.subscriptions import SubscriptionTable
from services.gateway.database.tenants import TenantTable
from services.gateway.database.thresholds import ThresholdTable
from services.gateway.database.upgrading import upgrade
from services.gateway.decisions import header_signature
from services.gateway.domain import Artifact, Claim, Decision, Pins
from services.gateway.identity.opening import open_identity
from services.gateway.identity.passwords import Passwords
from services.gateway.parts import Parts
from services.gateway.pipeline.understanding import Recall
from services.gateway.plans.plans import Plans
from services.gateway.queue.table import TableQueue
from services.gateway.server import build_app
from services.gateway.settings import Settings
from services.scoring import promotion

QUICK_PASSWORDS = Passwords(profiles.CHEAPEST)
"""Kept as in service, but not slow: nobody guesses those of tests."""

CSV = b"customer_id,tenure_months,mrr\nC-1,3,49\nC-2,30,99\n"

HEADER = ("customer_id", "tenure_months", "mrr")

PROFILE = {"row_count": "2", "columns": [], "repairs": []}
PLAN = {
    "industry": "saas",
    "snapshot_date": "2026-05-31",
    "mappings": [
        {
            "column": "mrr",
            "canonical": "mrr",
            "confidence": 100.0,
            "strategy": "alias",
            "evidence": "the name itself",
            "alternatives": [{"canonical": "total_revenue", "confidence": 12.5}],
        }
    ],
    "missing_required": [],
    "missing_optional": ["country"],
}
QUESTION = {
    "canonical": "mrr",
    "message": "Which column is the monthly revenue?",
    "candidates": [{"column": "amount", "confidence": 55.0}],
    "may_be_absent": True,
    "kind": "column",
    "options": [],
    "column": None,
}


class Preview:
    """Answers with a fixed plan and remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[bytes, str | None, str, tuple[Decision, ...]]] = []

    def __call__(
        self,
        chunks: Iterable[bytes],
        industry: str | None,
        snapshot_date: str,
        decisions: tuple[Decision, ...],
        recall: Recall,
        encoding: str | None,
        /,
    ) -> dict[str, Any]:
        self.asked.append((b"".join(chunks), industry, snapshot_date, (*recall(HEADER), *decisions)))
        return {"plan": PLAN, "questions": [QUESTION], "profile": PROFILE}


LEVEL_SHIFT = -0.25
SPANS = {"mrr": {"low": 9.0, "typical": 49.0, "high": 99.0}}

OUTCOME = {"churn_probability": 0.8, "risk_level": "high", "monthly_revenue": 49.0, "revenue_at_risk": 39.2}
SIMULATED = {
    "before": {**OUTCOME, "probability_low": 0.7, "probability_high": 0.9},
    "after": {**OUTCOME, "churn_probability": 0.5, "risk_level": "medium"},
    "base_probability": 0.3,
    "impacts": [
        {
            "feature": "support_tickets",
            "title": "support tickets",
            "value": "0",
            "label": "opened 0 support tickets",
            "impact_before": 0.5,
            "impact": 0.2,
            "actionable": True,
        }
    ],
    "moved": [{"column": "support_tickets", "before": {}, "after": {"number": 0.0}, "because": ""}],
    "levers": [
        {
            "column": "support_tickets",
            "feature": "support_tickets",
            "label": "support tickets",
            "meaning": "support tickets opened",
            "kind": "number",
            "unit": "tickets",
            "current": {},
            "minimum": 0.0,
            "choices": [],
            "actionable": True,
        }
    ],
}
"""What scoring might say of a customer in a what-if."""


@dataclass(frozen=True)
class AskedWhatIf:
    """What a simulation was asked: the customer's row, and the rest as given."""

    customer: dict[str, Any]
    changes: dict[str, Any]
    pins: Pins
    spans: dict[str, Any]
    level_shift: float


class Simulator:
    """Answers with SIMULATED and remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[AskedWhatIf] = []

    def __call__(
        self,
        customer: pa.RecordBatch,
        changes: Mapping[str, Any],
        pins: Pins,
        spans: dict[str, Any],
        level_shift: float,
        /,
    ) -> dict[str, Any]:
        (row,) = customer.to_pylist()
        self.asked.append(AskedWhatIf(row, dict(changes), pins, spans, level_shift))
        return {"customer_id": row["customer_id"], **SIMULATED}


class Models:
    """A registry of names alone. families: versions by family, all of them promoted in their order."""

    def __init__(self) -> None:
        self.families: dict[str, list[str]] = {}
        self.records: dict[str, promotion.Current] = {}

    def put_to_use(self, family: str, *versions: str) -> None:
        """Versions that were trained, the last of them in use."""
        self.families.setdefault(family, []).extend(versions)
        for version in versions:
            self.promote(family, version, "", "training:1", "2026-05-31T12:00:00Z")

    def models(self, family: str) -> dict[str, Any]:
        if family not in self.families:
            raise NotFound(f"the registry has no model family '{family}'")
        record = self.records.get(family, promotion.Current(""))
        about = {"digest": "ab" * 32, "horizon_days": 30, "metrics": {"auc": 0.8}, "card": "# A model"}
        models = [{"family": family, "version": version, **about} for version in self.families[family]]
        return {
            "models": models,
            "current": record.version,
            "history": [asdict(change) for change in reversed(record.changes)],
            "refused": [],
            "earlier": next(iter(record.earlier), ""),
        }

    def promote(self, family: str, version: str, expected: str, actor: str, at: str) -> dict[str, Any]:
        if version not in self.families.get(family, []):
            raise NotFound("the registry has no such model version")
        before = self.records.get(family)
        return self._moved(family, expected, promotion.promoted(before, version, "ab" * 32, actor, at))

    def roll_back(self, family: str, expected: str, actor: str, at: str) -> dict[str, Any]:
        return self._moved(family, expected, promotion.rolled_back(self.records[family], actor, at))

    def _moved(self, family: str, expected: str, after: promotion.Current) -> dict[str, Any]:
        previous = after.changes[-1].previous
        if expected not in ("", previous):
            raise Conflict("the current version is another")
        self.records[family] = after
        return {"current": after.version, "previous": previous}


@dataclass(frozen=True)
class Gateway:
    """A running gateway. headers, other_headers: of two tenants, each with its token."""

    parts: Parts
    client: TestClient
    headers: dict[str, str]
    other_headers: dict[str, str]
    preview: Preview
    models: "Models"
    simulator: "Simulator"

    def upload(self, body: bytes = CSV, headers: dict[str, str] | None = None, **query: str) -> dict[str, Any]:
        """The prediction made of `body`."""
        answer = self.client.post(
            "/api/csv", content=body, params={"filename": "customers.csv", **query}, headers=headers or self.headers
        )
        assert 202 == answer.status_code, answer.text
        made: dict[str, Any] = answer.json()
        return made

    def claim(self, prediction_id: str) -> Claim:
        """The job in the hands of a worker."""
        claim = self.parts.jobs.claim(prediction_id, "worker", 30, 3)
        assert claim is not None
        return claim

    def keep(self, claim: Claim, name: str, data: bytes) -> Artifact:
        """An artifact of the job, stored as its worker would."""
        key = f"{job_prefix(claim.job.tenant_id, claim.job.id)}attempts/{claim.fence}/{name}"
        self.parts.store.put(key, data)
        return Artifact(key, len(data), hashlib.sha256(data).hexdigest())

    def teach(self, filename: str = "may.csv") -> str:
        """The id of a mapping profile of the small file, which holds a column and a reading of it."""
        tenant = self.client.get("/api/me", headers=self.headers).json()["id"]
        said = (Decision("mrr", "mrr", told_on="2026-05-01"), Decision("mrr", None, "cents", told_on="2026-05-01"))
        signature = header_signature(HEADER)
        self.parts.profiles.remember(tenant, signature, filename=filename, columns=HEADER, decisions=said)
        profile = self.parts.profiles.recalled(tenant, signature)
        assert profile is not None
        return profile.id

    def train(self, body: bytes = CSV, headers: dict[str, str] | None = None, **query: str) -> dict[str, Any]:
        """The training made of `body`."""
        answer = self.client.post(
            "/api/models", content=body, params={"filename": "history.csv", **query}, headers=headers or self.headers
        )
        assert 202 == answer.status_code, answer.text
        made: dict[str, Any] = answer.json()
        return made

    def trained(self, *versions: str, filename: str = "history.csv", industry: str = "saas") -> str:
        """The id of a completed training; it made the last of the versions, which were put to use in their order."""
        made = self.train(filename=filename)
        claim = self.claim(made["id"])
        report = {"sentence": f"It learnt from {filename}."}
        documents = {"report": report, "plan": PLAN}
        artifacts = {name: self.keep(claim, f"{name}.json", json.dumps(d).encode()) for name, d in documents.items()}
        self.parts.jobs.pin(claim, replace(claim.job.pins, trained_version=versions[-1], trained_digest="ab" * 32))
        self.parts.jobs.complete(claim, artifacts, "Done")
        self.models.put_to_use(self.parts.families.own(claim.job.tenant_id, industry), *versions)
        return claim.job.id

    def asking_training(self, filename: str = "history.csv") -> str:
        """The id of a training that waits for an answer."""
        made = self.train(filename=filename)
        self.parts.jobs.ask(self.claim(made["id"]), (QUESTION,), filename)
        return str(made["id"])

    def complete(
        self,
        table: pa.Table,
        quarantine: pa.Table | None = None,
        canonical: pa.Table | None = None,
        spans: bool = True,
        **upload: Any,
    ) -> dict[str, Any]:
        """A completed prediction with these results. canonical: only ids if not given."""
        made = self.upload(**upload)
        claim = self.claim(made["id"])
        canonical = canonical or table.select(["customer_id", "source_row"])
        summary = {"row_count": table.num_rows, "level_shift": LEVEL_SHIFT}
        artifacts = {
            "plan": self.keep(claim, "plan.json", json.dumps(PLAN).encode()),
            "results": self.keep(claim, "results.parquet", parquet(table)),
            "report": self.keep(claim, "report.json", json.dumps({"score": 0.9}).encode()),
            "summary": self.keep(claim, "summary.json", json.dumps(summary).encode()),
            "canonical": self.keep(claim, "canonical.parquet", parquet(canonical)),
        }
        if quarantine is not None:
            artifacts["quarantine"] = self.keep(claim, "quarantine.parquet", parquet(quarantine))
        if spans:
            artifacts["spans"] = self.keep(claim, "spans.json", json.dumps(SPANS).encode())
        self.parts.jobs.complete(claim, artifacts, "Done")
        return made

    def exported(self, prediction_id: str, told: str) -> str:
        """The id of a completed export of the prediction of Acme's; its file holds the word `told`."""
        url = f"/api/predictions/{prediction_id}/exports"
        made = self.client.post(url, params={"search": told}, headers=self.headers).json()
        claim = self.claim(made["id"])
        self.parts.jobs.complete(claim, {"export": self.keep(claim, "export.xlsx", told.encode())}, told)
        return str(made["id"])

    def compared(self, later: str, earlier: str, told: str) -> str:
        """The id of a completed comparison of two of Acme's predictions; it holds the word `told`."""
        answer = self.client.post(
            f"/api/predictions/{later}/changes", params={"against": earlier}, headers=self.headers
        )
        assert 202 == answer.status_code, answer.text
        tenant = self.client.get("/api/me", headers=self.headers).json()["id"]
        claim = self.claim(comparison_id(tenant, later, earlier))
        documents = {
            "comparison": changes_document(earlier, later, told).model_dump_json(),
            "outcomes": outcomes_document(earlier, later, told).model_dump_json(),
        }
        artifacts = {name: self.keep(claim, f"{name}.json", text.encode()) for name, text in documents.items()}
        artifacts["changes"] = self.keep(claim, "changes.parquet", parquet(pa.table({"customer_id": [told] * 4})))
        self.parts.jobs.complete(claim, artifacts, told)
        return claim.job.id


def changes_document(earlier: str, later: str, told: str) -> Changes:
    """Of two uploads of one customer, whose id is `told`."""

    def upload(prediction_id: str) -> Upload:
        return Upload(
            prediction_id=prediction_id,
            snapshot_date=date(2026, 5, 31),
            model_version="v1",
            customers=1,
            expected_leavers=0.5,
            revenue_at_risk=0.0,
        )

    move = CustomerMove(customer_id=told, before=0.2, after=0.5, model_move=0.0, data_move=0.3, feature="mrr")
    return Changes(
        before=upload(earlier),
        after=upload(later),
        same_model=True,
        kept=1,
        new=0,
        lost=0,
        mean_move=0.3,
        mean_model_move=0.0,
        mean_data_move=0.3,
        mean_unexplained_move=0.0,
        features=[],
        levels=[],
        rises=[move],
        falls=[],
    )


def outcomes_document(earlier: str, later: str, told: str) -> Outcomes:
    """Of one customer, who stayed."""
    return Outcomes(
        prediction_id=earlier,
        revealed_by=later,
        n=1,
        left=0,
        expected=0.2,
        already_gone=0,
        unknown=0,
        days=30,
        horizon_days=30,
        complete=True,
        auc=None,
        brier=0.04,
        lift_at_10_percent=None,
        captured_at_10_percent=None,
        bins=[],
        sentence=told,
    )


def open_gateway(folder: Path, **settings: Any) -> Gateway:
    """A gateway on a new database and store in `folder`, with two tenants; no page but one in folder/page."""
    url = f"sqlite:///{folder / 'retainwise.db'}"
    upgrade(url)
    database = open_database(url)
    tenants = TenantTable(database)
    (_, token), (_, other_token) = tenants.create("Acme"), tenants.create("Globex")
    preview, models, simulator = Preview(), Models(), Simulator()
    places: dict[str, Any] = {
        "database_url": url,
        "scratch_dir": folder / "scratch",
        "session_key_file": folder / "session.key",
        "page_dir": folder / "page",
    }
    chosen = Settings(**places | settings)
    parts = Parts(
        settings=chosen,
        jobs=JobTable(database),
        queue=TableQueue(database),
        store=LocalStore(folder / "objects"),
        tenants=tenants,
        identity=open_identity(chosen, database, QUICK_PASSWORDS),
        plans=Plans(SubscriptionTable(database)),
        profiles=ProfileTable(database),
        families=FamilyTable(database),
        thresholds=ThresholdTable(database),
        models=models,
        preview=preview,
        simulate=simulator,
        ready=lambda: {"database": True, "store": True},
    )
    client = TestClient(build_app(parts), raise_server_exceptions=False)
    return Gateway(parts, client, _bearer(token), _bearer(other_token), preview, models, simulator)


def with_parts(gateway: Gateway, **replaced: Any) -> TestClient:
    """A client of the same gateway with some parts replaced."""
    return TestClient(build_app(replace(gateway.parts, **replaced)), raise_server_exceptions=False)


def results_table(rows: int, seed: int = 7) -> pa.Table:
    """Results of `rows` customers: ties in probability, unknown revenue, reasons of a few kinds."""
    rng = random.Random(seed)
    labels = ("contract is month-to-month", "tenure is 3 months", "support tickets are 7", "pays by Überweisung")
    made = []
    for row in range(rows):
        probability = round(rng.random(), 2)  # two digits: ties
        revenue = None if row % 11 == 0 else round(rng.random() * 500, 2)
        factors = {}
        for rank in (1, 2, 3):
            label = rng.choice(labels)
            factors |= {
                f"factor_{rank}_feature": label.split(" ")[0],
                f"factor_{rank}_label": label,
                f"factor_{rank}_value": label.split(" ")[-1],
                f"factor_{rank}_direction": rng.choice(("increases", "decreases")),
                f"factor_{rank}_impact": round(rng.random() - 0.5, 4),
                f"factor_{rank}_actionable": rng.random() < 0.5,
            }
        made.append(
            {
                "customer_id": f"C-{(row * 7919) % rows:06d}",
                "customer_name": None if row % 13 == 0 else f"Übergang {row % 50} Ltd",
                "plan": (None, "basic", "pro", "Pro")[row % 4],
                "churn_probability": probability,
                "retention_probability": 1 - probability,
                "risk_level": "high" if probability > 0.7 else "medium" if probability > 0.4 else "low",
                "top_risk_factor": factors["factor_1_label"],
                **factors,
                "other_impact": 0.01,
                "base_probability": 0.26,
                "recommendation": "offer a longer contract",
                "model_version": "v1",
                "scored_at": "2026-06-01T00:00:00Z",
                "horizon_days": 30,
                "monthly_revenue": revenue,
                "revenue_at_risk": None if revenue is None else revenue * probability,
                "probability_low": probability / 2,
                "probability_high": (1 + probability) / 2,
                "action": None if row % 3 == 0 else "annual-plan",
                "action_probability": None if row % 3 == 0 else probability * 0.75,
                "saved_revenue": None if row % 3 == 0 or revenue is None else revenue * probability / 4,
                "source_row": row + 1,
            }
        )
    return pa.Table.from_pylist(made)


def with_impacts(table: pa.Table, features: int, seed: int = 7) -> pa.Table:
    """The results with a waterfall of f0, f1, …: every 17th row has no reasons of its own; f3 is actionable."""
    rng = random.Random(seed)
    for place in range(features):
        said = {"title": f"feature {place}", "actionable": str(place == 3).lower()}
        impacts = [None if row % 17 == 0 else rng.gauss(0, 0.01 * place) for row in range(table.num_rows)]
        field = pa.field(f"impact.f{place}", pa.float32(), metadata=said)
        table = table.append_column(field, pa.array(impacts, pa.float32()))
    return table


def parquet(table: pa.Table) -> bytes:
    """The table as the bytes of a Parquet file, in several row groups."""
    sink = io.BytesIO()
    pq.write_table(table, sink, row_group_size=max(1, table.num_rows // 4))
    return sink.getvalue()


def _bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}
