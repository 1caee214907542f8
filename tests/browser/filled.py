"""A product filled with what pictures show: a made-up company with its own model and two months of customers, and one
that has only just signed up. For Lighthouse, with public data and more of it."""

import sqlite3
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from deploy.local import samples
from deploy.local.product import Product
from services.gateway.routes.browser import OUR_PAGE
from tests.browser.company import Files
from tests.browser.conftest import OWNER, Person
from tests.journey import OVER, ended, uploaded

NEWCOMER = Person("grace@example.com", "five ducks crossed the quiet road")
SIGN_UP = {"gateway": {"RETAINWISE_GATEWAY_SIGN_UP": "true"}}
"""The environment by which a stranger may make a company."""

TRAINING_S = 300.0


@dataclass(frozen=True)
class Filled:
    """Addresses of the page by name, and who may be signed in."""

    paths: dict[str, str]
    accounts: dict[str, dict[str, str]]


def with_company(product: Product, files: Files, *, november: bool = True) -> Filled:
    """Fills a product that was started with SIGN_UP. november: whether the second month is there already."""
    with httpx.Client(base_url=product.url, timeout=60) as http:
        _newcomer(http)
        _owner(http, product)
        training = _trained(http, files.known.read_bytes(), files.known.name)
        answered = _answered(http)
        prediction = _predicted(http, files.october)
        _put_back(product, answered, days=31)
        _put_back(product, prediction, days=30)
        asking, failed = _predicted(http, files.asking), _predicted(http, files.broken)
        if november:
            prediction = _predicted(http, files.november)
        page = http.get(f"/api/predictions/{prediction}/customers?page_size=1&sort=-expected_saved_revenue").json()
        baseline = http.get("/api/models").json()["baselines"][0]["version"]
    paths = {
        "prediction": f"/predictions/{prediction}",
        "customer": f"/predictions/{prediction}/customers/{page['customers'][0]['customer_id']}",
        "report": f"/predictions/{prediction}/report",
        "questions": f"/predictions/{asking}",
        "failed": f"/predictions/{failed}",
        "training": f"/models/trainings/{training['id']}",
        "model": f"/models/{training['version']}",
        "baseline": f"/models/{baseline}",
    }
    return Filled(paths, {"newcomer": _account(NEWCOMER), "owner": _account(OWNER)})


def with_samples(product: Product, folder: Path) -> Filled:
    """Fills a product with the public telecom file and a SaaS sample, which are written into the folder."""
    telecom, saas = folder / "telecom.csv", folder / "saas.csv"
    samples.write_telecom(telecom)
    samples.write_saas(saas)
    with httpx.Client(base_url=product.url, timeout=60) as http:
        _owner(http, product)
        _predicted(http, saas)
        prediction = _predicted(http, telecom)
        page = http.get(f"/api/predictions/{prediction}/customers?page_size=1").json()
    paths = {
        "dashboard": "/dashboard",
        "upload": "/upload",
        "customer": f"/predictions/{prediction}/customers/{page['customers'][0]['customer_id']}",
    }
    return Filled(paths, {"owner": _account(OWNER)})


def with_many(product: Product, folder: Path, customers: int) -> Filled:
    """Fills a product with one upload of so many customers; what is written goes into the folder."""
    telecom, many = folder / "telecom.csv", folder / "many.csv"
    samples.write_telecom(telecom)
    samples.tile(telecom, many, customers, "customer_id")
    with httpx.Client(base_url=product.url, timeout=60) as http:
        _owner(http, product)
        prediction = _predicted(http, many, timeout_s=300)
    return Filled({"latest": "/dashboard", "prediction": f"/predictions/{prediction}"}, {"owner": _account(OWNER)})


def _account(person: Person) -> dict[str, str]:
    return {"email": person.email, "password": person.password}


def _newcomer(http: httpx.Client) -> None:
    form = {"company": "Second Street", "name": "Grace Hopper", "email": NEWCOMER.email, "password": NEWCOMER.password}
    http.post("/api/auth/sign-up", json=form).raise_for_status()
    http.cookies.clear()


def _owner(http: httpx.Client, product: Product) -> None:
    """The first account, with what only a person may do: a name, a colleague, a key. Then the token speaks."""
    link = str(product.welcome_url).partition("#")[2]
    form = {"link": link, "name": "Ada Lovelace", "email": OWNER.email, "password": OWNER.password}
    http.post("/api/auth/accept", json=form).raise_for_status()
    for method, path, body in (
        ("PATCH", "/api/tenant", {"name": "Acme Software"}),
        ("POST", "/api/members", {"email": "charles@example.com", "role": "member"}),
        ("POST", "/api/keys", {"name": "Nightly upload", "scope": "write"}),
    ):
        http.request(method, path, json=body, headers=[OUR_PAGE]).raise_for_status()
    http.cookies.clear()
    http.headers["authorization"] = f"Bearer {product.token}"


def _predicted(http: httpx.Client, file: Path, timeout_s: float = 90) -> str:
    """The prediction's id, once it is over or waits for a person."""
    prediction = uploaded(http, file.read_bytes(), file.name)
    ended(http, prediction, timeout_s)
    return prediction


def _put_back(product: Product, prediction: str, days: int) -> None:
    """Lets a prediction have come that many days earlier: months do not pass while pictures are taken."""
    earlier = ", ".join(
        f"{name} = strftime('%Y-%m-%d %H:%M:%f000', {name}, '-{days} days')" for name in ("created_at", "completed_at")
    )
    with closing(sqlite3.connect(product.data / "retainwise.db", timeout=30)) as database, database:
        database.execute(f"UPDATE jobs SET {earlier} WHERE id = ?", (prediction,))


def _trained(http: httpx.Client, data: bytes, filename: str) -> dict[str, Any]:
    """The training once it is over."""
    sent = http.post("/api/models", files={"file": (filename, data)}, data={"promote": "auto"})
    sent.raise_for_status()
    deadline = time.monotonic() + TRAINING_S
    while True:
        training: dict[str, Any] = http.get(f"/api/trainings/{sent.json()['id']}").json()
        if training["status"] in OVER:
            break
        assert time.monotonic() < deadline, f"still {training['status']} after {TRAINING_S} s: {training}"
        time.sleep(0.5)
    assert training["version"], training
    return training


def _answered(http: httpx.Client) -> str:
    """The prediction of a file that had to be asked about, so that there is something to remember."""
    rows = "".join(f"t{n},2025-0{n % 9 + 1}-11,{'pro' if n % 3 else 'team'}\n" for n in range(60))
    prediction = uploaded(http, b"id,signup date,plan\n" + rows.encode(), "trial-list.csv")
    asked = ended(http, prediction)["questions"]
    decisions = {question["canonical"]: None for question in asked}
    http.put(f"/api/predictions/{prediction}/mapping", json={"decisions": decisions}).raise_for_status()
    ended(http, prediction)
    return prediction
