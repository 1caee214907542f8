"""What an exported workbook says of itself: whose customers, which of them, in which order."""

from services.gateway.choosing import filter_of
from services.gateway.domain import Export, Job


def about(wanted: Export, job: Job) -> dict[str, str]:
    """Lines of the last sheet, each with its name."""
    chosen = filter_of(wanted.filters)
    told = {
        "Title": wanted.name,
        "Customers": f"{wanted.rows:,}",
        "From": "each customer's latest score in all uploads" if wanted.uploads else "the customers of one upload",
        "Exported at (UTC)": f"{job.created_at:%Y-%m-%d %H:%M}",
        "Sorted by": wanted.sort,
        "Risk": ", ".join(chosen.risk_levels),
        "Plan": ", ".join(chosen.plans),
        "Search": chosen.search,
        "Retention": ", ".join(f"{10 * place} % to {10 * place + 10} %" for place in chosen.retention_bins),
        "Uploaded from": chosen.uploaded_from.isoformat() if chosen.uploaded_from else "",
        "Uploaded to": chosen.uploaded_to.isoformat() if chosen.uploaded_to else "",
        "Reasons": "in points of probability: 10 % raises 30 % to 40 %",
    }
    return {name: text for name, text in told.items() if text}
