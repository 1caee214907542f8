/** What the report's figures are called on the page. */

import { CircleAlert, CircleCheck, Info, type LucideIcon, TriangleAlert } from "lucide-react";
import type { components } from "@/api/schema";
import type { Tone } from "@/components/tag";

export type Check = components["schemas"]["Check"];

interface Judgement {
  word: string;
  tone: Tone;
  icon: LucideIcon;
}

const GOOD_FROM = 0.8;
const FAIR_FROM = 0.5;

/** score: 0-1. */
export function scoreJudgement(score: number): Judgement {
  if (score >= GOOD_FROM) return { word: "Good", tone: "good", icon: CircleCheck };
  if (score >= FAIR_FROM) return { word: "Fair", tone: "fair", icon: CircleAlert };
  return { word: "Poor", tone: "bad", icon: TriangleAlert };
}

/** What a check that found something means for the predictions. */
export const SEVERITIES: Record<Check["severity"], Judgement> = {
  fatal: { word: "Stops the file", tone: "bad", icon: TriangleAlert },
  error: { word: "Rows set aside", tone: "bad", icon: TriangleAlert },
  warning: { word: "Costs accuracy", tone: "fair", icon: CircleAlert },
  info: { word: "Worth knowing", tone: "neutral", icon: Info },
};

export const LAYERS: Record<string, string> = {
  schema: "Columns that must be there",
  types: "Cells that can be read",
  ranges: "Values that can be true",
  business_rules: "Columns that agree with each other",
  readiness: "Enough to predict from",
};

/** Below it a cost is told as next to nothing. */
const POINTS_MIN = 0.1;

/** A share of the score, 0.12, in points of 100: "12". */
export function points(share: number): string {
  return (share * 100).toFixed(1).replace(/\.0$/, "");
}

/** What a defect takes off the score: "−12". */
export function costInPoints(share: number): string {
  return share * 100 < POINTS_MIN ? "< 0.1" : `−${points(share)}`;
}

/** What mending gives back, or null where it is next to nothing: "+12 points". */
export function worthInPoints(share: number): string | null {
  return share * 100 < POINTS_MIN ? null : `+${points(share)} points`;
}
