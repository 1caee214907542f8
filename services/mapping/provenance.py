"""Where aliases were seen: those that one tool alone uses, as reviewed data. All others are field usage."""

from services.mapping.names import compact

_SEEN: dict[str, str] = {
    "Stripe": "card brand, card address country, customers id",
    "ChartMogul": "customer uuid, plan uuid, plan external id, active subscription quantity, country id",
    "Baremetrics": "customer oid",
    "ProfitWell": "plans",
    "Chargebee": "item price id, addresses company, addresses email, addresses country",
    "Ghost": "tiers",
    "HubSpot": "record id contact, associated company",
    "Recurly": "account code, account state",
    "ISP churn (72k)": "bill avg, service failure count, remaining contract, is tv subscriber, "
    "is movie package subscriber",
    "Subscription 64k synthetic": "usage frequency, last interaction, contract length",
    "Bank Churn_Modelling": "exited, geography, surname",
    "cell2cell (Duke/Teradata) - header only": "unique subs, active subs, children in hh, care calls",
}

SEEN_ONLY_IN: dict[str, frozenset[str]] = {}
for _tool, _names in _SEEN.items():
    for _name in map(compact, _names.split(", ")):
        SEEN_ONLY_IN[_name] = SEEN_ONLY_IN.get(_name, frozenset()) | {_tool}
"""Compact aliases seen in these tools' exports and nowhere else."""
