/** What may be said with a file to learn from, as the form holds it. */

export interface TrainingChoices {
  industry: "" | "saas" | "telecom";
  snapshotDate: string;
  horizonDays: string;
  promote: "auto" | "never";
}

export const NO_CHOICES: TrainingChoices = {
  industry: "",
  snapshotDate: "",
  horizonDays: "",
  promote: "auto",
};

const HORIZON_DAYS_MAX = 366;

/** What is wrong with the days, or null. */
export function horizonFault({ horizonDays }: TrainingChoices): string | null {
  if (horizonDays.trim() === "") return null;
  const days = Number(horizonDays);
  return Number.isInteger(days) && days >= 1 && days <= HORIZON_DAYS_MAX
    ? null
    : `A whole number of days from 1 to ${HORIZON_DAYS_MAX}`;
}

/** The form's fields as the gateway wants them; blank ones mean nothing was said. */
export function fieldsOf(choices: TrainingChoices): Record<string, string> {
  return {
    industry: choices.industry,
    snapshot_date: choices.snapshotDate,
    horizon_days: choices.horizonDays.trim(),
    promote: choices.promote,
  };
}
