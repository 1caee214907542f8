import { BarList } from "@/components/bar-list";
import { ChartCard } from "@/components/chart-card";
import { Reliability } from "@/components/charts/reliability";
import { columnTitle } from "@/lib/columns";
import { formatPercent } from "@/lib/format";
import type { TrainingReport } from "../report";
import { FiguresTable } from "./figures-table";
import { LearntFrom } from "./learnt-from";
import { LiftPlot } from "./lift-plot";

const WEIGHED = 10;

/** How good a model is, in plots and figures, and why. */
export function ReportView({ report }: { report: TrainingReport }) {
  const { calibration, base_rate: baseRate, importance, figures } = report;
  const total = importance?.reduce((sum, { weight }) => sum + weight, 0) ?? 0;
  return (
    <div className="flex flex-col gap-4 lg:gap-5">
      {calibration && baseRate !== null && (
        <div className="grid gap-4 lg:grid-cols-2 lg:gap-5 [&>*]:min-w-0">
          <ChartCard
            title="Does it find those who leave?"
            help="Customers in ten groups of equal size, from the riskiest to the safest, by a model that had not seen them. The steeper the fall, the more a call to the first groups is worth."
          >
            <LiftPlot calibration={calibration} baseRate={baseRate} />
          </ChartCard>
          <ChartCard
            title="Are its probabilities right?"
            help="Each dot is a tenth of the customers. On the dashed line, as many left as predicted. The bar through a dot is how far chance alone can move it, 95 times in 100."
          >
            <Reliability title="What was stated against what was seen" groups={calibration} />
          </ChartCard>
        </div>
      )}
      {figures && (
        <ChartCard
          title="Figures"
          help="All on customers that the model had not seen. In the likely range the figure would lie 95 times in 100, by chance alone. A split at random shares rows out without regard to time or customer: what it shows beyond the honest split is optimism."
        >
          <FiguresTable report={report} />
        </ChartCard>
      )}
      <div className="grid items-start gap-4 lg:grid-cols-2 lg:gap-5 [&>*]:min-w-0">
        <LearntFrom report={report} />
        {importance && importance.length > 0 && (
          <ChartCard
            title="What weighs most"
            help="How much of all that moves its scores comes from each column, on average over the customers."
          >
            <BarList
              label="Weight of each feature"
              rows={importance.slice(0, WEIGHED).map(({ feature, weight }) => ({
                key: feature,
                label: columnTitle(feature),
                value: weight,
                shown: formatPercent(weight / total, 0),
              }))}
            />
          </ChartCard>
        )}
      </div>
    </div>
  );
}
