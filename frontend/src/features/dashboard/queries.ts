/** What the dashboard asks the gateway. */

import { useQuery } from "@tanstack/react-query";
import { api, dataOf } from "@/api/client";
import { type Prediction, PREDICTION_LISTS } from "@/api/predictions";
import type { components } from "@/api/schema";
import { type Filters, filterQuery, NONE, type View } from "./filters";
import { type CustomerPage, type Scope, scopeKey, type Summary } from "./scope";

export const PAGE_SIZE = 50;

const POLL_MS = 2_000;

/** A prediction's customers never change; everyone's latest score does with the next upload. */
function freshness(scope: Scope) {
  return { staleTime: scope.kind === "prediction" ? Infinity : 0 };
}

/** Figures over the customers that the filters leave. */
export function useSummary(scope: Scope, filters: Filters, enabled = true) {
  const query = filterQuery(filters, scope);
  return useQuery({
    ...freshness(scope),
    enabled,
    queryKey: ["summary", scopeKey(scope), query],
    queryFn: ({ signal }): Promise<Summary> =>
      scope.kind === "latest"
        ? dataOf(api.GET("/api/summary", { params: { query }, signal }))
        : dataOf(
            api.GET("/api/predictions/{prediction_id}/summary", {
              params: { path: { prediction_id: scope.id }, query },
              signal,
            }),
          ),
  });
}

/** The plans to choose from, each with its customers under the other filters. Where those leave nobody with a plan, all
 *  that there are; undefined while these are on their way. summary: over what the filters leave. */
export function usePlans(scope: Scope, summary: Summary | undefined, filtered: boolean) {
  const none = filtered && summary?.plans.length === 0;
  const everyone = useSummary(scope, NONE, none);
  return none ? everyone.data?.plans.map(({ plan }) => ({ plan, customers: 0 })) : summary?.plans;
}

/** One page of the customers that the filters leave. */
export function useCustomers(scope: Scope, view: View) {
  const query = {
    ...filterQuery(view, scope),
    sort: view.sort,
    page: view.page,
    page_size: PAGE_SIZE,
  };
  return useQuery({
    ...freshness(scope),
    queryKey: ["customers", scopeKey(scope), query],
    queryFn: ({ signal }): Promise<CustomerPage> =>
      scope.kind === "latest"
        ? dataOf(api.GET("/api/customers", { params: { query }, signal }))
        : dataOf(
            api.GET("/api/predictions/{prediction_id}/customers", {
              params: { path: { prediction_id: scope.id }, query },
              signal,
            }),
          ),
  });
}

/** The prediction that was uploaded last and is done; null where there is none among the last few. */
export function useNewest(enabled: boolean) {
  return useQuery({
    queryKey: [...PREDICTION_LISTS, "newest"],
    enabled,
    queryFn: async ({ signal }): Promise<Prediction | null> => {
      const { predictions } = await dataOf(api.GET("/api/predictions/", { signal }));
      return predictions.find(({ status }) => status === "COMPLETED") ?? null;
    },
  });
}

export type Changes = components["schemas"]["Changes-Output"];

/** changes: null while they are being worked out. */
export interface Compared {
  earlier: components["schemas"]["Earlier"];
  comparison: components["schemas"]["Comparison"];
}

/** What changed since the upload before; null where there is none. Asks for the comparison where nobody has yet. */
export function useChanges(id: string | null) {
  return useQuery({
    queryKey: ["changes", id],
    enabled: id !== null,
    queryFn: ({ signal }) => compared(id ?? "", signal),
    refetchInterval: ({ state }) =>
      state.data && WORKING.has(state.data.comparison.status) ? POLL_MS : false,
  });
}

const WORKING = new Set(["QUEUED", "PROCESSING"]);

async function compared(prediction_id: string, signal: AbortSignal): Promise<Compared | null> {
  const path = { prediction_id };
  const { previous: earlier } = await dataOf(
    api.GET("/api/predictions/{prediction_id}/previous", { params: { path }, signal }),
  );
  if (!earlier) return null;
  const query = { against: earlier.prediction_id };
  const comparison =
    earlier.status === null
      ? await compare(prediction_id, earlier.prediction_id)
      : await dataOf(
          api.GET("/api/predictions/{prediction_id}/changes", { params: { path, query }, signal }),
        );
  return { earlier, comparison };
}

/** Asks for a comparison; one that failed is made anew. */
export function compare(prediction_id: string, against: string): Promise<Compared["comparison"]> {
  const params = { path: { prediction_id }, query: { against } };
  return dataOf(api.POST("/api/predictions/{prediction_id}/changes", { params }));
}
