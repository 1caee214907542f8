import { ChartCard } from "@/components/chart-card";
import { formatMoney } from "@/lib/format";
import type { CustomerDetail } from "../queries";
import { BeforeAfter } from "./before-after";

/** What to do, what that is expected to do, and that it is an estimate. */
export function ActionCard({ customer }: { customer: CustomerDetail }) {
  const { recommendation, action, churn_probability: before, action_probability: after } = customer;
  if (!recommendation) return null;
  const acts = action !== null && before !== null && after !== null;
  return (
    <ChartCard
      title="Recommended action"
      help="Every action that fits this customer was tried in the model; this one is expected to keep the most revenue. It is the model's estimate of what such customers do, no promise that the action causes it."
    >
      <p className="text-base leading-snug font-medium text-pretty">
        {acts ? adviceOf(recommendation) : recommendation}
      </p>
      {acts && (
        <div className="mt-4">
          <BeforeAfter before={before} after={after} />
        </div>
      )}
      {acts && customer.expected_saved_revenue !== null && (
        <p className="mt-3 text-sm text-muted">
          Expected to keep{" "}
          <span className="font-medium text-ink">
            {formatMoney(customer.expected_saved_revenue)} a month
          </span>
          , after any price cut.
        </p>
      )}
    </ChartCard>
  );
}

/** The sentence without its figures, which stand below it. */
function adviceOf(recommendation: string): string {
  const advice = recommendation.split(": by the model", 1)[0] ?? recommendation;
  return `${advice}.`;
}
