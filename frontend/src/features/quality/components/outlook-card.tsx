import type { components } from "@/api/schema";
import { ChartCard } from "@/components/chart-card";
import { formatCount, formatPercent } from "@/lib/format";

type Predictions = components["schemas"]["Predictions"];

/** How right the predictions can be expected to be. */
export function OutlookCard({ predictions }: { predictions: Predictions }) {
  const { estimated_accuracy: outlook, risk, horizon_days } = predictions;
  return (
    <ChartCard
      title="Expected accuracy"
      help="Nobody knows yet who will leave, so this is estimated from the probabilities. It is as good as they are for customers like yours."
    >
      {outlook ? (
        <>
          <dl className="grid grid-cols-2 gap-x-4 gap-y-5 sm:grid-cols-4">
            <Figure
              name="Expected to be right"
              value={formatPercent(outlook.right_share, 0)}
              note="“leaves” or “stays”"
            />
            <Figure
              name="Expected to leave"
              value={formatCount(Math.round(outlook.leavers))}
              note={`within ${horizon_days} days`}
            />
            <Figure
              name="Found in the top tenth"
              value={
                outlook.top_tenth_share === null ? "–" : formatPercent(outlook.top_tenth_share, 0)
              }
              note="of those who will leave"
            />
            <Figure
              name="Ranking (AUC)"
              value={outlook.auc?.toFixed(2) ?? "–"}
              note="0.50 is a coin, 1 is certainty"
            />
          </dl>
          {outlook.assumption && <p className="mt-4 text-sm text-muted">{outlook.assumption}</p>}
        </>
      ) : (
        <p className="text-sm text-muted">There are too few customers to say.</p>
      )}
      <p className="mt-3 text-sm">
        {formatCount(risk.high)} at high risk, {formatCount(risk.medium)} at medium,{" "}
        {formatCount(risk.low)} at low.
      </p>
    </ChartCard>
  );
}

function Figure({ name, value, note }: { name: string; value: string; note: string }) {
  return (
    <div className="flex flex-col">
      <dt className="text-xs text-muted">{name}</dt>
      <dd className="mt-0.5 text-xl font-semibold tracking-tight">{value}</dd>
      <dd className="text-xs text-muted">{note}</dd>
    </div>
  );
}
