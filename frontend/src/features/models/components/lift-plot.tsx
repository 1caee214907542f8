import { ChartTable } from "@/components/charts/chart-table";
import { ColumnsPlot } from "@/components/charts/columns-plot";
import { formatCount, formatPercent } from "@/lib/format";
import { type Tenth, tenths, type TrainingReport } from "../report";

const ORDINALS = new Intl.PluralRules("en", { type: "ordinal" });
const ENDINGS: Record<string, string> = { one: "st", two: "nd", few: "rd", other: "th" };

interface Props {
  calibration: NonNullable<TrainingReport["calibration"]>;
  baseRate: number;
}

/** How often each tenth left, from the one ranked riskiest on, beside the average. */
export function LiftPlot({ calibration, baseRate }: Props) {
  const groups = tenths(calibration);
  return (
    <>
      <ColumnsPlot
        columns={groups.map((group) => ({
          key: String(group.rank),
          label: ordinal(group.rank),
          value: group.seen,
          fill: group.lift > 1 ? "fill-high-mark" : "fill-neutral-mark",
          tip: told(group),
        }))}
        sentence={`How often each tenth of the customers left, ranked from the riskiest; on average ${formatPercent(baseRate)} left. ${groups.map(told).join("; ")}.`}
        height={280}
        gap={0.2}
        format={(value) => formatPercent(value, 0)}
        reference={{ value: baseRate, label: `average ${formatPercent(baseRate)}` }}
        axisTitle="Tenths of the customers, riskiest first"
      />
      <ChartTable
        caption="How often each tenth left"
        columns={["Tenth", "Left", "Times the average", "Of all leavers, so far", "Customers"]}
        rows={groups.map((group) => [
          ordinal(group.rank),
          formatPercent(group.seen),
          `${group.lift.toFixed(1)}×`,
          formatPercent(group.captured),
          formatCount(group.rows),
        ])}
      />
    </>
  );
}

function told({ rank, seen, lift, captured }: Tenth): string {
  return `${ordinal(rank)} tenth: ${formatPercent(seen)} left, ${lift.toFixed(1)} times the average; ${formatPercent(captured, 0)} of all leavers so far`;
}

function ordinal(rank: number): string {
  return `${rank}${ENDINGS[ORDINALS.select(rank)] ?? "th"}`;
}
