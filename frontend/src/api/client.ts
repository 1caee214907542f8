/** The one way to the gateway: typed by its OpenAPI, with every fault thrown as a Problem. */

import createClient, { type Middleware } from "openapi-fetch";
import createQueryHooks from "openapi-react-query";
import { takeAhead } from "./ahead";
import { asProblem, problemOf } from "./problem";
import type { paths } from "./schema";
import { bearerToken, tellUnauthenticated } from "./session";

const TIMEOUT_MS = 30_000;

/** Tells the gateway that a page of its own asks: no other site can send it with a person's cookie. */
export const PAGE_HEADER = { "X-Requested-With": "RetainWise" } as const;

/** Where a 401 means a wrong password, not a session that ended. */
const SIGNING_IN = "/api/auth/";

const identity: Middleware = {
  async onRequest({ request }) {
    request.headers.set("X-Requested-With", PAGE_HEADER["X-Requested-With"]);
    const token = await bearerToken();
    if (token) request.headers.set("Authorization", `Bearer ${token}`);
    return request;
  },
};

const problems: Middleware = {
  async onResponse({ request, response }) {
    if (response.ok) return response;
    if (response.status === 401 && !new URL(request.url).pathname.startsWith(SIGNING_IN)) {
      tellUnauthenticated();
    }
    throw await problemOf(response);
  },
  onError({ error }) {
    // A request that its own page gave up is no fault; the query library knows it by its name.
    if (error instanceof DOMException && error.name === "AbortError") return error;
    return asProblem(error);
  },
};

async function impatient(request: Request): Promise<Response> {
  const answered = await takeAhead(request);
  if (answered) return answered;
  return fetch(request, {
    signal: AbortSignal.any([request.signal, AbortSignal.timeout(TIMEOUT_MS)]),
  });
}

export const api = createClient<paths>({
  baseUrl: window.location.origin,
  credentials: "same-origin",
  fetch: impatient,
});
api.use(identity, problems);

/** Hooks over the same client: `$api.useQuery("get", "/api/predictions/{prediction_id}", …)`. */
export const $api = createQueryHooks(api);

/** What a call that succeeded holds. Faults are thrown before, so `data` is there whenever the answer has a body. */
export async function dataOf<T>(call: Promise<{ data?: T }>): Promise<T> {
  return (await call).data as T;
}
