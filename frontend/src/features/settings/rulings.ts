/** What is remembered of a header row, as it is edited: one saying a canonical column. */

import type { Profile, Rulings } from "./queries";

export interface Saying {
  canonical: string;
  /** The file's column; null: not in such files. undefined: nothing was said of it. */
  column: string | null | undefined;
  /** The option that was chosen for how it is read. */
  answer: string | null;
}

/** The profile's decisions, brought together by canonical column. */
export function sayingsOf({ decisions }: Profile): Saying[] {
  const found = new Map<string, Saying>();
  for (const { canonical, column, answer } of decisions) {
    const saying = found.get(canonical) ?? { canonical, column: undefined, answer: null };
    if (answer === null) saying.column = column;
    else {
      saying.answer = answer;
      // A word on how a column is read may name it; it never says that there is none.
      if (column !== null) saying.column = column;
    }
    found.set(canonical, saying);
  }
  return [...found.values()];
}

/** The sayings as the gateway takes them. */
export function rulingsOf(sayings: Saying[]): Rulings {
  return Object.fromEntries(
    sayings.map(({ canonical, column, answer }) => {
      if (answer === null) return [canonical, column ?? null];
      return [canonical, column === undefined ? { answer } : { column, answer }];
    }),
  );
}
