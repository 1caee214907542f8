/** Predictions as several pages read them: one cache entry each, whoever asks. */

import { $api } from "./client";
import type { components } from "./schema";

export type Prediction = components["schemas"]["Prediction"];

/** Whether the service works on it, or will as soon as it can. */
export function isUnderWay(prediction: Prediction): boolean {
  return prediction.status === "QUEUED" || prediction.status === "PROCESSING";
}

/** Options for `useQuery` and `queryClient`. */
export function predictionQuery(id: string) {
  return $api.queryOptions("get", "/api/predictions/{prediction_id}", {
    params: { path: { prediction_id: id } },
  });
}

/** The key of every list of predictions, to have them read again. */
export const PREDICTION_LISTS = ["get", "/api/predictions/"] as const;
