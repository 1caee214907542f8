import { Button } from "@mantine/core";
import { Link } from "react-router";
import type { Prediction } from "@/api/predictions";
import { useReport } from "@/api/report";
import { ErrorState } from "@/components/error-state";
import { Card } from "@/components/card";
import { PageHeader } from "@/components/page-header";
import { plural } from "@/lib/format";
import { predictionPath } from "@/lib/paths";
import { useKept } from "@/lib/use-kept";
import { captionOf } from "../caption-of";
import { toggled, useView } from "../filters";
import { useSummary } from "../queries";
import { type Scope, scopeKey } from "../scope";
import { CustomersCard } from "./customers-card";
import { DriversRow } from "./drivers-row";
import { Figures, FiguresSkeleton } from "./figures";
import { ExportMenu } from "./export-menu";
import { FileNotes } from "./file-notes";
import { FilterBar } from "./filter-bar";
import { LatestCaption } from "./latest-caption";
import { Loaded } from "./loaded";
import { NoData } from "./no-data";
import { RetentionHistogram } from "./retention-histogram";
import { RiskBars } from "./risk-bars";
import { SummaryCard } from "./summary-card";

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
  // The customers' card says it, with the way back; charts of nobody would say nothing, or what is not so.
  const nobody = kept.data?.customers === 0 && (count > 0 || kept.stale);
  const report = useReport(prediction?.id ?? "", prediction !== undefined);
  const summary = { ...kept, error: query.error, onRetry: () => void query.refetch() };

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
        caption={
          prediction ? (
            captionOf(prediction)
          ) : (
            <LatestCaption lastAt={kept.data?.uploads?.last_at} />
          )
        }
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
            {(data) => <Figures summary={data} filtered={count > 0} rows={report.data?.rows} />}
          </Loaded>
        </div>
      )}

      {prediction && <FileNotes prediction={prediction} report={report.data} />}

      {!nobody && (
        <>
          <div className="mb-5 grid gap-5 md:grid-cols-5">
            <SummaryCard
              title="Risk distribution"
              help="How many customers are at high, medium and low risk of leaving. Click a bar to see only those."
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
              help="How many customers have which chance of staying, in steps of ten percent. Those on the left are about to leave. Click a bar to see only those."
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

          <DriversRow prediction={prediction} summary={summary} filtered={count > 0} />
        </>
      )}

      <CustomersCard {...chosen} scope={scope} />
    </>
  );
}
