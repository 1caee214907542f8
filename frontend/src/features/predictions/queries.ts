import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { api, dataOf } from "@/api/client";
import { isUnderWay, PREDICTION_LISTS } from "@/api/predictions";

const PAGE_SIZE = 25;
const POLL_MS = 5_000;

/** The tenant's predictions, newest first, page after page; read again while one of them is under way. */
export function usePredictions() {
  return useInfiniteQuery({
    queryKey: [...PREDICTION_LISTS, "all"],
    queryFn: ({ pageParam, signal }) =>
      dataOf(
        api.GET("/api/predictions/", {
          params: { query: { limit: PAGE_SIZE, after: pageParam ?? undefined } },
          signal,
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) =>
      state.data?.pages.some((page) => page.predictions.some(isUnderWay)) ? POLL_MS : false,
  });
}
