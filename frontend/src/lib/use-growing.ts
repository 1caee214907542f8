import { startTransition, useEffect, useState } from "react";

/** The first of a long list, and all of it as soon as the browser has a moment: what is on the screen does not wait for
 *  what is below it. Only once: later lists come whole. */
export function useGrowing<T>(list: T[] | undefined, first: number): T[] {
  const [whole, setWhole] = useState(false);
  const begun = list !== undefined;
  useEffect(() => {
    if (begun) startTransition(() => setWhole(true));
  }, [begun]);
  return whole ? (list ?? []) : (list ?? []).slice(0, first);
}
