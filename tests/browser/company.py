"""The files of a made-up company for pictures: two months of its customers, those of whom it is known who left, and
files that cannot be read without a question, or not at all.

Nothing in it is real: names are put together from two lists of words, addresses end in example.com.
"""

import csv
import math
import random
from dataclasses import dataclass
from pathlib import Path

from deploy.local import samples

COLUMNS = (samples.SAAS_COLUMNS[0], "Customer Name", *samples.SAAS_COLUMNS[1:])
ROWS, LEFT_ROWS = 1240, 1800
NEW, GONE = 41, 27
"""Customers that came, and that went, between the two months."""

FIRST = """
Amber Aspen Atlas Beacon Birch Blue Bright Cedar Clear Coastal Copper Crescent Delta Eastern Echo Elm Ember Fable Falcon
Fern Forge Golden Granite Harbor Hazel Highland Indigo Ivory Juniper Keystone Lantern Linden Lunar Maple Meadow Meridian
Mosaic Northern Oak Olive Orchard Pebble Pine Prairie Quarry River Silver Summit Tidal Willow
"""
SECOND = """
Analytics Apparel Bakeries Books Brewing Builders Care Clinics Coffee Consulting Courier Dental Design Education Energy
Events Farms Fitness Foods Freight Gardens Health Homes Hotels Insurance Interiors Labs Legal Logistics Media Motors
Optics Outdoors Partners Pets Power Print Realty Robotics Schools Security Software Sports Studios Supply Systems
Textiles Travel Ventures Works
"""
"""Names of customers are two of these words."""

Row = dict[str, object]


@dataclass(frozen=True)
class Files:
    """known: with a column that says who left. asking: the day may be the month. broken: nobody is in it."""

    known: Path
    october: Path
    november: Path
    asking: Path
    broken: Path


def write_files(folder: Path) -> Files:
    """The same in every run."""
    named = ("who-left-in-september", "customers-october", "customers-november", "crm-export", "empty-export")
    files = Files(*(folder / f"{name}.csv" for name in named))
    october = _rows(ROWS, seed=7)
    _write(files.known, [row | {"Churned": _left(row, place)} for place, row in enumerate(_rows(LEFT_ROWS, seed=11))])
    _write(files.october, october)
    _write(files.november, _a_month_later(october))
    _write(files.asking, [_in_a_crm(row, place) for place, row in enumerate(october[:80])])
    files.broken.write_text("Customer Id,Plan,MRR\n")
    return files


def _rows(rows: int, seed: int) -> list[Row]:
    names = [f"{first} {second}" for first in FIRST.split() for second in SECOND.split()]
    random.Random(seed).shuffle(names)
    made = zip(samples.saas_rows(rows, seed), names, strict=False)
    return [dict(zip(COLUMNS, (row[0], name, *row[1:]), strict=True)) for row, name in made]


def _left(row: Row, place: int) -> str:
    """Whether somebody like this leaves: long away, failed payments and tickets, and few seats in use, are why."""
    unused = 1 - float(str(row["Seats Used"])) / float(str(row["Seats Purchased"]))
    reasons = (
        0.075 * int(str(row["Days Since Last Login"]))
        + 1.5 * int(str(row["Failed Payments"]))
        + 0.5 * int(str(row["Support Tickets"]))
        + 2.2 * unused
        - 0.9 * (row["Billing Period"] == "Yearly")
        - 0.02 * min(48, int(str(row["Tenure (months)"])))
    )
    return "Yes" if random.Random(place).random() < 1 / (1 + math.exp(3.6 - reasons)) else "No"


def _a_month_later(rows: list[Row]) -> list[Row]:
    """Some went quiet, some came back, a few are gone and some are new."""
    draw = random.Random(3)
    later = []
    for row in rows[GONE:]:
        row = row | {"Tenure (months)": int(str(row["Tenure (months)"])) + 1}
        fate = draw.random()
        if fate < 0.06:
            row |= {"Days Since Last Login": draw.randint(34, 58), "Logins (30d)": 0, "Failed Payments": 1}
        elif fate < 0.11:
            row |= {"Days Since Last Login": draw.randint(0, 2), "Failed Payments": 0, "Support Tickets": 0}
        later.append(row)
    return later + [row | {"Tenure (months)": 0} for row in _rows(ROWS + NEW, seed=7)[ROWS:]]


def _in_a_crm(row: Row, place: int) -> Row:
    """As a sales tool has it: each day could be a month, and nothing says so."""
    return {
        "Account ID": row["Customer Id"],
        "Account Name": row["Customer Name"],
        "Customer Since": f"{place % 12 + 1:02d}/{place * 5 % 12 + 1:02d}/{2022 + place % 3}",
        "Plan": row["Plan Name"],
        "Amount": row["MRR"],
        "Open Cases": row["Support Tickets"],
    }


def _write(path: Path, rows: list[Row]) -> None:
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
