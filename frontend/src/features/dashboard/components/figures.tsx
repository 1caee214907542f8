import type { Report } from "@/api/report";
import { MetricCard, MetricCardSkeleton } from "@/components/metric-card";
import { formatCount, formatMoney, formatMoneyRange, formatPercent, plural } from "@/lib/format";
import type { Summary } from "../scope";

/** Two beside each other on a phone, then three and two, then all in a row. The last fills what is left. */
const GRID = "grid grid-cols-2 gap-3 sm:grid-cols-6 sm:gap-4 lg:grid-cols-5";
const THIRD = "grid sm:col-span-2 lg:col-span-1";
const HALF = "grid sm:col-span-3 lg:col-span-1";

interface Props {
  summary: Summary;
  /** Whether filters choose among the customers. */
  filtered: boolean;
  /** Where the rows of the one file went whose customers these are. */
  rows?: Report["rows"];
}

/** The figures that matter most, over the customers that are chosen. */
export function Figures({ summary, filtered, rows }: Props) {
  const { customers, by_risk: risk, uploads } = summary;
  return (
    <div className={GRID}>
      <div className={THIRD}>
        <MetricCard
          label="Total customers"
          value={formatCount(customers)}
          caption={
            filtered
              ? "with these filters"
              : uploads
                ? `in ${plural(uploads.count, "upload")}`
                : rows && rows.quarantined > 0
                  ? `of ${plural(rows.read, "row")} in this file`
                  : "in this file"
          }
          help="Everyone who was scored and fits the filters. Each customer counts once."
        />
      </div>
      <div className={THIRD}>
        <MetricCard
          label="High risk"
          level="high"
          value={formatCount(risk.high)}
          caption={shareOf(risk.high, customers)}
          help="Customers whose chance of leaving is above your threshold for high risk: 70% unless you changed it in Settings."
        />
      </div>
      <div className={THIRD}>
        <MetricCard
          label="Medium risk"
          level="medium"
          value={formatCount(risk.medium)}
          caption={shareOf(risk.medium, customers)}
          help="Customers who could go either way: their chance of leaving is between your thresholds, 40% and 70% unless you changed them in Settings."
        />
      </div>
      <div className={HALF}>
        <MetricCard
          label="Average retention"
          value={formatPercent(summary.average_retention)}
          caption="chance of staying"
          help="The chance of staying, averaged over these customers. Out of 100 like them, about this many are expected to stay."
        />
      </div>
      <div className={`col-span-2 ${HALF}`}>
        <MetricCard
          label="Revenue at risk"
          value={formatMoney(summary.revenue_at_risk)}
          caption={
            summary.revenue_at_risk === null
              ? customers > 0 && (filtered ? "not known for these" : "no revenue in the file")
              : [
                  formatMoneyRange(summary.revenue_at_risk_low, summary.revenue_at_risk_high),
                  "a month",
                ]
                  .filter(Boolean)
                  .join(" ")
          }
          help="What you expect to lose a month if nothing is done: each customer's monthly revenue times the chance of leaving, added up, in your file's currency. The range is what it would be at either end of every customer's interval."
        />
      </div>
    </div>
  );
}

export function FiguresSkeleton() {
  return (
    <div className={GRID} role="status" aria-label="Loading the figures">
      <div className={THIRD}>
        <MetricCardSkeleton label="Total customers" />
      </div>
      <div className={THIRD}>
        <MetricCardSkeleton label="High risk" level="high" />
      </div>
      <div className={THIRD}>
        <MetricCardSkeleton label="Medium risk" level="medium" />
      </div>
      <div className={HALF}>
        <MetricCardSkeleton label="Average retention" />
      </div>
      <div className={`col-span-2 ${HALF}`}>
        <MetricCardSkeleton label="Revenue at risk" />
      </div>
    </div>
  );
}

function shareOf(part: number, whole: number): string {
  if (whole === 0) return "";
  if (part === 0 || part === whole) return part === 0 ? "none" : "all of them";
  return `${formatPercent(part / whole)} of all`;
}
