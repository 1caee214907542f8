/** A file on its way to the gateway. XMLHttpRequest, as fetch does not tell how many bytes have left. */

import { PAGE_HEADER } from "./client";
import { offline, problemFrom } from "./problem";
import { bearerToken, tellUnauthenticated } from "./session";

export interface Sending {
  /** Such as "/api/csv". */
  path: string;
  file: File;
  /** The form's other fields; blank ones are left out. */
  fields: Record<string, string>;
  /** The same key for the same attempt: sent twice, the file is taken once. */
  idempotencyKey?: string;
  onProgress?: (sentBytes: number) => void;
  signal?: AbortSignal;
}

/** What the gateway answers. Throws a Problem, or an AbortError where `signal` gave the sending up. */
export async function sendFile<Answer>(sending: Sending): Promise<Answer> {
  const token = await bearerToken();
  sending.signal?.throwIfAborted();
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", sending.path);
    for (const [name, value] of Object.entries(PAGE_HEADER)) request.setRequestHeader(name, value);
    if (token) request.setRequestHeader("Authorization", `Bearer ${token}`);
    if (sending.idempotencyKey) {
      request.setRequestHeader("Idempotency-Key", sending.idempotencyKey);
    }
    request.upload.onprogress = (event) => {
      // The form around the file adds a few bytes of its own.
      sending.onProgress?.(Math.min(event.loaded, sending.file.size));
    };
    request.onload = () => {
      if (request.status < 400) {
        resolve(JSON.parse(request.responseText) as Answer);
        return;
      }
      if (request.status === 401) tellUnauthenticated();
      reject(
        problemFrom(request.status, request.responseText, (name) =>
          request.getResponseHeader(name),
        ),
      );
    };
    request.onerror = () => {
      reject(offline());
    };
    sending.signal?.addEventListener("abort", () => {
      request.abort();
      reject(new DOMException("the sending was given up", "AbortError"));
    });
    request.send(formOf(sending));
  });
}

function formOf({ file, fields }: Sending): FormData {
  const form = new FormData();
  // The fields first: what is wrong with them is told before the file has come.
  for (const [name, value] of Object.entries(fields)) {
    if (value !== "") form.append(name, value);
  }
  form.append("file", file, file.name);
  return form;
}
