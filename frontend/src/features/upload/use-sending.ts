import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import { asProblem, type Problem } from "@/api/problem";
import { type Prediction, PREDICTION_LISTS, predictionQuery } from "@/api/predictions";
import { sendFile } from "@/api/send-file";

export interface Sent {
  file: File;
  bytes: number;
}

/** Sends a file to be predicted on. sending: how far it is, null where nothing is under way. */
export function useSending(onStored: (prediction: Prediction) => void) {
  const queries = useQueryClient();
  const [sending, setSending] = useState<Sent | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const giveUp = useRef<AbortController | null>(null);
  // One key for one choice of file and options: sent again after a fault, it is not taken twice.
  const attempt = useRef({ said: "", key: "" });

  const send = useCallback(
    async (file: File, fields: Record<string, string>) => {
      const said = JSON.stringify([file.name, file.size, file.lastModified, fields]);
      if (attempt.current.said !== said) attempt.current = { said, key: newKey() };
      const controller = new AbortController();
      giveUp.current = controller;
      setProblem(null);
      setSending({ file, bytes: 0 });
      try {
        const prediction = await sendFile<Prediction>({
          path: "/api/csv",
          file,
          fields,
          idempotencyKey: attempt.current.key,
          onProgress: (bytes) => {
            setSending({ file, bytes });
          },
          signal: controller.signal,
        });
        attempt.current = { said: "", key: "" };
        queries.setQueryData(predictionQuery(prediction.id).queryKey, prediction);
        void queries.invalidateQueries({ queryKey: PREDICTION_LISTS });
        onStored(prediction);
      } catch (error) {
        if (!controller.signal.aborted) setProblem(asProblem(error));
      } finally {
        setSending(null);
      }
    },
    [onStored, queries],
  );

  const cancel = useCallback(() => {
    giveUp.current?.abort();
  }, []);

  const underWay = sending !== null;
  useEffect(() => {
    if (!underWay) return;
    const warn = (event: BeforeUnloadEvent) => {
      event.preventDefault();
    };
    window.addEventListener("beforeunload", warn);
    return () => {
      window.removeEventListener("beforeunload", warn);
    };
  }, [underWay]);

  // Who leaves the page in the middle gives the sending up.
  useEffect(() => cancel, [cancel]);

  return { sending, problem, send, cancel };
}

/** randomUUID is there in secure contexts only, and a house's own server may not be one. */
function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, "0"),
  ).join("");
}
