import { current, type Field, type Mapping, type Said } from "./decisions";

export interface Sorted {
  /** Required, or found in the file: what is shown at once. Required ones first. */
  shown: Field[];
  /** Known to RetainWise and not in the file. */
  missing: Field[];
}

/** The expected columns in the order in which they matter. Those that are asked about stand with the questions.
 *  A field that once was shown stays, so that rows do not jump while they are changed. */
export function sorted(fields: Field[], mapping: Mapping, said: Said): Sorted {
  const asked = new Set(mapping.questions.map((question) => question.canonical));
  const known = fields.filter((field) => !asked.has(field.name));
  const stands = (field: Field) =>
    field.required ||
    said.choices[field.name] !== undefined ||
    current(mapping, { choices: {}, answers: {} }, field.name).kind !== "absent";
  const shown = known.filter(stands);
  return {
    shown: [
      ...shown.filter((field) => field.required),
      ...shown.filter((field) => !field.required),
    ],
    missing: known.filter((field) => !stands(field)),
  };
}

/** Columns of the file that are kept and read by no model; not those that are asked about. */
export function unused(mapping: Mapping, said: Said): string[] {
  const chosen = Object.values(said.choices).flatMap((choice) =>
    choice.kind === "column" ? [choice.column] : [],
  );
  const asked = mapping.questions.flatMap((question) => [
    question.column,
    ...(question.candidates ?? []).map((each) => each.column),
  ]);
  return mapping.mappings
    .filter((each) => {
      if (chosen.includes(each.column) || asked.includes(each.column)) return false;
      const standing =
        each.canonical !== null && current(mapping, said, each.canonical).kind === "column";
      return !standing && each.derivation === null;
    })
    .map((each) => each.column);
}
