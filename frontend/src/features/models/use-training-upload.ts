import { useCallback, useEffect, useRef, useState } from "react";
import { asProblem, type Problem } from "@/api/problem";
import { sendFile } from "@/api/send-file";
import { randomKey } from "@/lib/random-key";
import { type Training, useForgetModels } from "./queries";

interface Sent {
  file: File;
  bytes: number;
}

/** Sends a file to be learnt from. sending: how far it is; null where nothing is under way. */
export function useTrainingUpload(onStored: (training: Training) => void) {
  const forget = useForgetModels();
  const [sending, setSending] = useState<Sent | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const giveUp = useRef<AbortController | null>(null);
  // One key for one choice of file and options: sent again after a fault, it is not taken twice.
  const attempt = useRef({ said: "", key: "" });

  async function send(file: File, fields: Record<string, string>) {
    const said = JSON.stringify([file.name, file.size, file.lastModified, fields]);
    if (attempt.current.said !== said) attempt.current = { said, key: randomKey() };
    const controller = new AbortController();
    giveUp.current = controller;
    setProblem(null);
    setSending({ file, bytes: 0 });
    try {
      const training = await sendFile<Training>({
        path: "/api/models",
        file,
        fields,
        idempotencyKey: attempt.current.key,
        onProgress: (bytes) => setSending({ file, bytes }),
        signal: controller.signal,
      });
      attempt.current = { said: "", key: "" };
      void forget();
      onStored(training);
    } catch (error) {
      if (!controller.signal.aborted) setProblem(asProblem(error));
    } finally {
      setSending(null);
    }
  }

  const cancel = useCallback(() => giveUp.current?.abort(), []);
  // Who leaves the page in the middle gives the sending up.
  useEffect(() => cancel, [cancel]);

  return { sending, problem, send, cancel };
}
