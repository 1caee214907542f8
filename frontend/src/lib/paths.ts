/** Addresses that more than one part of the page leads to. */

/** The customer of one prediction; `search` keeps the filters of the page that it lies over. */
export function customerPath(predictionId: string, customerId: string, search = ""): string {
  return `${predictionPath(predictionId)}/customers/${encodeURIComponent(customerId)}${search}`;
}

export function predictionPath(predictionId: string): string {
  return `/predictions/${predictionId}`;
}

/** Of a drawer, where there is room for more; a phone's fills the screen. */
export const DRAWER_WIDTH = "46rem";

/** What a link to a drawer carries: the address of the page that stays under it. */
export interface Under {
  under: string;
}

const CUSTOMER = /^(\/predictions\/[^/]+)\/customers\/./;

/** The address of the page under a customer's drawer, which has one of its own: the page that it was opened from, or
 *  its prediction's, for whoever came by a link. null where no drawer is open. */
export function pageUnderDrawer(location: {
  pathname: string;
  search: string;
  state: unknown;
}): string | null {
  const prediction = CUSTOMER.exec(location.pathname)?.[1];
  if (prediction === undefined) return null;
  const under = (location.state as Partial<Under> | null)?.under;
  return typeof under === "string" && under.startsWith("/") ? under : prediction + location.search;
}
