import { useQuery } from "@tanstack/react-query";
import { useParams } from "react-router";
import { predictionQuery } from "@/api/predictions";
import { useReport } from "@/api/report";
import { ErrorState } from "@/components/error-state";
import { PageHeader } from "@/components/page-header";
import { TextLink } from "@/components/text-link";
import { formatDateTime } from "@/lib/format";
import { ChecksCard } from "./components/checks-card";
import { ColumnsCard } from "./components/columns-card";
import { DerivationsCard } from "./components/derivations-card";
import { DriftCard } from "./components/drift-card";
import { MissingCard } from "./components/missing-card";
import { OutlookCard } from "./components/outlook-card";
import { ReadingCard } from "./components/reading-card";
import { ReportActions } from "./components/report-actions";
import { ReportSkeleton } from "./components/report-skeleton";
import { RowsCard } from "./components/rows-card";
import { ScoreCard } from "./components/score-card";
import { ShadowCard } from "./components/shadow-card";
import { SuggestionsCard } from "./components/suggestions-card";
import "./print.css";

/** How good one prediction's file was: what was understood, what was wrong with it, what to mend first. */
export default function ReportPage() {
  const { prediction: id = "" } = useParams();
  const { data: prediction } = useQuery(predictionQuery(id));
  const report = useReport(id);

  if (report.isError) {
    return (
      <ErrorState
        page
        title="The report could not be loaded"
        error={report.error}
        onRetry={() => void report.refetch()}
      />
    );
  }
  if (!prediction || !report.data) return <ReportSkeleton />;
  const { filename, scored_at, model_version } = prediction;
  const told = report.data;
  return (
    <>
      <PageHeader
        title="Data quality"
        caption={
          <>
            <span className="break-all">{filename}</span> · scored {formatDateTime(scored_at)} ·
            model {model_version}
          </>
        }
        action={<ReportActions id={id} filename={filename} />}
      />
      <div data-print="hide" className="mb-4 text-sm">
        <TextLink to={`/predictions/${id}`}>Back to the prediction</TextLink>
      </div>
      <div className="grid items-start gap-4 lg:grid-cols-5 lg:gap-5">
        <div className="flex min-w-0 flex-col gap-4 lg:col-span-2 lg:gap-5">
          <ScoreCard report={told} />
          <RowsCard id={id} report={told} />
          <MissingCard predictions={told.predictions} />
        </div>
        <div className="flex min-w-0 flex-col gap-4 lg:col-span-3 lg:gap-5">
          <SuggestionsCard suggestions={told.suggestions} />
          <OutlookCard predictions={told.predictions} />
        </div>
      </div>
      <div className="mt-4 flex flex-col gap-4 lg:mt-5 lg:gap-5">
        <ReadingCard report={told} />
        <ChecksCard checks={told.checks} />
        <ColumnsCard report={told} />
        <DerivationsCard derivations={told.derivations ?? []} />
        {told.predictions.drift && <DriftCard drift={told.predictions.drift} />}
        {told.predictions.shadow && <ShadowCard shadow={told.predictions.shadow} />}
      </div>
    </>
  );
}
