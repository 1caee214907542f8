import type { components } from "@/api/schema";
import { BarList } from "@/components/bar-list";
import { ChartCard } from "@/components/chart-card";
import { columnTitle } from "@/lib/columns";

type Predictions = components["schemas"]["Predictions"];

const LISTED = 6;

/** Of AUC. Below it a cost is a rounding. */
const COST_MIN = 0.0005;

/** What the model would read beside what the file has, and what it costs that it cannot. Nothing where it has all. */
export function MissingCard({ predictions }: { predictions: Predictions }) {
  const { missing_features: missing, missing_costs: costs = [] } = predictions;
  if (missing.length === 0) return null;
  const dear = costs.filter((cost) => cost.auc >= COST_MIN).slice(0, LISTED);
  const others = missing.filter((name) => !dear.some((cost) => cost.feature === name));
  return (
    <ChartCard
      title="What the model would also read"
      help="Points of ranking (AUC) that customers whom the model had not seen lost without it. They do not add up: one column often says what another says."
    >
      {dear.length > 0 && (
        <BarList
          label="What each missing feature costs"
          fill="bg-medium-mark"
          rows={dear.map((cost) => ({
            key: cost.feature,
            label: columnTitle(cost.feature),
            value: cost.auc,
            shown: `−${(cost.auc * 100).toFixed(1)}`,
          }))}
        />
      )}
      {others.length > 0 && (
        <p className="mt-4 text-sm text-muted first:mt-0">
          {dear.length > 0 ? "At little or no cost that was seen: " : ""}
          {others.map(columnTitle).join(", ")}.
        </p>
      )}
    </ChartCard>
  );
}
