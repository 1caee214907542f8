/** Ties the API client to whoever signs people in, without either importing the other. */

type TokenSource = () => Promise<string | null>;

const noToken: TokenSource = () => Promise.resolve(null);

let tokenSource = noToken;
const listeners = new Set<() => void>();

/** Says where requests get a bearer token from; null: from nowhere, as a cookie speaks for the person. */
export function setTokenSource(source: TokenSource | null): void {
  tokenSource = source ?? noToken;
}

export function bearerToken(): Promise<string | null> {
  return tokenSource();
}

/** Calls `listener` whenever the gateway answers that it does not know who asks. Returns the way to stop that. */
export function onUnauthenticated(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function tellUnauthenticated(): void {
  for (const listener of listeners) listener();
}
