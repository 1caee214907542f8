import { useQuery } from "@tanstack/react-query";
import { $api, api, dataOf } from "@/api/client";
import { isUnderWay, PREDICTION_LISTS } from "@/api/predictions";

/** Sample files, data dictionaries, and how large a file may be. */
export function useTemplates() {
  return $api.useQuery("get", "/api/templates", {}, { staleTime: Infinity });
}

const WAITING: string[] = ["NEEDS_MAPPING", "NEEDS_PLAN"];

/** Files that are still worked on, or that wait for a person: to go on with them after a reload. */
export function useUnfinished() {
  return useQuery({
    queryKey: [...PREDICTION_LISTS, "unfinished"],
    queryFn: ({ signal }) =>
      dataOf(api.GET("/api/predictions/", { params: { query: { limit: 10 } }, signal })),
    select: ({ predictions }) =>
      predictions.filter((each) => isUnderWay(each) || WAITING.includes(each.status)),
  });
}
