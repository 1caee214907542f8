"""The page in a browser: who comes first, the main journey, what goes wrong, and every page for everybody.

One file, so that one product serves all; the tests build on each other in their order.
"""

import csv
from pathlib import Path
from typing import Any

import httpx
import pytest
from python_calamine import CalamineWorkbook

from deploy.local import samples
from deploy.local.product import Product
from services.gateway.plans.catalogue import PlanId
from tests.browser.conftest import OWNER, Found, Run
from tests.journey import ended, results, telecom_csv, uploaded

PLAIN = "id,signup date,plan\n" + "".join(
    f"u{n},2025-0{n % 9 + 1}-11,{'pro' if n % 3 else 'team'}\n" for n in range(60)
)
"""A file without a price: RetainWise has to ask for it."""


def test_pages_before_sign_in(run: Run) -> None:
    """Whoever comes first finds nothing in the way."""
    run(
        "accessible.mjs",
        paths=["/sign-in", "/sign-up", "/pricing", "/welcome#no-such-link"],
        allowed=[r"/welcome.*\b404\b"],
    )


def test_from_the_first_link_to_signing_out(run: Run, product: Product, http: httpx.Client, tmp_path: Path) -> None:
    """A new owner gets from a dropped file to exported lists, and what was exported is what was filtered."""
    _go_the_whole_way(run, tmp_path, browser="chromium", welcome=product.welcome_url, email=OWNER.email)
    _check_exports(http, tmp_path)


def test_the_same_in_firefox(run: Run, firefox: str, company: Found, tmp_path: Path) -> None:
    """The same journey passes in Firefox, for the owner of another company."""
    other = company("Gecko Ltd", PlanId.ENTERPRISE)
    _go_the_whole_way(
        run, tmp_path, browser="firefox", firefox=firefox, welcome=other.welcome, email="gerda@example.com"
    )
    with other.http() as http:
        _check_exports(http, tmp_path)


def test_little_to_show_and_what_goes_wrong(run: Run, http: httpx.Client) -> None:
    """Empty, single, uniform and large uploads, errors, silence, no connection and an ended session are all said."""
    sizes = {"single": 1, "calm": 40, "many": 100_000}
    ids = {name: uploaded(http, telecom_csv(rows), f"{name}.csv", industry="telecom") for name, rows in sizes.items()}
    for prediction in ids.values():
        assert ended(http, prediction, timeout_s=240)["status"] == "COMPLETED"
    run("states.mjs", timeout_s=400, email=OWNER.email, password=OWNER.password, **ids)


def test_every_page_is_for_everybody(run: Run, http: httpx.Client) -> None:
    """Nothing for axe (WCAG 2.2 AA), no target below 44 px, no sideways scrolling, a quiet console."""
    first = http.get("/api/predictions").json()["predictions"][-1]["id"]
    customer = http.get(f"/api/predictions/{first}/customers?page_size=1").json()["customers"][0]["customer_id"]
    pages = ["/dashboard", "/upload", "/predictions", f"/predictions/{first}", f"/predictions/{first}/report"]
    pages += [f"/predictions/{first}/customers/{customer}", "/models", "/settings", "/pricing"]
    run("accessible.mjs", timeout_s=500, email=OWNER.email, password=OWNER.password, paths=pages)


def _go_the_whole_way(run: Run, folder: Path, **more: Any) -> None:
    telecom, asking = folder / "telecom.csv", folder / "no-price.csv"
    samples.write_telecom(telecom)
    asking.write_text(PLAIN)
    run("journey.mjs", password=OWNER.password, telecom=str(telecom), asking=str(asking), **more)


def _check_exports(http: httpx.Client, folder: Path) -> None:
    """The exported files hold the customers at high risk of the first upload, and nobody else."""
    first = http.get("/api/predictions").json()["predictions"][-1]
    table = results(http, first["id"])
    high = {row["customer_id"]: row["churn_probability"] for row in table.to_pylist() if row["risk_level"] == "high"}
    exported = list(csv.DictReader((folder / "exported.csv").open(encoding="utf-8-sig")))
    assert {row["customer_id"]: float(row["churn_probability"]) for row in exported} == pytest.approx(high)
    header, *rows = CalamineWorkbook.from_path(folder / "exported.xlsx").get_sheet_by_index(0).to_python()
    names = [str(name) for name in header]
    written = {str(row[names.index("Customer")]): row[names.index("Churn probability")] for row in rows}
    assert written == pytest.approx(high)
