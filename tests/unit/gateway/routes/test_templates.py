"""Sample files and the data dictionary over HTTP."""

import pytest

from libs.tables.columns import Industry
from services.gateway import templates, tool_samples
from tests.http_gateway import Gateway


def test_the_list_leads_to_samples_and_dictionaries(gateway: Gateway) -> None:
    """Every address in it answers; and it says how large a file may be."""
    shown = gateway.client.get("/api/templates", headers=gateway.headers).json()
    assert gateway.parts.settings.upload_bytes_max == shown["upload_bytes_max"]
    listed = shown["templates"]
    assert [industry.value for industry in Industry] == [template["industry"] for template in listed]
    for template in listed:
        for address in (template["sample"], template["dictionary"]):
            assert 200 == gateway.client.get(address, headers=gateway.headers).status_code


def test_samples_of_tools_are_listed_and_served(gateway: Gateway) -> None:
    """Three of them, each a file to download; another name is not found."""
    listed = gateway.client.get("/api/templates", headers=gateway.headers).json()["tools"]
    assert list(tool_samples.TOOLS) == [tool["name"] for tool in listed]
    for tool in listed:
        answer = gateway.client.get(tool["sample"], headers=gateway.headers)
        assert (200, tool_samples.tool_sample(tool["name"])) == (answer.status_code, answer.text)
        assert f"retainwise-{tool['name']}.csv" in answer.headers["content-disposition"]
    assert 404 == gateway.client.get("/api/templates/tools/abacus", headers=gateway.headers).status_code


@pytest.mark.parametrize("industry", list(Industry))
def test_three_forms_of_a_template(gateway: Gateway, industry: Industry) -> None:
    """CSV to fill in, JSON for programs, Markdown for people."""
    url = f"/api/templates/{industry.value}"
    assert templates.sample(industry) == gateway.client.get(url, headers=gateway.headers).text
    page = gateway.client.get(url + "?format=markdown", headers=gateway.headers)
    assert (templates.markdown(industry), "text/markdown; charset=utf-8") == (page.text, page.headers["content-type"])
    dictionary = gateway.client.get(url + "?format=dictionary", headers=gateway.headers).json()
    assert templates.dictionary(industry) == dictionary["columns"]


@pytest.mark.parametrize("path", ["/api/templates/bakery", "/api/templates/saas?format=pdf"])
def test_unknown_templates_are_refused(gateway: Gateway, path: str) -> None:
    """422 with what there is."""
    answer = gateway.client.get(path, headers=gateway.headers)
    assert 422 == answer.status_code
    assert "'" in answer.json()["detail"]
