import { QueryClient } from "@tanstack/react-query";
import { asProblem } from "./problem";

const TRIES_MAX = 2;
const FRESH_MS = 30_000;

export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: FRESH_MS,
        retry: (failures, error) => failures < TRIES_MAX && asProblem(error).retryable,
        // Offline requests shall fail and say so, not wait without a word.
        networkMode: "always",
      },
      mutations: { networkMode: "always" },
    },
  });
}
