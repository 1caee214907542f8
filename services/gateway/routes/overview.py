"""Every customer of the tenant as the last upload that had them left them: pages and figures."""

from fastapi import APIRouter

from services.gateway.choosing import Sort
from services.gateway.latest import latest
from services.gateway.routes.access import PartsHere, ResultsHere, TenantHere
from services.gateway.routes.bodies import LatestCustomerPage, latest_customer_of
from services.gateway.routes.filters import BudgetHere, PageHere, PageSizeHere, SortHere, UploadedFilterHere
from services.gateway.routes.summary_bodies import LatestSummary, Uploads, summary_of
from services.gateway.summaries import summarised

router = APIRouter(tags=["overview"])


@router.get("/api/customers", summary="List every customer's latest prediction")
def list_latest_customers(
    parts: PartsHere,
    tenant: TenantHere,
    results: ResultsHere,
    chosen: UploadedFilterHere,
    sort: SortHere = Sort.PROBABILITY_DOWN,
    page: PageHere = 1,
    page_size: PageSizeHere = 50,
) -> LatestCustomerPage:
    """One page of the customers that the filter lets through, each with the latest score of all completed uploads.

    Uploads of two industries have no customers in common; within one, a customer is known again by its id.
    """
    table = latest(results, tenant.id, parts.jobs.scored(tenant.id))
    total, rows = results.page(table, chosen, sort, page, page_size)
    return LatestCustomerPage(
        customers=[latest_customer_of(row) for row in rows], total=total, page=page, page_size=page_size
    )


@router.get("/api/summary", summary="Figures over every customer's latest prediction")
def get_latest_summary(
    parts: PartsHere,
    tenant: TenantHere,
    results: ResultsHere,
    chosen: UploadedFilterHere,
    contact_budget: BudgetHere = None,
) -> LatestSummary:
    """Counts, means and a histogram over each customer's latest score in all completed uploads."""
    uploads = parts.jobs.scored(tenant.id)
    table = latest(results, tenant.id, uploads)
    contacts = results.contacts(table, chosen, contact_budget) if contact_budget else None
    summary = summary_of(summarised(results, table, chosen), contacts)
    return LatestSummary(**dict(summary), uploads=Uploads.of(uploads))
