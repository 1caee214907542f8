"""Exports over HTTP: asked for, followed, fetched, deleted."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from services.gateway.domain import Pass
from tests.http_gateway import Gateway, results_table

TABLE = results_table(60)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture(scope="module")
def prediction(gateway: Gateway) -> str:
    """A completed prediction with TABLE as results."""
    return str(gateway.complete(TABLE, filename="März (final).csv")["id"])


def ask(gateway: Gateway, method: str, url: str, status: int = 200, **params: Any) -> Any:
    """The answer's JSON, if it has one."""
    answer = gateway.client.request(method, url, params=params, headers=gateway.headers)
    assert status == answer.status_code, answer.text
    return answer.json() if answer.content else None


def test_from_asking_to_the_file(gateway: Gateway, prediction: str) -> None:
    """202 with how many customers it will hold, progress in rows, and the file under its name."""
    url = f"/api/predictions/{prediction}/exports"
    high = sum(person["risk_level"] == "high" for person in TABLE.to_pylist())
    answer = gateway.client.post(url, params={"risk_level": "high"}, headers=gateway.headers)
    made = answer.json()
    name = f"retainwise-März-final-{datetime.now(UTC).date()}.xlsx"
    assert (202, f"/api/exports/{made['id']}") == (answer.status_code, answer.headers["location"])
    assert ("QUEUED", prediction, "xlsx", name, high, 0) == tuple(
        made[field] for field in ("status", "prediction_id", "format", "filename", "rows", "rows_done")
    )
    kept = datetime.fromisoformat(made["kept_until"]) - datetime.fromisoformat(made["created_at"])
    assert timedelta(days=7) == kept
    assert "NotCompleted" == ask(gateway, "GET", f"/api/exports/{made['id']}/file", 409)["code"]
    claim = gateway.claim(made["id"])
    gateway.parts.jobs.progress(claim, Pass.EXPORT, 1, high, "Writing customers")
    now = ask(gateway, "GET", f"/api/exports/{made['id']}")
    assert ("PROCESSING", 1, "Writing customers") == (now["status"], now["rows_done"], now["message"])
    gateway.parts.jobs.complete(claim, {"export": gateway.keep(claim, "export.xlsx", b"PK..")}, "Done")
    done = ask(gateway, "GET", f"/api/exports/{made['id']}")
    assert ("COMPLETED", high, 4) == (done["status"], done["rows_done"], done["size_bytes"])
    file = gateway.client.get(f"/api/exports/{made['id']}/file", headers=gateway.headers)
    assert (b"PK..", XLSX, "4") == (file.content, file.headers["content-type"], file.headers["content-length"])
    assert (
        f"filename*=UTF-8''retainwise-M%C3%A4rz-final-{datetime.now(UTC).date()}.xlsx"
        in (file.headers["content-disposition"])
    )


def test_of_every_customer(gateway: Gateway, prediction: str) -> None:
    """Over all uploads, with the days among the filters; sent twice, made once."""
    made = ask(gateway, "POST", "/api/exports", 202, format="csv", sort="customer_id")
    assert (None, "csv", 60) == (made["prediction_id"], made["format"], made["rows"])
    assert made["filename"].startswith("retainwise-all-customers-")
    assert made["id"] == ask(gateway, "POST", "/api/exports", 202, format="csv", sort="customer_id")["id"]
    assert 0 == ask(gateway, "POST", "/api/exports", 202, uploaded_to="2000-01-01")["rows"]


def test_exports_are_listed(new_gateway: Gateway) -> None:
    """Newest first, page by page; they are no predictions, and their ids are nobody's."""
    prediction = new_gateway.complete(TABLE)["id"]
    url = f"/api/predictions/{prediction}/exports"
    made = [ask(new_gateway, "POST", url, 202, search=f"C-00000{digit}")["id"] for digit in range(3)]
    page = ask(new_gateway, "GET", "/api/exports", limit=2)
    rest = ask(new_gateway, "GET", "/api/exports", limit=2, after=page["next"])
    assert (made[::-1], None) == ([each["id"] for each in page["exports"] + rest["exports"]], rest["next"])
    listed = ask(new_gateway, "GET", "/api/predictions/")["predictions"]
    assert [prediction] == [each["id"] for each in listed]
    ask(new_gateway, "GET", f"/api/predictions/{made[0]}", 404)
    ask(new_gateway, "GET", f"/api/exports/{prediction}", 404)


def test_an_export_can_be_deleted(new_gateway: Gateway) -> None:
    """Row and file; the prediction stays."""
    prediction = new_gateway.complete(TABLE)["id"]
    made = ask(new_gateway, "POST", f"/api/predictions/{prediction}/exports", 202)
    claim = new_gateway.claim(made["id"])
    new_gateway.parts.jobs.complete(claim, {"export": new_gateway.keep(claim, "export.xlsx", b"PK..")}, "Done")
    ask(new_gateway, "DELETE", f"/api/exports/{made['id']}", 204)
    ask(new_gateway, "GET", f"/api/exports/{made['id']}", 404)
    assert [] == [info.key for info in new_gateway.parts.store.list("tenants/") if made["id"] in info.key]
    assert 60 == ask(new_gateway, "GET", f"/api/predictions/{prediction}/customers")["total"]


def test_deleting_a_prediction_deletes_the_files_with_its_customers(new_gateway: Gateway) -> None:
    """Its own exports, and those of all uploads; another prediction's stay."""
    gone, kept = (new_gateway.complete(results_table(5, seed=seed))["id"] for seed in (1, 2))
    own, other = (ask(new_gateway, "POST", f"/api/predictions/{each}/exports", 202)["id"] for each in (gone, kept))
    ask(new_gateway, "POST", "/api/exports", 202)
    ask(new_gateway, "DELETE", f"/api/predictions/{gone}", 204)
    assert [other] == [each["id"] for each in ask(new_gateway, "GET", "/api/exports")["exports"]]
    ask(new_gateway, "GET", f"/api/exports/{own}", 404)


def test_what_cannot_be_exported_is_refused(gateway: Gateway, prediction: str) -> None:
    """A prediction without results yet, an unknown format, a file that the store no longer has."""
    assert "NotCompleted" == ask(gateway, "POST", f"/api/predictions/{gateway.upload()['id']}/exports", 409)["code"]
    ask(gateway, "POST", f"/api/predictions/{prediction}/exports", 422, format="ods")
    made = ask(gateway, "POST", f"/api/predictions/{prediction}/exports", 202, search="1")
    claim = gateway.claim(made["id"])
    lost = gateway.keep(claim, "export.xlsx", b"PK..")
    gateway.parts.jobs.complete(claim, {"export": lost}, "Done")
    gateway.parts.store.delete(lost.key)
    assert "tenants/" not in str(ask(gateway, "GET", f"/api/exports/{made['id']}/file", 404))
