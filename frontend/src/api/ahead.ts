/** What index.html asked the gateway while this code was on its way. */

declare global {
  interface Window {
    /** Answers by path and query. Absent where the document is not ours: in tests. */
    askedAhead?: Record<string, Promise<Response>>;
  }
}

/** The answer to this question, if it was asked already: once, so that the next one asks anew. Faults are not taken:
 *  they have their second try where they are understood. */
export async function takeAhead({ method, url, headers }: Request): Promise<Response | null> {
  const { pathname, search } = new URL(url);
  const asked = window.askedAhead?.[pathname + search];
  // Who speaks by a token may be another than the one the cookie names.
  if (!asked || method !== "GET" || headers.has("Authorization")) return null;
  delete window.askedAhead?.[pathname + search];
  const answer = await asked.catch(() => null);
  return answer?.ok ? answer : null;
}

/** Forgets what nobody took: it was said to whoever was here before. */
export function dropAhead(): void {
  window.askedAhead = {};
}
