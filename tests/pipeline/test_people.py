"""People at the real product: the first start's link, a session, a plan that is too small for a file."""

import httpx

from deploy.local.product import Product
from services.gateway.database.engine import open_database
from services.gateway.database.tenants import TenantTable
from services.gateway.plans.catalogue import PlanId
from services.gateway.settings import Settings
from services.gateway.tenants import owner_link
from tests.journey import ended, telecom_csv, uploaded

FORM = {"name": "Ada", "password": "correct horse battery"}


def page(product: Product) -> httpx.Client:
    """A browser at our page."""
    return httpx.Client(base_url=product.url, headers={"X-Requested-With": "RetainWise"}, timeout=60)


def test_the_first_link_makes_the_owner_of_the_first_company(product: Product, http: httpx.Client) -> None:
    """Who opens it has all that the token has; the link lies in a file for its owner alone, and works once."""
    assert product.welcome_url is not None
    base, _, secret = product.welcome_url.partition("#")
    assert (f"{product.url}/welcome", 0o600) == (base, (product.data / "first-link").stat().st_mode & 0o777)
    with page(product) as browser:
        made = browser.post("/api/auth/accept", json={**FORM, "link": secret, "email": "ada@example.com"})
        assert 201 == made.status_code, made.text
        assert http.get("/api/me").json()["tenant"] == browser.get("/api/me").json()["tenant"]
        prediction = uploaded(browser, telecom_csv(50, prefix="P"))
        assert "COMPLETED" == ended(browser, prediction)["status"]
        assert 200 == http.get(f"/api/predictions/{prediction}").status_code
        assert 404 == browser.post("/api/auth/accept", json={**FORM, "link": secret}).status_code
    assert secret not in "".join(path.read_text() for path in (product.data / "logs").glob("*.log"))


def test_a_file_waits_for_a_larger_plan_and_then_goes_on(product: Product) -> None:
    """1,200 customers are more than Starter has: held after the rows were checked, scored once the plan is changed."""
    database = open_database(f"sqlite:///{product.data / 'retainwise.db'}")
    tenant, _ = TenantTable(database).create("Small", PlanId.STARTER)
    link = owner_link(database, Settings(), tenant.id).partition("#")[2]
    database.close()
    with page(product) as browser:
        browser.post("/api/auth/accept", json={**FORM, "link": link, "email": "small@example.com"})
        prediction = uploaded(browser, telecom_csv(1_200, prefix="S"))
        held = ended(browser, prediction)
        assert ("NEEDS_PLAN", True) == (held["status"], "1,200 customers" in held["message"])
        assert {"predictions": 0, "reserved": 0}.items() <= browser.get("/api/me").json()["usage"].items()
        assert 402 == browser.post(f"/api/predictions/{prediction}/resume").status_code
        assert 200 == browser.put("/api/plan", json={"plan": "professional"}).status_code
        assert "COMPLETED" == ended(browser, prediction)["status"]
        assert 1_200 == browser.get("/api/me").json()["usage"]["predictions"]
        assert 1_200 == browser.get(f"/api/predictions/{prediction}/customers").json()["total"]
