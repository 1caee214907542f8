import type { components } from "@/api/schema";

/** What may be said with a file; "" leaves it to RetainWise. */
export interface UploadChoices {
  industry: "" | components["schemas"]["Industry"];
  /** The day the file describes, such as 2026-05-31. */
  snapshotDate: string;
  /** Percent of customers that left in the last 30 days, as typed. */
  churnPercent: string;
}

export const NO_CHOICES: UploadChoices = { industry: "", snapshotDate: "", churnPercent: "" };

/** Bounds of a rate that can be meant, in percent; the gateway's own. */
const PERCENT_MIN = 0.01;
const PERCENT_MAX = 90;

/** What is wrong with the rate, in a sentence; null where nothing is. */
export function churnFault({ churnPercent }: UploadChoices): string | null {
  if (churnPercent.trim() === "") return null;
  const percent = Number(churnPercent.replace(",", "."));
  return percent >= PERCENT_MIN && percent <= PERCENT_MAX
    ? null
    : `Give a percentage between ${PERCENT_MIN} and ${PERCENT_MAX}, such as 3.`;
}

/** The choices as the form's fields. */
export function fieldsOf(choices: UploadChoices): Record<string, string> {
  const percent = Number(choices.churnPercent.replace(",", "."));
  return {
    industry: choices.industry,
    snapshot_date: choices.snapshotDate,
    churn_rate: choices.churnPercent.trim() === "" ? "" : String(percent / 100),
  };
}
