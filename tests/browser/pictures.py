"""Screenshots of every page, a film of the main journey, Lighthouse's marks, or how soon a click is answered on the
screen: python -m tests.browser.pictures WHAT

Starts the product with made-up and public data, and stops it again. The film is an animated WebP: a video would want an
encoder that no package registry carries.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import httpx

from deploy.local import samples
from deploy.local.product import Product
from tests.browser.conftest import OWNER
from tests.journey import ended, uploaded

AUDITED = ("dashboard", "upload", "customer")
RUNS = 5
"""Audits of a page, of which the median counts: a single one is noise."""
CUSTOMERS, CLICKS, PAINT_MS_MAX = 100_000, 20, 400
"""Of the measured paints: customers of the one upload, clicks of each kind, and what their 95th percentile may be."""
PORT = 9333
"""Of the browser, on loopback, for Lighthouse to steer it."""


def main() -> int:
    """Exit code of the script in Node."""
    parser = argparse.ArgumentParser(prog="python -m tests.browser.pictures", description=__doc__)
    parser.add_argument("what", choices=["screenshots", "walkthrough", "lighthouse", "paint"])
    parser.add_argument("--folder", type=Path, default=Path("build"), help="what is written goes below it")
    chosen = parser.parse_args()
    folder = (chosen.folder / chosen.what).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as data, Product(Path(data) / "product") as product:
        telecom, saas = Path(data) / "telecom.csv", Path(data) / "saas.csv"
        samples.write_telecom(telecom)
        samples.write_saas(saas)
        with httpx.Client(base_url=product.url, timeout=60) as http:
            link = str(product.welcome_url).partition("#")[2]
            form = {"link": link, "name": "Ada Lovelace", "email": OWNER.email, "password": OWNER.password}
            http.post("/api/auth/accept", json=form).raise_for_status()
            http.cookies.clear()
            http.headers["authorization"] = f"Bearer {product.token}"
            told: dict[str, Any] = {"telecom": str(telecom)}
            if chosen.what == "paint":
                told |= {"pages": _large(http, telecom), "runs": CLICKS, "paint_ms_max": PAINT_MS_MAX}
            elif chosen.what != "walkthrough":
                told["pages"] = _pages(http, telecom, saas)
            if chosen.what == "lighthouse":
                told |= {"pages": {name: told["pages"][name] for name in AUDITED}, "runs": RUNS, "port": PORT}
        told |= {"url": product.url, "chromium": shutil.which("chromium"), "folder": str(folder)}
        told |= {"email": OWNER.email, "password": OWNER.password}
        script = Path(__file__).with_name(f"{chosen.what}.mjs")
        environment = {**os.environ, "RETAINWISE_BROWSER_TEST": json.dumps(told)}
        ended_as = subprocess.run(["node", str(script)], env=environment, check=False).returncode
    if chosen.what == "walkthrough" and ended_as == 0:
        _film(folder)
    return ended_as


def _film(folder: Path) -> None:
    """One animated picture of the frames, which go."""
    from PIL import Image  # for this alone: an extra of its own

    listed = folder / "frames.json"
    frames = json.loads(listed.read_text())
    pictures = [Image.open(frame["path"]).convert("RGB") for frame in frames]
    durations = [frame["duration_ms"] for frame in frames]
    first, *others = pictures
    first.save(folder / "walkthrough.webp", append_images=others, duration=durations, loop=0, quality=60, method=2)
    for each in (listed, *(Path(frame["path"]) for frame in frames)):
        each.unlink()


def _large(http: httpx.Client, telecom: Path) -> dict[str, str]:
    """Addresses of the dashboards over many customers."""
    many = telecom.with_name("many.csv")
    samples.tile(telecom, many, CUSTOMERS, "customer_id")
    prediction = uploaded(http, many.read_bytes(), many.name)
    assert ended(http, prediction, timeout_s=300)["status"] == "COMPLETED"
    return {"latest": "/dashboard", "prediction": f"/predictions/{prediction}"}


def _pages(http: httpx.Client, telecom: Path, saas: Path) -> dict[str, str]:
    """Addresses by name; those before signing in come first."""
    first = uploaded(http, saas.read_bytes(), "customers-october.csv")
    ended(http, first)
    second = uploaded(http, telecom.read_bytes(), "telecom.csv")
    ended(http, second)
    asking = uploaded(http, b"id,signup date,plan\na,2025-01-02,pro\nb,2025-02-03,team\n", "no-price.csv")
    ended(http, asking)
    page = http.get(f"/api/predictions/{second}/customers?page_size=1").json()
    customer = page["customers"][0]["customer_id"]
    return {
        "sign-in": "/sign-in",
        "welcome": "/welcome#no-such-link",
        "pricing": "/pricing",
        "dashboard": "/dashboard",
        "upload": "/upload",
        "predictions": "/predictions",
        "prediction": f"/predictions/{second}",
        "customer": f"/predictions/{second}/customers/{customer}",
        "report": f"/predictions/{first}/report",
        "mapping": f"/predictions/{asking}",
        "models": "/models",
        "settings": "/settings",
    }


if __name__ == "__main__":
    sys.exit(main())
