import type { Prediction } from "@/api/predictions";

export interface Step {
  title: string;
  /** What it does, in a sentence. */
  about: string;
  state: "done" | "now" | "ahead" | "stopped";
}

const PASSES: { pass: Prediction["current_pass"]; title: string; about: string }[] = [
  {
    pass: "understand",
    title: "Understand the columns",
    about: "Which column is what, whatever it is called.",
  },
  {
    pass: "prepare",
    title: "Prepare the rows",
    about: "Dates, amounts and repeated rows brought into one form, and checked.",
  },
  {
    pass: "score",
    title: "Score the customers",
    about: "The chance of leaving, the reasons, and what to do.",
  },
];

/** The way of a prediction, step by step, as far as it has come. */
export function stepsOf(prediction: Prediction): Step[] {
  const reached = PASSES.findIndex((each) => each.pass === prediction.current_pass);
  const passes = PASSES.map(({ title, about }, place): Step => {
    if (prediction.status === "COMPLETED" || place < reached)
      return { title, about, state: "done" };
    if (place > reached) return { title, about, state: "ahead" };
    return { title, about, state: prediction.status === "FAILED" ? "stopped" : "now" };
  });
  return [{ title: "Receive the file", about: "", state: "done" }, ...passes];
}

/** How much of the present step is done, 0 to 1; null where it cannot be said. */
export function shareOf(prediction: Prediction): number | null {
  if (prediction.status !== "PROCESSING" || !prediction.rows_total) return null;
  return Math.min(1, prediction.rows_done / prediction.rows_total);
}
