"""Several companies at once: nothing is lost, nothing is mixed."""

from concurrent.futures import ThreadPoolExecutor

import httpx

from deploy.local.product import Product
from services.gateway.database.engine import open_database
from services.gateway.database.tenants import TenantTable
from tests.journey import ended, results, telecom_csv, uploaded


def test_twenty_uploads_of_five_tenants_stay_apart(product: Product) -> None:
    """20 concurrent uploads from 5 tenants all complete, each with its own customers and nobody else's."""
    database = open_database(f"sqlite:///{product.data / 'retainwise.db'}")
    tokens = [TenantTable(database).create(f"company {n}")[1] for n in range(5)]
    database.close()

    def send(n: int) -> tuple[int, int, str, list[str]]:
        tenant = n % 5
        with httpx.Client(
            base_url=product.url, headers={"authorization": f"Bearer {tokens[tenant]}"}, timeout=60
        ) as http:
            prediction = uploaded(http, telecom_csv(100 + n, prefix=f"T{tenant}U{n}-"))
            status = ended(http, prediction)["status"]
            return tenant, n, status, results(http, prediction)["customer_id"].to_pylist()

    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(send, range(20)))

    for tenant, n, status, customers in answers:
        assert "COMPLETED" == status
        assert [f"T{tenant}U{n}-{row:07d}" for row in range(100 + n)] == customers
    for tenant, token in enumerate(tokens):
        with httpx.Client(base_url=product.url, headers={"authorization": f"Bearer {token}"}) as http:
            listed = http.get("/api/predictions/", params={"limit": 50}).json()
        assert 4 == len(listed["predictions"]), tenant
