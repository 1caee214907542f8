import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { $api, api, dataOf } from "@/api/client";
import type { components } from "@/api/schema";
import { useAuth } from "@/auth/auth";

export type Model = components["schemas"]["Model"];
export type ModelList = components["schemas"]["ModelList"];
export type Training = components["schemas"]["Training"];
export type Industry = components["schemas"]["Industry"];

const POLL_MS = 2_000;
const LISTED = 20;

export function isUnderWay({ status }: Training): boolean {
  return status === "QUEUED" || status === "PROCESSING";
}

/** Whether the plan holds models of one's own. */
export function useOwnModelsOpen(): boolean {
  return useAuth().user?.features.own_models ?? true;
}

export function useModels() {
  return $api.useQuery("get", "/api/models");
}

export function useModel(version: string) {
  return $api.useQuery("get", "/api/models/{version}", { params: { path: { version } } });
}

/** The last trainings, asked for again while one of them is under way. */
export function useTrainings() {
  return $api.useQuery(
    "get",
    "/api/trainings",
    { params: { query: { limit: LISTED } } },
    {
      refetchInterval: ({ state }) => (state.data?.trainings.some(isUnderWay) ? POLL_MS : false),
    },
  );
}

function trainingQuery(training_id: string) {
  return $api.queryOptions("get", "/api/trainings/{training_id}", {
    params: { path: { training_id } },
  });
}

/** One training, followed while it is under way. */
export function useTraining(id: string) {
  return useQuery({
    ...trainingQuery(id),
    refetchInterval: ({ state }) => (state.data && isUnderWay(state.data) ? POLL_MS : false),
  });
}

/** Says that what is known of models is old: of the list, of each, of trainings. */
export function useForgetModels() {
  const queries = useQueryClient();
  return () =>
    Promise.all(
      [
        "/api/models",
        "/api/models/{version}",
        "/api/trainings",
        "/api/trainings/{training_id}",
      ].map((path) => queries.invalidateQueries({ queryKey: ["get", path] })),
    );
}

/** Puts a model to use. */
export function usePromote() {
  const forget = useForgetModels();
  return useMutation({
    mutationFn: (version: string) =>
      dataOf(api.POST("/api/models/{version}/promote", { params: { path: { version } } })),
    // Also where it was refused: then another one is in use than the page shows.
    onSettled: forget,
  });
}

/** Goes one step back. key: the same for the same press of the button, so that a repetition is no second step. */
export function useRollBack() {
  const forget = useForgetModels();
  return useMutation({
    mutationFn: ({ industry, key }: { industry: Industry; key: string }) =>
      dataOf(
        api.POST("/api/models/rollback", {
          params: { query: { industry }, header: { "idempotency-key": key } },
        }),
      ),
    onSettled: forget,
  });
}

/** Names the model that predictions are compared with; null: none any more. */
export function useShadow(industry: Industry) {
  const forget = useForgetModels();
  return useMutation({
    mutationFn: async (version: string | null) => {
      const params = { path: { industry } };
      if (version === null) await api.DELETE("/api/models/shadows/{industry}", { params });
      else await api.PUT("/api/models/shadows/{industry}", { params, body: { version } });
    },
    onSettled: forget,
  });
}

export function useDeleteTraining() {
  const forget = useForgetModels();
  return useMutation({
    mutationFn: async (training_id: string) => {
      await api.DELETE("/api/trainings/{training_id}", { params: { path: { training_id } } });
    },
    onSuccess: forget,
  });
}

/** What the columns of a training's file are taken for. Nothing of it is kept beyond the page that asks: an answer can
 *  lead to further questions, about columns that were worked out anew. */
export function useTrainingMapping(training_id: string) {
  return $api.useQuery(
    "get",
    "/api/trainings/{training_id}/mapping",
    { params: { path: { training_id } } },
    { gcTime: 0 },
  );
}

/** Answers a training's questions; it then goes on, up to its model or to further questions. */
export function useAnswerTraining(training_id: string) {
  const queries = useQueryClient();
  const forget = useForgetModels();
  return useMutation({
    mutationFn: (decisions: components["schemas"]["Answer"]["decisions"]) =>
      dataOf(
        api.PUT("/api/trainings/{training_id}/mapping", {
          params: { path: { training_id } },
          body: { decisions },
        }),
      ),
    onSuccess: (training) => {
      queries.setQueryData(trainingQuery(training_id).queryKey, training);
      return forget();
    },
  });
}
