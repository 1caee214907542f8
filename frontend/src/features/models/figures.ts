/** What a model's figures are called, how they are written, and how they are read. */

import { formatPercent } from "@/lib/format";

export interface FigureWords {
  name: string;
  title: string;
  /** How to read it, in a sentence. */
  help: string;
  write(value: number): string;
}

const share = (value: number) => formatPercent(value);

/** In the order in which they are shown. */
export const FIGURES: FigureWords[] = [
  {
    name: "auc",
    title: "Ranking (AUC)",
    help: "How often someone who left was ranked above someone who stayed. 0.50 is a coin, 1 never errs.",
    write: (value) => value.toFixed(3),
  },
  {
    name: "lift_at_10_percent",
    title: "Lift in the top tenth",
    help: "How many times as often as the average the tenth ranked riskiest left.",
    write: (value) => `${value.toFixed(1)}×`,
  },
  {
    name: "churners_captured_at_10_percent",
    title: "Leavers in the top tenth",
    help: "Of all who left, how many were in the tenth ranked riskiest.",
    write: share,
  },
  {
    name: "revenue_captured_at_10_percent",
    title: "Lost revenue in the top tenth",
    help: "Of the revenue that left, how much was in the tenth ranked riskiest.",
    write: share,
  },
  {
    name: "brier",
    title: "Brier score",
    help: "The squared error of the probabilities; less is better.",
    write: (value) => value.toFixed(4),
  },
  {
    name: "log_loss",
    title: "Log loss",
    help: "How surprised the probabilities were by what happened; less is better.",
    write: (value) => value.toFixed(4),
  },
  {
    name: "calibration_error",
    title: "Calibration error",
    help: "How far stated probabilities lie from what was seen, on average over groups; less is better.",
    write: share,
  },
  {
    name: "accuracy",
    title: "Right predictions",
    help: "How many predictions of “leaves” or “stays” were right. Where few leave, always saying “stays” is often right too.",
    write: share,
  },
];
