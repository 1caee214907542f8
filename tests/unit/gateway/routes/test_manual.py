"""The API's description."""

from libs.errors import KINDS
from services.gateway import problems
from tests.http_gateway import Gateway


def test_every_operation_is_named_described_and_dressed(gateway: Gateway) -> None:
    """Operation ids are unique and plain; each has a summary, a description, and problems as its errors."""
    document = gateway.client.get("/openapi.json").json()
    operations = [operation for path in document["paths"].values() for operation in path.values()]
    ids = [operation["operationId"] for operation in operations]
    assert len(ids) == len(set(ids))
    for operation in operations:
        assert operation["operationId"].isidentifier()
        assert operation["summary"]
        assert operation["description"]
        for errors in ("4XX", "5XX"):
            assert ["application/problem+json"] == list(operation["responses"][errors]["content"])
    assert "HTTPValidationError" not in document["components"]["schemas"]


def test_operation_ids_stay(gateway: Gateway) -> None:
    """Clients are generated from them: one may be added, none renamed."""
    document = gateway.client.get("/openapi.json").json()
    assert {
        "create_prediction": "POST /api/csv",
        "list_predictions": "GET /api/predictions/",
        "get_prediction": "GET /api/predictions/{prediction_id}",
        "delete_prediction": "DELETE /api/predictions/{prediction_id}",
        "answer_mapping": "PUT /api/predictions/{prediction_id}/mapping",
        "list_customers": "GET /api/predictions/{prediction_id}/customers",
        "get_customer": "GET /api/predictions/{prediction_id}/customers/{customer_id}",
        "get_summary": "GET /api/predictions/{prediction_id}/summary",
        "export_customers": "GET /api/predictions/{prediction_id}/export",
        "download_results": "GET /api/predictions/{prediction_id}/results.parquet",
        "get_report": "GET /api/predictions/{prediction_id}/report",
        "download_quarantine": "GET /api/predictions/{prediction_id}/quarantine",
        "preview_mapping": "POST /api/mapping/preview",
        "list_templates": "GET /api/templates",
        "get_template": "GET /api/templates/{industry}",
        "get_me": "GET /api/me",
        "get_health": "GET /healthz",
        "get_readiness": "GET /readyz",
    }.items() <= {
        operation["operationId"]: f"{method.upper()} {path}"
        for path, operations in document["paths"].items()
        for method, operation in operations.items()
    }.items()


def test_references_lead_somewhere(gateway: Gateway) -> None:
    """Every $ref of the document names a schema that is there."""
    answer = gateway.client.get("/openapi.json")
    schemas = answer.json()["components"]["schemas"]
    named = {part.split('"')[0] for part in answer.text.split('"#/components/schemas/')[1:]}
    assert set() == named - set(schemas)


def test_the_page_shows_every_path_and_runs_no_script(gateway: Gateway) -> None:
    """It loads nothing from anywhere."""
    page = gateway.client.get("/docs")
    for path in gateway.client.get("/openapi.json").json()["paths"]:
        assert path in page.text
    assert "<script" not in page.text
    assert "script-src" not in page.headers["content-security-policy"]
    assert page.headers["content-security-policy"].startswith("default-src 'none'")


def test_the_type_of_every_problem_can_be_read(gateway: Gateway) -> None:
    """Its page says status and meaning."""
    for name, kind in KINDS.items():
        page = gateway.client.get(f"/problems/{problems.slug(name)}")
        assert (200, True) == (page.status_code, str(problems.STATUS[kind]) in page.text)
    assert 404 == gateway.client.get("/problems/none").status_code
