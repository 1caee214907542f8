"""Made-up exports in the shape of three billing tools, to try the product with before one's own file is at hand."""

import csv
import io
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

SNAPSHOT = date(2026, 5, 31)
"""The day the samples describe."""

CUSTOMERS = 60
SEED = 20_260_531

PLANS = {"starter": 29, "team": 99, "business": 349}
"""Price of a month in currency units; a year costs ten times as much."""

COUNTRIES = ("US", "DE", "GB", "FR", "NL")


@dataclass(frozen=True)
class Subscription:
    """One made-up customer. ended: None while the subscription runs."""

    number: int
    plan: str
    yearly: bool
    seats: int
    started: date
    ended: date | None
    country: str

    @property
    def company(self) -> str:
        return f"Example {self.number}"

    @property
    def email(self) -> str:
        return f"billing@company-{self.number}.example"  # a domain that nobody can own (RFC 2606)

    @property
    def price(self) -> int:
        """Of one seat for one period."""
        return PLANS[self.plan] * (10 if self.yearly else 1)

    @property
    def mrr(self) -> float:
        return self.price * self.seats / (12 if self.yearly else 1)

    @property
    def term(self) -> tuple[date, date]:
        """The period that runs on the day of the sample, or in which the subscription ended."""
        days = 365 if self.yearly else 30
        whole = ((self.ended or SNAPSHOT) - self.started).days // days
        start = self.started + timedelta(days * whole)
        return start, start + timedelta(days)


def subscriptions() -> Iterator[Subscription]:
    """The same customers every time; about one in five has left."""
    draw = random.Random(SEED)
    for number in range(1, CUSTOMERS + 1):
        started = SNAPSHOT - timedelta(draw.randrange(40, 1_400))
        ended = SNAPSHOT - timedelta(draw.randrange(1, 30)) if draw.random() < 0.2 else None
        yield Subscription(
            number=number,
            plan=draw.choice(tuple(PLANS)),
            yearly=draw.random() < 0.35,
            seats=draw.randrange(1, 25),
            started=started,
            ended=ended,
            country=draw.choice(COUNTRIES),
        )


def _stripe(one: Subscription) -> dict[str, object]:
    start, end = one.term
    return {
        "id": f"sub_{one.number:014d}",
        "Customer ID": f"cus_{one.number:014d}",
        "Customer Name": one.company,
        "Customer Email": one.email,
        "Plan": f"{one.plan}-{'yearly' if one.yearly else 'monthly'}",
        "Quantity": one.seats,
        "Currency": "usd",
        "Interval": "year" if one.yearly else "month",
        "Amount": f"{one.price:.2f}",
        "Status": "canceled" if one.ended else "active",
        "Start Date (UTC)": f"{one.started} 00:00",
        "Current Period Start (UTC)": f"{start} 00:00",
        "Current Period End (UTC)": f"{end} 00:00",
        "Canceled At (UTC)": f"{one.ended} 00:00" if one.ended else "",
    }


def _chargebee(one: Subscription) -> dict[str, object]:
    start, end = one.term
    return {
        "customers.id": f"cb-{one.number}",
        "addresses.company": one.company,
        "addresses.email": one.email,
        "addresses.country": one.country,
        "subscriptions.id": f"cbs-{one.number}",
        "subscriptions.plan_id": f"{one.plan}-{'yearly' if one.yearly else 'monthly'}",
        "subscriptions.plan_quantity": one.seats,
        "subscriptions.mrr": f"{one.mrr:.2f}",
        "subscriptions.billing_period_unit": "year" if one.yearly else "month",
        "subscriptions.status": "Cancelled" if one.ended else "Active",
        "subscriptions.started_at": f"{one.started:%d-%b-%Y}",
        "subscriptions.current_term_start": f"{start:%d-%b-%Y}",
        "subscriptions.current_term_end": f"{end:%d-%b-%Y}",
        "subscriptions.cancelled_at": f"{one.ended:%d-%b-%Y}" if one.ended else "",
    }


def _chartmogul(one: Subscription) -> dict[str, object]:
    return {
        "CUSTOMER_UUID": f"cus_{one.number:08d}-0000-4000-8000-000000000000",
        "MRR": round(one.mrr * 100),  # this tool writes cents
        "START_DATE": f"{one.started}T00:00:00Z",
        "END_DATE": f"{one.ended}T00:00:00Z" if one.ended else "",
        "PLAN_UUID": f"pl_{one.plan}",
        "QUANTITY": one.seats,
        "SUBSCRIPTION_UUID": f"sub_{one.number:08d}-0000-4000-8000-000000000000",
        "IS_FREE": "false",
        "IS_TRIAL": "false",
    }


TOOLS: dict[str, tuple[str, Callable[[Subscription], dict[str, object]]]] = {
    "stripe-subscriptions": ("Stripe, subscriptions", _stripe),
    "chargebee-subscriptions": ("Chargebee, subscriptions", _chargebee),
    "chartmogul-subscriptions": ("ChartMogul, with money in cents", _chartmogul),
}
"""By name: a title, and how a customer becomes a row."""


def tool_sample(name: str) -> str:
    """The sample as CSV; `name` is one of TOOLS."""
    rows = [TOOLS[name][1](one) for one in subscriptions()]
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()
