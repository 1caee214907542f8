import type { components } from "@/api/schema";
import { BarList } from "@/components/bar-list";
import { ChartCard } from "@/components/chart-card";
import { columnTitle } from "@/lib/columns";
import { formatCount, formatPercent } from "@/lib/format";

type Predictions = components["schemas"]["Predictions"];

/** How right the predictions can be expected to be, and what the file's missing columns cost them. */
export function OutlookCard({ predictions }: { predictions: Predictions }) {
  const { estimated_accuracy: outlook, risk, horizon_days } = predictions;
  return (
    <ChartCard
      title="Expected accuracy"
      help="Nobody has left yet, so this is reckoned from the probabilities alone. It holds as far as they do for customers like yours."
    >
      {outlook ? (
        <>
          <dl className="grid grid-cols-2 gap-x-4 gap-y-5 sm:grid-cols-4">
            <Figure
              name="Calls that will be right"
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
      <MissingCosts predictions={predictions} />
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

function MissingCosts({ predictions }: { predictions: Predictions }) {
  const { missing_features: missing, missing_costs: costs = [] } = predictions;
  if (missing.length === 0) return null;
  const known = costs.filter((cost) => cost.auc > 0);
  const unknown = missing.filter((name) => !known.some((cost) => cost.feature === name));
  return (
    <div className="mt-5 border-t border-line pt-4">
      <h3 className="text-sm font-semibold">What the model would also read</h3>
      {known.length > 0 && (
        <>
          <p className="mt-1 mb-3 text-xs text-muted">
            Points of ranking (AUC) that other customers lost without it, the dearest first. They do
            not add up: columns often say the same.
          </p>
          <BarList
            label="What each missing feature costs"
            fill="bg-medium-mark"
            rows={known.map((cost) => ({
              key: cost.feature,
              label: columnTitle(cost.feature),
              value: cost.auc,
              shown: `−${(cost.auc * 100).toFixed(1)}`,
            }))}
          />
        </>
      )}
      {unknown.length > 0 && (
        <p className="mt-3 text-sm text-muted">
          {known.length > 0 ? "Without a cost that was seen: " : ""}
          {unknown.map(columnTitle).join(", ")}.
        </p>
      )}
    </div>
  );
}
