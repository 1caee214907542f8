"""The page in a browser: who comes first, the main journey, what goes wrong, and every page for everybody.

One file, so that one product serves all; the tests build on each other in their order.
"""

import csv
import io
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import httpx
import pytest
from python_calamine import CalamineWorkbook

from deploy.local import samples
from deploy.local.product import Product
from services.gateway.plans.catalogue import PlanId
from tests.browser.conftest import OWNER, Found, Person, Run
from tests.browser.figures import first_rows, latest, listed, worked_out, written
from tests.journey import ended, results, telecom_csv, uploaded

HOSTILE = (
    "<img src=x onerror=window.__ran=1>",
    '"><script>window.__ran=1</script>',
    "javascript:window.__ran=1",
    "\u202eabc\u2066\u200b\ufeffx",
)
"""What a file may hold that would rather be a page: markup, a script, an address that runs, and characters that turn a
line round or do not show."""

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


def test_the_same_in_firefox(firefox: str, run: Run, company: Found, tmp_path: Path) -> None:
    """The same journey passes in Firefox, for the owner of another company."""
    other = company("Gecko Ltd", PlanId.ENTERPRISE)
    _go_the_whole_way(
        run, tmp_path, browser="firefox", firefox=firefox, welcome=other.welcome, email="gerda@example.com"
    )
    with other.http() as http:
        _check_exports(http, tmp_path)


def test_every_number_is_one_of_the_results(run: Run, company: Found, tmp_path: Path) -> None:
    """Cards, bars, histogram, drivers and rows of the page are the API's, and those are what pandas makes of the result
    files: of one upload and of each customer's latest score in two, with and without filters."""
    numbers, person = company("Numbers Ltd", PlanId.ENTERPRISE), Person("emmy@example.com", OWNER.password)
    numbers.let_in(person)
    with numbers.http() as http:
        ids = [uploaded(http, _saas_csv(tmp_path, rows, seed), f"{rows}.csv") for rows, seed in ((900, 7), (300, 8))]
        for each in ids:
            assert ended(http, each)["status"] == "COMPLETED"
        tables = [results(http, each) for each in ids]
        one, both = tables[0].to_pandas(), latest(tables)
        chosen = {"risk": ["medium", "low"], "plan": ["team", "business"], "search": "cb_00000"}
        asked = {"risk_level": chosen["risk"], "plan": chosen["plan"], "search": chosen["search"]}
        dashboards = [(f"/predictions/{ids[0]}", f"/api/predictions/{ids[0]}", one), ("/dashboard", "/api", both)]
        paths = [f"{page}{query}" for page, _, _ in dashboards for query in ("", f"?{urlencode(chosen, doseq=True)}")]
        shown = iter(json.loads(run("numbers.mjs", email=person.email, password=person.password, paths=paths)))
        for _, api, customers in dashboards:
            fits = customers["risk_level"].isin(chosen["risk"]) & customers["plan"].isin(chosen["plan"])
            fits &= customers["customer_id"].str.contains(chosen["search"])
            for query, expected in (({}, customers), (asked, customers[fits])):
                summary = http.get(f"{api}/summary", params=query).json()
                page = http.get(f"{api}/customers", params=query).json()
                assert listed(summary) == pytest.approx(worked_out(expected), rel=1e-6)
                assert [pytest.approx(row) for row in first_rows(expected)] == [
                    {name: row[name] for name in first_rows(expected)[0]} for row in page["customers"]
                ]
                assert next(shown) == written(summary, page, filtered=bool(query))


def test_nothing_of_a_file_runs(run: Run, company: Found, tmp_path: Path) -> None:
    """HTML, scripts and characters that steer text, in the file's name, its headers, ids, names and plans, are shown as
    text on every page, in the report to forward and in exports."""
    person = Person("mallory@example.com", OWNER.password)
    company('Little <b onclick="x">Bobby</b> Ltd', PlanId.ENTERPRISE).let_in(person)
    headers = [f"{each} as a header" for each in HOSTILE]
    whole = {
        "name": f"{HOSTILE[0]} {HOSTILE[2]}.csv",
        "text": _csv(
            ["customer_id", "customer name", "plan", "mrr", "tenure months", *headers],
            *([*_named(n), n % 90 + 10, n % 50 + 1, *HOSTILE] for n in range(40)),
        ),
        "headers": headers,
        "ids": [_named(n)[0] for n in range(len(HOSTILE))],
        "names": [_named(n)[1] for n in range(len(HOSTILE))],
        "plans": [_named(n)[2] for n in range(len(HOSTILE))],
    }
    asking = {
        "name": f"why {HOSTILE[0]}.csv",
        "text": _csv(
            ["id", "signup date", "plan", *headers],
            *([f"u{n}", f"2025-0{n % 9 + 1}-11", "pro", *HOSTILE] for n in range(60)),
        ),
        "headers": headers,
    }
    run("hostile.mjs", email=person.email, password=person.password, whole=whole, asking=asking)
    exported = list(csv.DictReader((tmp_path / "hostile.csv").open(encoding="utf-8-sig")))
    assert set(whole["ids"]) <= {row["customer_id"] for row in exported}
    sheet = CalamineWorkbook.from_path(tmp_path / "hostile.xlsx").get_sheet_by_index(0).to_python()
    assert set(whole["ids"]) <= {str(cell) for row in sheet for cell in row}


def test_a_file_too_large_for_the_plan(run: Run, company: Found, tmp_path: Path) -> None:
    """It is held; the page says what is short and what unlocks it; it goes on with a larger plan, or is given up."""
    small, person = company("Small Ltd", PlanId.STARTER), Person("sam@example.com", OWNER.password)
    small.let_in(person)
    files = {"first": 1_200, "second": 4_000}
    for name, rows in files.items():
        (tmp_path / f"{name}.csv").write_bytes(telecom_csv(rows))
    given = {name: str(tmp_path / f"{name}.csv") for name in files}
    run("plan.mjs", email=person.email, password=person.password, **given)


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


def _named(number: int) -> tuple[str, str, str]:
    """A customer's id, name and plan; the first ones are hostile."""
    if number >= len(HOSTILE):
        return f"c{number}", f"Customer {number}", "pro"
    return tuple(f"{HOSTILE[number]} {what}" for what in ("id", "name", "plan"))


def _csv(*rows: Sequence[object]) -> str:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue()


def _saas_csv(folder: Path, rows: int, seed: int) -> bytes:
    """Customers 1 to `rows`, whose values follow from the seed."""
    file = folder / "saas.csv"
    samples.write_saas(file, rows, seed)
    return file.read_bytes()
