import type { components } from "@/api/schema";

/** Whose customers a dashboard shows: those of one prediction, or everyone's latest score in all completed uploads. */
export type Scope = { kind: "latest" } | { kind: "prediction"; id: string };

/** Names a scope where one string is wanted: in keys of queries. */
export function scopeKey(scope: Scope): string {
  return scope.kind === "latest" ? "latest" : scope.id;
}

export type Summary = components["schemas"]["ResultsSummary"] &
  Partial<components["schemas"]["LatestSummary"]>;

/** prediction_id, uploaded_at: of the upload that the score is of, where there may be several. */
export type CustomerRow = components["schemas"]["Customer"] &
  Partial<components["schemas"]["LatestCustomer"]>;

export interface CustomerPage {
  customers: CustomerRow[];
  total: number;
  page: number;
  page_size: number;
}
