import { useState } from "react";

/** What a query says: the part of TanStack's result that matters here. */
interface Asked<T> {
  data: T | undefined;
  isError: boolean;
}

interface Kept<T> {
  data: T | undefined;
  /** Whether `data` answers an earlier question: the present one is on its way, or failed. */
  stale: boolean;
}

/** The newest answer about `subject`, also while the present question has none: neither a change of filters nor a
 *  fault ever blanks what was there. Another subject begins with nothing. */
export function useKept<T>({ data }: Asked<T>, subject: string): Kept<T> {
  const [kept, setKept] = useState<{ subject: string; data: T } | null>(null);
  if (data !== undefined && (kept?.data !== data || kept.subject !== subject)) {
    setKept({ subject, data });
  }
  if (data !== undefined) return { data, stale: false };
  return kept?.subject === subject
    ? { data: kept.data, stale: true }
    : { data: undefined, stale: false };
}
