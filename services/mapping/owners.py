"""Whose record a file nests in its rows: columns that begin as an address and an id or a name do ("end_user.email").

Such a front says who the customer is, whatever word it is ("partner_id/email" of a sales order), unless it says one of
the staff. A bare "id" beside it is then the row's own.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from services.mapping.segments import splits

ADDRESSES = ("email", "emailaddress")
TELLING = ("id", "uuid", "externalid", "name", "fullname", "firstname", "companyname")
"""What must stand behind the same front for it to be somebody's: an address, and one of these."""

FRONT_LENGTH_MIN = 4

STAFF: frozenset[str] = frozenset(
    [
        "owner",
        "owners",
        "manager",
        "agent",
        "rep",
        "reps",
        "csm",
        "csms",
        "sales",
        "assigned",
        "assignee",
        "seller",
        "salesperson",
        "staff",
        "employee",
        "creator",
        "created",
        "updated",
        "modified",
        "author",
        "approver",
        "approved",
        "advisor",
        "coach",
        "trainer",
        "referrer",
        "referral",
        "affiliate",
        "support",
        "from",
        "to",
        "sender",
        "recipient",
        "by",
        "admin",
    ]
)
"""Words of who serves, refers or writes to customers."""

THINGS: frozenset[str] = frozenset(
    [
        "purchase", "order", "invoice", "payment", "transaction", "subscription", "sale", "product", "ticket", "event",
        "receipt", "refund", "shipping", "delivery", "item", "plan", "campaign", "case", "deal", "opportunity",
    ]
)  # fmt: skip
"""Words of what somebody bought or wrote: its id is its own, though its address is a customer's."""

KNOWN = ("customer", "client", "subscriber", "contact", "user", "account", "member", "company", "person")
"""Fronts that names are read with anyway."""


def owners(compacts: Sequence[str]) -> tuple[str, ...]:
    """The fronts, of compact names, that say whose record it is, longest first."""
    return _owners(tuple(compacts))


@lru_cache(maxsize=64)
def _owners(compacts: tuple[str, ...]) -> tuple[str, ...]:
    """Cached, as each industry asks for the same header row."""
    return tuple(sorted(set(_found(frozenset(compacts))), key=lambda front: (-len(front), front)))


def _found(names: frozenset[str]) -> Iterator[str]:
    for name in names:
        for address in ADDRESSES:
            front = name.removesuffix(address)
            if (
                front != name
                and len(front) >= FRONT_LENGTH_MIN
                and front not in KNOWN
                and any(front + end in names for end in TELLING)
                and not any((STAFF | THINGS) & set(way) for way in splits(front))
            ):
                yield front


def owned(name: str, fronts: Sequence[str]) -> str:
    """What a compact name says behind the longest front that it begins with; "" where it has none."""
    return next((name.removeprefix(front) for front in fronts if name.startswith(front)), "")
