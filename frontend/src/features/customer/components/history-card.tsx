import { ChartCard } from "@/components/chart-card";
import { ChartTable } from "@/components/charts/chart-table";
import { ErrorState } from "@/components/error-state";
import { Skeleton } from "@/components/skeleton";
import { RISK_WORDS } from "@/components/risk-badge";
import { formatDate, formatPercent, formatPercentRange, formatPoints, plural } from "@/lib/format";
import { type CustomerHistory, type Subject, useHistory } from "../queries";
import { HistoryPlot } from "./history-plot";

/** How the chance of leaving went from upload to upload. */
export function HistoryCard({ subject }: { subject: Subject }) {
  const query = useHistory(subject);
  return (
    <ChartCard
      title="History"
      help="This customer's chance of leaving in each upload. The band is the interval: nine times in ten the true chance lies in it."
    >
      {query.data ? (
        <Told history={query.data} here={subject.prediction} />
      ) : query.error ? (
        <ErrorState
          title="The history could not be loaded"
          error={query.error}
          onRetry={() => void query.refetch()}
        />
      ) : (
        <div role="status" aria-label="Loading the history">
          <Skeleton className="h-16 w-full" />
        </div>
      )}
    </ChartCard>
  );
}

function Told({ history, here }: { history: CustomerHistory; here: string }) {
  const scores = history.scores.flatMap((score) =>
    score.churn_probability === null ? [] : [{ ...score, probability: score.churn_probability }],
  );
  const [first, last] = [scores[0], scores.at(-1)];
  if (!first || !last) return <p className="text-sm text-muted">No scores are kept.</p>;
  if (scores.length === 1) {
    return (
      <p className="text-sm text-muted">
        First seen in the upload of {formatDate(first.uploaded_at)}. With the next upload you see
        here which way it goes.
      </p>
    );
  }
  const move = last.probability - first.probability;
  return (
    <>
      <HistoryPlot
        scores={scores}
        here={here}
        sentence={`The chance of leaving over ${plural(scores.length, "upload")}: from ${formatPercent(first.probability)} on ${formatDate(first.uploaded_at)} to ${formatPercent(last.probability)} on ${formatDate(last.uploaded_at)}, ${formatPoints(move)} points.`}
      />
      <ChartTable
        caption="Chance of leaving by upload"
        columns={["Upload", "Leaves", "Interval", "Risk"]}
        rows={scores.map((score) => [
          formatDate(score.uploaded_at),
          formatPercent(score.probability),
          formatPercentRange(score.probability_low, score.probability_high),
          score.risk_level ? RISK_WORDS[score.risk_level] : "",
        ])}
      />
    </>
  );
}
