/** From what a person chose to what the gateway is told; no component, so that it can be read and tested whole. */

import type { components } from "@/api/schema";

export type Mapping = components["schemas"]["Mapping"];
export type Question = components["schemas"]["Question"];
export type Field = components["schemas"]["DictionaryColumn"];
export type Rulings = components["schemas"]["Answer"]["decisions"];

/** A choice for a field: one of the file's columns, computed from others as proposed, or not in this file. */
export type Choice = { kind: "column"; column: string } | { kind: "computed" } | { kind: "absent" };

/** What a person changed or answered. choices: by canonical column. answers: ids of options, by canonical column. */
export interface Said {
  choices: Record<string, Choice>;
  answers: Record<string, string>;
}

export const NOTHING_SAID: Said = { choices: {}, answers: {} };

export const ABSENT: Choice = { kind: "absent" };
export const COMPUTED: Choice = { kind: "computed" };

/** What RetainWise proposes for a field. */
export function proposed(mapping: Mapping, canonical: string): Choice {
  const column = mapping.mappings.find((each) => each.canonical === canonical)?.column;
  if (column !== undefined) return { kind: "column", column };
  return mapping.derived.some((each) => each.canonical === canonical) ? COMPUTED : ABSENT;
}

/** What holds for a field now: what was said, or what is proposed as long as its column was not given to another. */
export function current(mapping: Mapping, said: Said, canonical: string): Choice {
  const own = said.choices[canonical];
  if (own) return own;
  const choice = proposed(mapping, canonical);
  if (choice.kind !== "column") return choice;
  const taken = Object.values(said.choices).some(
    (each) => each.kind === "column" && each.column === choice.column,
  );
  return taken ? ABSENT : choice;
}

/** The field that a column of the file is now; null for none. */
export function ownerOf(mapping: Mapping, said: Said, column: string): string | null {
  const chosen = Object.entries(said.choices).find(
    ([, choice]) => choice.kind === "column" && choice.column === column,
  );
  if (chosen) return chosen[0];
  const canonical = mapping.mappings.find((each) => each.column === column)?.canonical ?? null;
  return canonical !== null && said.choices[canonical] === undefined ? canonical : null;
}

/** `said` with a choice for one field. What was chosen for another goes, where it is the same column. */
export function choosing(said: Said, canonical: string, choice: Choice): Said {
  const others = Object.entries(said.choices).filter(
    ([name, other]) =>
      name !== canonical &&
      !(choice.kind === "column" && other.kind === "column" && other.column === choice.column),
  );
  return { ...said, choices: { ...Object.fromEntries(others), [canonical]: choice } };
}

/** `said` with how a field's column is read; it is in the file then. */
export function answering(said: Said, canonical: string, answer: string): Said {
  const choices = Object.entries(said.choices).filter(
    ([name, choice]) => name !== canonical || choice.kind !== "absent",
  );
  return {
    choices: Object.fromEntries(choices),
    answers: { ...said.answers, [canonical]: answer },
  };
}

/** Questions that no answer was given to yet. */
export function open(mapping: Mapping, said: Said): Question[] {
  return mapping.questions.filter((question) =>
    question.kind === "reading"
      ? said.answers[question.canonical] === undefined && !movedAway(question, said)
      : said.choices[question.canonical] === undefined,
  );
}

/** Whether a question about how to read a column is moot: another column was chosen, or none. */
function movedAway(question: Question, said: Said): boolean {
  const choice = said.choices[question.canonical];
  return choice !== undefined && !(choice.kind === "column" && choice.column === question.column);
}

/** What the gateway is told: every answer, and every field that is not as proposed. */
export function rulingsOf(mapping: Mapping, said: Said): Rulings {
  const rulings: Rulings = {};
  for (const [canonical, choice] of Object.entries(said.choices)) {
    if (choice.kind === "computed") continue;
    rulings[canonical] = choice.kind === "column" ? choice.column : null;
  }
  for (const question of mapping.questions) {
    const answer = said.answers[question.canonical];
    if (question.kind !== "reading" || answer === undefined || movedAway(question, said)) continue;
    const column = rulings[question.canonical];
    rulings[question.canonical] = typeof column === "string" ? { column, answer } : { answer };
  }
  return rulings;
}
