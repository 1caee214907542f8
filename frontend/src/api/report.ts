import { useQuery } from "@tanstack/react-query";
import { api, dataOf } from "./client";
import type { components } from "./schema";

export type Report = components["schemas"]["Report"];

/** The report of a prediction that is completed. It never changes. */
export function useReport(id: string, enabled = true) {
  return useQuery({
    queryKey: ["report", id],
    enabled,
    // The same address gives HTML as well, which `format` rules out and the types do not know.
    queryFn: () =>
      dataOf(
        api.GET("/api/predictions/{prediction_id}/report", {
          params: { path: { prediction_id: id }, query: { format: "json" } },
        }),
      ) as Promise<Report>,
    staleTime: Infinity,
  });
}
