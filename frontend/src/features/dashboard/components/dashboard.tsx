import { Button } from "@mantine/core";
import { Link } from "react-router";
import type { Prediction } from "@/api/predictions";
import { ChartCard, ChartCardSkeleton } from "@/components/chart-card";
import { ErrorState } from "@/components/error-state";
import { Card } from "@/components/card";
import { PageHeader } from "@/components/page-header";
import { formatDate, formatDateTime, plural } from "@/lib/format";
import { predictionPath } from "@/lib/paths";
import { useKept } from "@/lib/use-kept";
import { toggled, useView } from "../filters";
import { useChanges, useNewest, useSummary } from "../queries";
import { type Scope, scopeKey, type Summary } from "../scope";
import { ChangesCard } from "./changes-card";
import { CustomersCard } from "./customers-card";
import { Drivers } from "./drivers";
import { Figures, FiguresSkeleton } from "./figures";
import { ExportMenu } from "./export-menu";
import { FilterBar } from "./filter-bar";
import { Loaded } from "./loaded";
import { NoData } from "./no-data";
import { RetentionHistogram } from "./retention-histogram";
import { RiskBars } from "./risk-bars";

interface Props {
  scope: Scope;
  /** The completed prediction that is shown; absent where it is everyone's latest score. */
  prediction?: Prediction;
}

/** Figures, charts and customers, all over the same choice of customers. */
export function Dashboard({ scope, prediction }: Props) {
  const chosen = useView(scope);
  const { view, set, count } = chosen;
  const query = useSummary(scope, view);
  const kept = useKept(query, scopeKey(scope));
  const newest = useNewest(scope.kind === "latest");
  const comparedId = prediction?.id ?? newest.data?.id ?? null;
  const changes = useChanges(comparedId);
  const compares = comparedId !== null && changes.data !== null;

  const summary = {
    ...kept,
    error: query.error,
    onRetry: () => void query.refetch(),
  };

  if (kept.data?.uploads?.count === 0) {
    return (
      <>
        <PageHeader title="Dashboard" />
        <NoData />
      </>
    );
  }
  return (
    <>
      <PageHeader
        title={prediction?.filename ?? "Dashboard"}
        caption={prediction ? captionOf(prediction) : latestCaption(kept.data)}
        action={
          <>
            {prediction && (
              <Button
                component={Link}
                to={`${predictionPath(prediction.id)}/report`}
                variant="default"
              >
                Quality report
              </Button>
            )}
            <ExportMenu
              scope={scope}
              view={view}
              rows={kept.stale ? undefined : kept.data?.customers}
            />
          </>
        }
      />
      <FilterBar {...chosen} scope={scope} summary={kept.data} />
      <p role="status" className="sr-only">
        {kept.data && !kept.stale && plural(kept.data.customers, "customer")}
        {kept.stale && !query.error && "Updating"}
      </p>

      {kept.data === undefined && query.error ? (
        <Card className="mb-5">
          <ErrorState
            title="The figures could not be loaded"
            error={query.error}
            onRetry={summary.onRetry}
          />
        </Card>
      ) : (
        <div className="mb-5">
          <Loaded what="The figures" {...summary} skeleton={<FiguresSkeleton />}>
            {(data) => <Figures summary={data} filtered={count > 0} />}
          </Loaded>
        </div>
      )}

      <div className="mb-5 grid gap-5 md:grid-cols-5">
        <SummaryCard
          title="Risk distribution"
          help="How many customers are at high, medium and low risk of leaving. Click on a bar to see those alone."
          summary={summary}
          className="md:col-span-2"
        >
          {(data) => (
            <RiskBars
              summary={data}
              chosen={view.risk}
              onChoose={(level) => set({ risk: toggled(view.risk, level) })}
            />
          )}
        </SummaryCard>
        <SummaryCard
          title="Retention"
          help="How many customers have which chance of staying, in steps of ten percent. Those on the left are about to leave. Click on a bar to see those alone."
          summary={summary}
          className="md:col-span-3"
        >
          {(data) => (
            <RetentionHistogram
              summary={data}
              chosen={view.retention}
              onChoose={(bin) => set({ retention: toggled(view.retention, bin) })}
            />
          )}
        </SummaryCard>
      </div>

      <div className="mb-5 grid gap-5 md:grid-cols-5">
        <SummaryCard
          title="Top drivers"
          help="What moves the chance of leaving most, up or down, on average over these customers, in percentage points. It is what the model sees, which is no proof of a cause."
          summary={summary}
          className={compares ? "md:col-span-3" : "md:col-span-5"}
          skeletonHeight="h-96"
        >
          {(data) => <Drivers drivers={data.drivers} wide={!compares} />}
        </SummaryCard>
        {compares && (
          <ChangesCard
            predictionId={comparedId}
            query={changes}
            filename={newest.data?.filename}
            filtered={count > 0}
            className="md:col-span-2"
          />
        )}
      </div>

      <CustomersCard {...chosen} scope={scope} />
    </>
  );
}

interface SummaryCardProps {
  title: string;
  help: string;
  summary: {
    data: Summary | undefined;
    stale: boolean;
    error: unknown;
    onRetry: () => void;
  };
  className: string;
  skeletonHeight?: string;
  children: (data: Summary) => React.ReactNode;
}

/** A card that shows a part of the summary, in whichever state that is. */
function SummaryCard({ title, help, summary, className, ...rest }: SummaryCardProps) {
  const { skeletonHeight = "h-60", children } = rest;
  if (summary.data === undefined && !summary.error) {
    return <ChartCardSkeleton height={skeletonHeight} className={className} />;
  }
  return (
    <ChartCard title={title} help={help} className={className}>
      <Loaded what={title} {...summary} quiet skeleton={null}>
        {children}
      </Loaded>
    </ChartCard>
  );
}

function captionOf({ scored_at, model_version, horizon_days }: Prediction): string {
  return [
    `Scored ${formatDateTime(scored_at)}`,
    model_version && `model ${model_version}`,
    horizon_days && `chance of leaving within ${plural(horizon_days, "day")}`,
  ]
    .filter(Boolean)
    .join(" · ");
}

/** As long while it is on its way, so that nothing below it moves. */
function latestCaption(summary: Summary | undefined): string {
  const last = summary?.uploads?.last_at;
  return `Everyone's latest score · last upload ${last ? formatDate(last) : "…"}`;
}
