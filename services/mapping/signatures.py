"""Tools known by their header row: evidence that a column is what it usually is there, never a switch.

Source: the tools' own export documentation and public export files; names are compared as `names.compact` leaves them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from services.mapping.domain import Signature
from services.mapping.names import compact

KNOWN_MIN = 0.6
"""Share of a signature's telling names that must be there, and at least three of them."""

SIGNATURE_POINTS = 6.0
"""What a tool's own meaning of a column adds to a match that the name already gives."""


@dataclass(frozen=True)
class _Export:
    """telling: names that together hardly stand in another tool's export; means: what its columns are."""

    tool: str
    telling: tuple[str, ...]
    means: dict[str, str]


def _export(tool: str, telling: str, **means: str) -> _Export:
    columns = {compact(name): canonical for canonical, names in means.items() for name in names.split(", ")}
    return _Export(tool, tuple(map(compact, telling.split(", "))), columns)


EXPORTS: tuple[_Export, ...] = (
    _export(
        "Stripe customers", "id, Description, Email, Name, Created (UTC), Card ID, Total Spend, Payment Count, "
        "Delinquent",
        customer_id="id", signup_date="Created (UTC)", total_revenue="Total Spend", status="Status", plan_type="Plan",
    ),
    _export(
        "Stripe subscriptions", "id, Customer ID, Plan, Quantity, Interval, Amount, Status, Created (UTC), "
        "Start Date (UTC), Current Period Start (UTC), Current Period End (UTC)",
        customer_id="Customer ID", signup_date="Start Date (UTC)", mrr="Amount", billing_interval="Interval",
        seats_purchased="Quantity", canceled_at="Ended At (UTC), Canceled At (UTC)",
    ),
    _export(
        "Stripe payments", "id, Amount Refunded, Converted Amount, Fee, Seller Message, Statement Descriptor, "
        "Captured",
        customer_id="Customer ID",
    ),
    _export(
        "Stripe invoices", "id, Amount Due, Closed, Due Date (UTC), Number, Paid, Subtotal, Customer",
        customer_id="Customer",
    ),
    _export(
        "Chargebee subscriptions", "subscriptions.id, subscriptions.plan_id, subscriptions.status, "
        "subscriptions.started_at, subscriptions.cancelled_at, customers.id",
        customer_id="customers.id", signup_date="subscriptions.started_at", canceled_at="subscriptions.cancelled_at",
    ),
    _export(
        "ChartMogul customers", "UUID, External ID, Lead created at, Free trial started at, Customer since, MRR, ARR",
        customer_id="UUID", signup_date="Customer since",
    ),
    _export(
        "ChartMogul MRR movements", "MRR_MOVEMENT, MOVEMENT_TYPE, CUSTOMER_UUID, CUSTOMER_EXTERNAL_ID, MRR",
        customer_id="CUSTOMER_UUID", plan_type="PLAN_EXTERNAL_ID",
    ),
    _export(
        "Baremetrics subscriptions", "plan_oid, plan_name, plan_amount, plan_interval, plan_interval_count, "
        "customer_oid, "
        "subscription_oid, subscription_started_at",
        customer_id="customer_oid", mrr="plan_amount", signup_date="subscription_started_at",
    ),
    _export(
        "Recurly accounts", "account_code, account_email, account_first_name, account_company_name, "
        "account_created_at, "
        "account_state",
        customer_id="account_code", signup_date="account_created_at",
    ),
    _export(
        "Recurly subscriptions", "uuid, account_code, plan_code, plan_name, state, quantity, unit_amount, "
        "activated_at, "
        "expires_at, current_period_started_at",
        customer_id="account_code", status="state", signup_date="activated_at", mrr="unit_amount",
    ),
    _export(
        "Paddle subscriptions", "subscription_id, customer_id, next_billed_at, started_at, collection_mode, "
        "currency_code",
        customer_id="customer_id", signup_date="started_at",
    ),
    _export(
        "Lemon Squeezy subscriptions", "store_id, customer_id, variant_name, status_formatted, card_last_four, "
        "renews_at, "
        "ends_at",
        customer_id="customer_id", canceled_at="ends_at", plan_type="product_name",
    ),
    _export(
        "Polar subscriptions", "recurring_interval, cancel_at_period_end, current_period_start, current_period_end, "
        "customer_id, product_id",
        customer_id="customer_id", plan_type="product_id", mrr="amount",
    ),
    _export(
        "Gumroad sales", "Purchase ID, Item Name, Buyer Name, Purchase Email, Recurrence, Subscription End Date",
        customer_email="Purchase Email", billing_interval="Recurrence", canceled_at="Subscription End Date",
    ),
    _export(
        "HubSpot contacts", "Record ID, First Name, Last Name, Email, Contact owner, Lead Status, Create Date, "
        "Marketing contact status",
        customer_id="Record ID, Record ID - Contact", last_login_at="Last Activity Date",
    ),
    _export(
        "Salesforce accounts", "Id, IsDeleted, MasterRecordId, ParentId, AnnualRevenue, NumberOfEmployees, OwnerId, "
        "SystemModstamp",
        customer_id="Id", company_size="NumberOfEmployees",
    ),
    _export(
        "Ghost members", "id, email, note, subscribed_to_emails, complimentary_plan, stripe_customer_id, "
        "labels, tiers",
        customer_id="id", plan_type="tiers", canceled_at="deleted_at",
    ),
    _export("Shopify customers", "Accepts Email Marketing, Total Spent, Total Orders, Tax Exempt, Province Code"),
    _export(
        "WooCommerce subscriptions", "subscription_id, subscription_status, billing_period, next_payment_date, "
        "last_order_date, trial_end_date",
        canceled_at="end_date", signup_date="start_date",
    ),
    _export(
        "Intercom users", "User ID, Signed up, Last seen, Web sessions, Last contacted, Browser language",
        customer_id="User ID", signup_date="Signed up", last_login_at="Last seen", logins_per_month="Web sessions",
    ),
)  # fmt: skip


@dataclass(frozen=True)
class Known:
    """A signature found, and what its tool's columns are by compact name."""

    signature: Signature
    means: dict[str, str]


def known(names: Sequence[str], forgotten_tools: Iterable[str] = ()) -> Known | None:
    """The export that a header row (compact names) looks like most, or None."""
    return _known(frozenset(names), frozenset(forgotten_tools))


@lru_cache(maxsize=256)
def _known(names: frozenset[str], forgotten: frozenset[str]) -> Known | None:
    best: tuple[float, int, _Export] | None = None
    for export in EXPORTS:
        there = sum(name in names for name in export.telling)
        share = there / len(export.telling)
        unknown = share < KNOWN_MIN or there < 3 or any(export.tool.startswith(tool) for tool in forgotten)
        if not unknown and (best is None or (share, there) > best[:2]):
            best = (share, there, export)
    if best is None:
        return None
    return Known(Signature(best[2].tool, round(100 * best[0] * (1 - 0.5 ** best[1]), 1)), best[2].means)
