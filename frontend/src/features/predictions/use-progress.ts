import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { isUnderWay, type Prediction, PREDICTION_LISTS, predictionQuery } from "@/api/predictions";
import { useAuth } from "@/auth/auth";

const POLL_MS = 5_000;
const SILENCE_MS = 12_000;

/** The prediction, followed while the service works on it: told by server-sent events as it happens; asked for every
 *  5 seconds where events do not come (a proxy that holds them back, a sign-in whose token they cannot carry). */
export function useProgress(id: string) {
  const { kind } = useAuth();
  const queries = useQueryClient();
  const [heardAt, setHeardAt] = useState(0);

  const query = useQuery({
    ...predictionQuery(id),
    refetchInterval: ({ state }) => {
      const followed = state.data !== undefined && isUnderWay(state.data);
      return followed && Date.now() - heardAt > SILENCE_MS
        ? POLL_MS
        : followed
          ? SILENCE_MS
          : false;
    },
    refetchIntervalInBackground: true,
  });

  const underWay = query.data !== undefined && isUnderWay(query.data);
  const followed = underWay && kind === "builtin" && "EventSource" in window;
  useEffect(() => {
    if (!followed) return;
    const source = new EventSource(`/api/predictions/${id}/events`);
    source.addEventListener("progress", (event: MessageEvent<string>) => {
      setHeardAt(Date.now());
      queries.setQueryData(predictionQuery(id).queryKey, JSON.parse(event.data) as Prediction);
    });
    source.addEventListener("end", () => {
      source.close();
      void queries.invalidateQueries({ queryKey: predictionQuery(id).queryKey });
    });
    return () => {
      source.close();
    };
  }, [id, followed, queries]);

  // What the lists say of it is old as soon as it has come to an end.
  useEffect(() => {
    if (!underWay) void queries.invalidateQueries({ queryKey: PREDICTION_LISTS });
  }, [underWay, queries]);

  return query;
}
