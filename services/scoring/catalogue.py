"""The catalogue: what a company can do about a customer's risk, as data.

Left out on purpose, although a model may credit them: what a customer is (tenure, size, age), and marks of a
customer that are no lever (paperless bills, a discount once given, a higher price).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from libs.tables.columns import Industry


class Cost(StrEnum):
    """What an action asks of the company; the cheaper first.

    MESSAGE: one that a tool can send. CALL: half an hour of a person. PROJECT: several hours of a person.
    GIFT: a service given free. PRICE: revenue given up, which is reckoned against what is saved.
    """

    MESSAGE = "message"
    CALL = "call"
    PROJECT = "project"
    GIFT = "gift"
    PRICE = "price"


@dataclass(frozen=True)
class Level:
    """Takes a category from one of `among` to `to`, if `to` is a value that the tenant's customers have."""

    column: str
    among: tuple[str, ...]
    to: str


@dataclass(frozen=True)
class Typical:
    """Brings a number to the tenant's typical value.

    way: 1 raises what lies below it, -1 lowers what lies above it.
    ratio: the ratio that is brought to its typical value by `column`, its first; empty for the column itself.
    """

    column: str
    way: int
    ratio: str = ""


@dataclass(frozen=True)
class Times:
    """Multiplies a number."""

    column: str
    factor: float


Move = Typical | Times
Change = Level | Move


@dataclass(frozen=True)
class Action:
    """One thing a company can do.

    advice: a sentence without its full stop. lever: what it changes; where that does not apply, nor does the action.
    along: numbers that move with it, where that applies.
    """

    name: str
    advice: str
    cost: Cost
    lever: Change
    along: tuple[Move, ...] = ()

    @property
    def changes(self) -> tuple[Change, ...]:
        return (self.lever, *self.along)


_CHECKS = ("electronic check", "mailed check")

SAAS: tuple[Action, ...] = (
    Action(
        "recover_payments",
        "Ask for an updated payment method and retry the failed payments",
        Cost.MESSAGE,
        Typical("failed_payments", -1),
    ),
    Action(
        "invite_back",
        "Write to find out why nobody has logged in lately",
        Cost.MESSAGE,
        Typical("days_since_last_login", -1),
    ),
    Action(
        "yearly_billing",
        "Offer yearly billing",
        Cost.CALL,
        Level("billing_interval", ("weekly", "monthly", "quarterly", "half-yearly"), "yearly"),
    ),
    Action(
        "follow_up_tickets",
        "Have a senior colleague follow up on the open support tickets",
        Cost.CALL,
        Typical("support_tickets", -1),
    ),
    Action(
        "raise_satisfaction",
        "Call about the answer to the NPS question and mend what is behind it",
        Cost.CALL,
        Typical("nps_score", 1),
    ),
    Action(
        "train_users",
        "Offer a training session to bring the users back",
        Cost.PROJECT,
        Typical("logins_per_month", 1),
        # Who logs in as often as others has logged in as lately as they.
        (Typical("days_since_last_login", -1),),
    ),
    Action(
        "show_features",
        "Show the features that this customer does not use yet",
        Cost.PROJECT,
        Typical("feature_usage_score", 1),
    ),
    Action(
        "fill_seats",
        "Help the customer bring the unused seats into use",
        Cost.PROJECT,
        Typical("seats_used", 1, ratio="seat_use"),
    ),
    Action(
        "help_integrate",
        "Offer help with the integration",
        Cost.PROJECT,
        Typical("api_calls_per_month", 1),
    ),
    Action("lower_price", "Offer 10 % off the price", Cost.PRICE, Times("mrr", 0.9)),
)

TELECOM: tuple[Action, ...] = (
    Action(
        "pay_by_card",
        "Invite the customer to pay automatically by card",
        Cost.MESSAGE,
        Level("payment_method", _CHECKS, "credit card (automatic)"),
    ),
    Action(
        "pay_by_bank",
        "Invite the customer to pay automatically from the bank account",
        Cost.MESSAGE,
        Level("payment_method", _CHECKS, "bank transfer (automatic)"),
    ),
    Action("one_year", "Offer a one-year contract", Cost.CALL, Level("contract", ("month-to-month",), "one year")),
    Action("two_years", "Offer a two-year contract", Cost.CALL, Level("contract", ("one year",), "two year")),
    *(
        Action(f"give_{column}", f"Include {words} free of charge", Cost.GIFT, Level(column, ("no",), "yes"))
        for column, words in (
            ("tech_support", "tech support"),
            ("online_security", "online security"),
            ("online_backup", "online backup"),
            ("device_protection", "device protection"),
        )
    ),
    Action("lower_price", "Offer 10 % off the monthly price", Cost.PRICE, Times("monthly_charges", 0.9)),
    Action(
        "smaller_line",
        "Check the fiber line with the customer; if DSL would do, offer it at its lower price",
        Cost.PRICE,
        Level("internet_service", ("fiber optic",), "dsl"),
        # In IBM's sample fiber costs 25 a month more than DSL, of 92 that a fiber customer pays.
        (Times("monthly_charges", 0.73),),
    ),
)

CATALOGUE: Mapping[Industry, tuple[Action, ...]] = {Industry.SAAS: SAAS, Industry.TELECOM: TELECOM}
"""In order of cost: of two actions that save the same, the earlier is recommended."""
