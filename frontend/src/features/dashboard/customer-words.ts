import { formatPercent, sentenceCase } from "@/lib/format";
import { planTitle } from "@/lib/plans";
import type { CustomerRow } from "./scope";

/** What the customer is called, and what stands quietly below: the id where the name is above it, and the plan. */
export function nameOf({ customer_id, customer_name, plan }: CustomerRow) {
  return {
    name: customer_name ?? customer_id ?? "Without an id",
    below: [customer_name && customer_id, plan && planTitle(plan)],
  };
}

export function reasonOf({ top_risk_factor }: CustomerRow): string {
  return top_risk_factor ? sentenceCase(top_risk_factor) : "–";
}

/** The recommendation's first half, what to do; its second half, what that does, is shown as figures. All of it where
 *  there is nothing to do. */
export function actionOf({ action, recommendation, ...customer }: CustomerRow) {
  if (!recommendation) return { advice: "–", effect: "" };
  if (!action) return { advice: recommendation, effect: "" };
  const after = formatPercent(customer.action_probability, 0);
  return {
    advice: recommendation.split(": by the model", 1)[0] ?? recommendation,
    effect: `${formatPercent(customer.churn_probability, 0)} → ${after}`,
  };
}
