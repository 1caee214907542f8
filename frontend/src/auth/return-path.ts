import type { Location } from "react-router";

/** Where to sign in, on the way to `wanted`. */
export function signInPath(
  wanted: Pick<Location, "pathname" | "search">,
  expired: boolean,
): string {
  const query = new URLSearchParams();
  const next = wanted.pathname + wanted.search;
  if (next !== "/") query.set("next", next);
  if (expired) query.set("expired", "1");
  const asked = query.toString();
  return asked ? `/sign-in?${asked}` : "/sign-in";
}

/** The page to show after signing in: the one that was wanted, if it is one of ours. A link from outside could name
 *  any address, so only a path is taken: one slash, and no backslash, which browsers read as a slash. */
export function returnPath(search: URLSearchParams): string {
  const next = search.get("next") ?? "/";
  return /^\/(?![/\\])/.test(next) && !next.includes("\\") ? next : "/";
}
