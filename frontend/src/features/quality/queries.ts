import { useQuery } from "@tanstack/react-query";
import { $api, api, dataOf } from "@/api/client";
import type { Report } from "./words";

const POLL_MS = 5_000;

/** The prediction, asked for again and again until it has come to an end. */
export function usePrediction(id: string) {
  return $api.useQuery(
    "get",
    "/api/predictions/{prediction_id}",
    { params: { path: { prediction_id: id } } },
    {
      refetchInterval: ({ state }) => {
        const status = state.data?.status;
        return status === "QUEUED" || status === "PROCESSING" ? POLL_MS : false;
      },
    },
  );
}

/** Its report, once there is one. It never changes after that. */
export function useReport(id: string, enabled: boolean) {
  return useQuery({
    queryKey: ["report", id],
    // The same address gives HTML as well, which `format` rules out and the types do not know.
    queryFn: () =>
      dataOf(
        api.GET("/api/predictions/{prediction_id}/report", {
          params: { path: { prediction_id: id }, query: { format: "json" } },
        }),
      ) as Promise<Report>,
    enabled,
    staleTime: Infinity,
  });
}
