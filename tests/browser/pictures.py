"""Screenshots of every page, a film of the main journey, Lighthouse's marks, or how soon a click is answered on the
screen: python -m tests.browser.pictures WHAT

Starts the product with made-up data, or public data for what is measured, and stops it again. The user guide's pictures
are made with the screenshots; they and the film go to docs/images. The film is an animated WebP: a video would want an
encoder that no package registry carries.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

from deploy.local.product import Product
from tests.browser.company import write_files
from tests.browser.filled import SIGN_UP, with_company, with_many, with_samples

GUIDE = Path(__file__).parents[2] / "docs" / "images"
QUALITY = 80
"""Of 100, for the guide's pictures: small letters stay clean, and none is larger than 120 KB."""

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
    parser.add_argument("--only", nargs="+", metavar="NAME", help="these screenshots alone")
    parser.add_argument("--audit", action="store_true", help="fail on what axe or the ruler finds in a screenshot")
    chosen = parser.parse_args()
    folder = (chosen.folder / chosen.what).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as data, Product(Path(data) / "product", environment=SIGN_UP) as product:
        told: dict[str, Any] = {"url": product.url, "chromium": shutil.which("chromium"), "folder": str(folder)}
        if chosen.what == "lighthouse":
            shown = with_samples(product, Path(data))
            told |= {"runs": RUNS, "port": PORT}
        elif chosen.what == "paint":
            shown = with_many(product, Path(data), CUSTOMERS)
            told |= {"runs": CLICKS, "paint_ms_max": PAINT_MS_MAX}
        else:
            files = write_files(Path(data))
            shown = with_company(product, files, november=chosen.what == "screenshots")
            told |= {"files": {name: str(path) for name, path in asdict(files).items()}}
        told |= {"paths": shown.paths, "accounts": shown.accounts, **shown.accounts["owner"]}
        with tempfile.TemporaryDirectory() as guide:
            told |= {"guide": guide, "only": chosen.only, "audit": chosen.audit}
            script = Path(__file__).with_name(f"{chosen.what}.mjs")
            environment = {**os.environ, "RETAINWISE_BROWSER_TEST": json.dumps(told)}
            ended_as = subprocess.run(["node", str(script)], env=environment, check=False).returncode
            if chosen.what == "screenshots" and ended_as == 0:
                _guide(Path(guide))
    if chosen.what == "walkthrough" and ended_as == 0:
        _film(folder)
    return ended_as


def _guide(folder: Path) -> None:
    """The guide's pictures, as small as they can be read."""
    from PIL import Image  # for pictures alone: an extra of its own

    GUIDE.mkdir(exist_ok=True)
    for picture in sorted(folder.glob("*.png")):
        Image.open(picture).convert("RGB").save(GUIDE / f"{picture.stem}.webp", quality=QUALITY, method=6)


def _film(folder: Path) -> None:
    """One animated picture of the frames, which go; beside the guide's."""
    from PIL import Image

    listed = folder / "frames.json"
    frames = json.loads(listed.read_text())
    pictures = [Image.open(frame["path"]).convert("RGB") for frame in frames]
    durations = [frame["duration_ms"] for frame in frames]
    first, *others = pictures
    GUIDE.mkdir(exist_ok=True)
    first.save(GUIDE / "walkthrough.webp", append_images=others, duration=durations, loop=0, quality=60, method=2)
    for each in (listed, *(Path(frame["path"]) for frame in frames)):
        each.unlink()


if __name__ == "__main__":
    sys.exit(main())
