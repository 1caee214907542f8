"""Header rows of real exports with plausible values: the shared list, or the data file itself where it is here."""

import csv
import io
import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from services.mapping.names import compact
from services.mapping.segments import splits

SHARED = Path(__file__).parents[1] / "../shared/data"
ROWS = 120
ROWS_OF_FILE = 2_000
TODAY = date(2026, 5, 31)


@dataclass(frozen=True)
class HeaderRow:
    """One export. tool: what it is held out with; right: for each column the answers that are right, () for none.

    samples: cells of each column, side by side, where the list has them.
    """

    tool: str
    source: str
    columns: tuple[str, ...]
    right: dict[str, frozenset[str]]
    gold: dict[str, frozenset[str]]
    kind: str
    formats: str
    grain: str
    samples: dict[str, tuple[str, ...]]


def header_rows(path: Path = SHARED / "headers.json") -> list[HeaderRow]:
    """The list; each data set is a tool of its own, and what derives from Stripe belongs to Stripe."""
    return [_row(entry) for entry in json.loads(path.read_text(encoding="utf-8"))]


def _row(entry: dict[str, Any]) -> HeaderRow:
    tool = entry["source"] if entry["tool"] == "dataset" else entry["tool"].removesuffix("-derived")
    alternatives = entry.get("gold_alt") or {}
    gold = {name: _names(entry["gold"].get(name)) for name in entry["columns"]}
    right = {name: gold[name] | _names("|".join(alternatives.get(name, ()))) for name in entry["columns"]}
    formats = entry.get("value_formats") or ""
    columns, grain = tuple(entry["columns"]), entry.get("grain") or ""
    samples = _samples(columns, entry.get("samples") or {})
    return HeaderRow(tool, entry["source"], columns, right, gold, entry["kind"], formats, grain, samples)


def _samples(columns: tuple[str, ...], samples: dict[str, Any] | list[list[Any]]) -> dict[str, tuple[str, ...]]:
    """Cells by column, whether the list has them by column or as rows."""
    if isinstance(samples, list):
        samples = dict(zip(columns, zip(*samples, strict=True), strict=True))
    return {name: tuple("" if cell is None else str(cell) for cell in cells) for name, cells in samples.items()}


def _names(answer: str | None) -> frozenset[str]:
    return frozenset(filter(None, (answer or "").split("|")))


def file_bytes(row: HeaderRow) -> bytes:
    """The row as a CSV file: its own cells, or the head of the data file where it is here, else seeded values."""
    if row.samples:
        return _written(row, [row.samples[name] for name in row.columns])
    path = SHARED / "datasets" / f"{row.kind}.csv"
    if path.exists():
        with path.open("rb") as file:
            return b"".join(line for line, _ in zip(file, range(ROWS_OF_FILE), strict=False))
    dice = random.Random(row.source)
    return _written(row, [tuple(_cells(name, row, dice)) for name in row.columns])


def _written(row: HeaderRow, columns: Sequence[Sequence[str]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(row.columns)
    writer.writerows(zip(*columns, strict=True))
    return text.getvalue().encode()


def _cells(name: str, row: HeaderRow, dice: random.Random) -> Iterator[str]:
    """Values that a column of this name and meaning could hold."""
    what = min(row.gold[name], default="")
    several = row.grain not in ("customer", "account", "contact")
    for place in range(ROWS):
        customer = place // 3 if several else place
        yield _cell(what or _guess(name), name, place, customer, dice, cents="CENTS" in row.formats)


def _cell(what: str, name: str, place: int, customer: int, dice: random.Random, *, cents: bool) -> str:
    day = TODAY - timedelta(days=dice.randrange(30, 1500))
    plain = {
        "customer_id": lambda: f"{compact(name)[:3]}_{customer * 7919 + 10_007:x}",
        "row_id": lambda: f"{compact(name)[:3]}_{place * 104_729 + 1_299_709:x}",
        "customer_email": lambda: f"person{customer}@example.org",
        "customer_name": lambda: f"{dice.choice(_FIRST)} {dice.choice(_LAST)}",
        "monthly_charges": lambda: _money(dice.choice((29, 49, 99, 149, 299)), cents),
        "total_charges": lambda: _money(dice.randrange(20, 9000) + 0.5, cents),
        "money": lambda: _money(dice.randrange(1, 900) + 0.25, cents),
        "tenure_months": lambda: str(dice.randrange(0, 72)),
        "plan_type": lambda: dice.choice(("Starter", "Pro", "Enterprise")),
        "billing_interval": lambda: dice.choice(("month", "month", "year")),
        "seats_purchased": lambda: str(dice.randrange(1, 40)),
        "seats_used": lambda: str(dice.randrange(1, 30)),
        "status": lambda: dice.choice(("active", "active", "past_due", "canceled")),
        "churned": lambda: dice.choice(("Yes", "No", "No")),
        "country": lambda: dice.choice(("US", "DE", "GB", "FR", "DK")),
        "industry": lambda: dice.choice(("Software", "Retail", "Health")),
        "company_size": lambda: str(dice.choice((5, 20, 80, 300))),
        "payment_method": lambda: dice.choice(("Visa", "MasterCard", "Amex")),
        "gender": lambda: dice.choice(("Male", "Female")),
        "signup_date": lambda: f"{day} 10:2{place % 10}",
        "last_login_at": lambda: f"{TODAY - timedelta(days=dice.randrange(0, 90))} 09:15",
        "canceled_at": lambda: f"{day}" if dice.random() < 0.2 else "",
        "date": lambda: f"{day} 08:30",
        "flag": lambda: dice.choice(("true", "false")),
        "count": lambda: str(dice.randrange(0, 50)),
        "state": lambda: dice.choice(("CA", "NY", "TX", "OH", "IL", "WA", "GA")),
        "words": lambda: dice.choice(("alpha", "beta", "gamma", "")),
    }
    return plain.get(what if what != "contract" and what != "days_since_last_login" else _TWINS[what], plain["count"])()


_TWINS = {"contract": "billing_interval", "days_since_last_login": "last_login_at"}
_FIRST = ("Ada", "Alan", "Grace", "Edsger", "Barbara", "Donald", "Radia", "Ken")
_LAST = ("Adams", "Brook", "Costa", "Dietz", "Evans", "Frost", "Gupta", "Horn")

_GUESSES: tuple[tuple[str, str], ...] = (
    ("id ids uuid number fingerprint code zip fax phone oid", "row_id"),
    ("date at utc start end created modstamp updated on", "date"),
    ("is has accepts paid delinquent captured closed opt owns", "flag"),
    ("name owner", "customer_name"),
    ("email", "customer_email"),
    ("country", "country"),
    ("status", "status"),
    ("state province", "state"),
    ("amount fee total balance tax revenue spend volume losses average subtotal price", "money"),
    ("count quantity calls minutes orders", "count"),
)


def _guess(name: str) -> str:
    """What a column that is nothing of ours holds, by its words."""
    spaced = "".join(f" {letter}" if letter.isupper() else letter for letter in name)
    words = {compact(word) for part in (name, spaced) for word in part.replace("_", " ").replace("(", " ").split()}
    words |= {word for split in splits(compact(name)) for word in split}
    return next((what for known, what in _GUESSES if words & set(known.split())), "words")


def _money(amount: float, cents: bool) -> str:
    return str(round(amount * 100)) if cents else f"{amount:.2f}"
