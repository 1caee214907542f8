"""What the documents claim is there: commands, options, targets, files and columns."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from typer.main import get_command

from libs.client.cli import app

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "services").glob("*/README.md")])
COMMANDS = get_command(app).commands  # type: ignore[attr-defined]


def test_the_data_dictionary_is_current(tmp_path: Path) -> None:
    """It is what the canonical columns give today; after a change to them, run `make dictionary`."""
    target = tmp_path / "data-dictionary.md"
    subprocess.run([sys.executable, ROOT / "docs" / "data_dictionary.py", target], check=True, cwd=ROOT)
    assert target.read_text() == (ROOT / "docs" / "data-dictionary.md").read_text()


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_the_manual_forgets_no_command(name: str) -> None:
    """README names every command and every option of `retainwise`."""
    text = (ROOT / "README.md").read_text()
    options = [option for parameter in COMMANDS[name].params for option in parameter.opts if option.startswith("--")]
    assert [] == [word for word in (f"retainwise {name}", *options) if word not in text and word != "--help"]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    """A relative link in a document leads to a file that exists."""
    targets = re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", page.read_text())
    assert [] == [target for target in targets if not (page.parent / target).exists()]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_make_targets_exist(page: Path) -> None:
    """A `make` target that a document names is in the Makefile."""
    known = set(re.findall(r"^([a-z-]+):.*##", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = set(re.findall(r"(?:`|^)make ([a-z-]+)", page.read_text(), re.MULTILINE))
    assert set() == named - known


def test_every_make_target_gives_its_reason() -> None:
    """`make help` leaves no target out."""
    text = (ROOT / "Makefile").read_text()
    phony = set(re.findall(r"^\.PHONY: (.+)$", text, re.MULTILINE))
    assert phony == set(re.findall(r"^([a-z-]+):.*## ", text, re.MULTILINE))


def test_every_decision_is_listed() -> None:
    """docs/adr/README.md leads to each page beside it."""
    folder = ROOT / "docs" / "adr"
    listed = set(re.findall(r"\]\((\d{4}-[a-z-]+\.md)\)", (folder / "README.md").read_text()))
    assert {path.name for path in folder.glob("0*.md")} == listed
