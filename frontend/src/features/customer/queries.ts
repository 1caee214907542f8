/** What the drawer asks the gateway about one customer. */

import { useQuery } from "@tanstack/react-query";
import { api, dataOf } from "@/api/client";
import type { components } from "@/api/schema";

export type CustomerDetail = components["schemas"]["CustomerDetail"];
export type CustomerHistory = components["schemas"]["CustomerHistory"];
export type Simulation = components["schemas"]["Simulation"];
export type Lever = components["schemas"]["Lever"];
export type Value = number | boolean | string;
export type Changed = Record<string, Value>;

/** One customer of one prediction. */
export interface Subject {
  prediction: string;
  customer: string;
}

function params({ prediction, customer }: Subject) {
  return { path: { prediction_id: prediction, customer_id: customer } };
}

export function useCustomer(subject: Subject) {
  return useQuery({
    queryKey: ["customer", subject],
    queryFn: ({ signal }): Promise<CustomerDetail> =>
      dataOf(
        api.GET("/api/predictions/{prediction_id}/customers/{customer_id}", {
          params: params(subject),
          signal,
        }),
      ),
  });
}

export function useHistory(subject: Subject) {
  return useQuery({
    queryKey: ["history", subject],
    queryFn: ({ signal }): Promise<CustomerHistory> =>
      dataOf(
        api.GET("/api/predictions/{prediction_id}/customers/{customer_id}/history", {
          params: params(subject),
          signal,
        }),
      ),
  });
}

/** What if: the customer under `changes`. A newer question gives up the older one. */
export function useSimulation(subject: Subject, changes: Changed) {
  return useQuery({
    queryKey: ["simulation", subject, changes],
    queryFn: ({ signal }): Promise<Simulation> =>
      dataOf(
        api.POST("/api/predictions/{prediction_id}/customers/{customer_id}/simulate", {
          params: params(subject),
          body: { changes },
          signal,
        }),
      ),
    staleTime: Infinity,
  });
}
