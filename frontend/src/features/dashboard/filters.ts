/** Which customers are shown, and in which order: state that lives in the address, and the API's words for it. */

import { useCallback } from "react";
import type { components } from "@/api/schema";
import { RISK_LEVELS, type RiskLevel } from "@/components/risk-badge";
import { anyOf, choice, day, text, texts, useUrlState, wholeNumber } from "@/lib/url-state";
import type { Scope } from "./scope";

export type Sort = components["schemas"]["Sort"];

const SORTS: readonly Sort[] = [
  "-probability",
  "probability",
  "customer_id",
  "-customer_id",
  "customer_name",
  "-customer_name",
  "revenue_at_risk",
  "-revenue_at_risk",
  "expected_saved_revenue",
  "-expected_saved_revenue",
];

/** Places of the bins of the retention histogram, as the address has them. */
const BINS = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"] as const;

export type Bin = (typeof BINS)[number];

const FIELDS = {
  risk: anyOf(RISK_LEVELS),
  search: text(),
  plan: texts(),
  retention: anyOf(BINS),
  from: day(),
  to: day(),
  sort: choice(SORTS, "-probability"),
  page: wholeNumber(1, 1),
};

/** from, to: days of uploads, both within. retention: places of bins of the histogram. */
export interface Filters {
  risk: RiskLevel[];
  search: string;
  plan: string[];
  retention: Bin[];
  from: string | null;
  to: string | null;
}

export interface View extends Filters {
  sort: Sort;
  page: number;
}

/** Everyone. */
export const NONE: Filters = {
  risk: [],
  search: "",
  plan: [],
  retention: [],
  from: null,
  to: null,
};

/** What is chosen, read from the address and written into it. */
export function useView(scope: Scope) {
  const { state: view, set } = useUrlState(FIELDS);
  const clear = useCallback(() => set(NONE), [set]);
  return {
    view,
    set,
    /** No filter any more; the order stays. */
    clear,
    /** How many of the filters are on. */
    count: countOf(view, scope),
  };
}

function countOf({ risk, search, plan, retention, from, to }: Filters, scope: Scope): number {
  const dated = scope.kind === "latest" && (from ?? to);
  const several = [risk, plan, retention].filter((each) => each.length > 0);
  return several.length + (search ? 1 : 0) + (dated ? 1 : 0);
}

/** The filters as parameters of the API. Dates are of uploads, so one prediction knows none. */
export function filterQuery(filters: Filters, scope: Scope) {
  const { risk, search, plan, retention } = filters;
  // A range that ends before it begins is read the other way round.
  const [from, to] =
    filters.from && filters.to && filters.from > filters.to
      ? [filters.to, filters.from]
      : [filters.from, filters.to];
  return {
    risk_level: risk.length > 0 ? risk : undefined,
    search: search || undefined,
    plan: plan.length > 0 ? plan : undefined,
    retention_bin: retention.length > 0 ? retention.map(Number) : undefined,
    ...(scope.kind === "latest" && {
      uploaded_from: from ?? undefined,
      uploaded_to: to ?? undefined,
    }),
  };
}

/** `one` switched on or off among `chosen`. */
export function toggled<T>(chosen: readonly T[], one: T): T[] {
  return chosen.includes(one) ? chosen.filter((each) => each !== one) : [...chosen, one];
}
