import type { Report } from "@/api/report";
import { ChartCard } from "@/components/chart-card";
import { Tag } from "@/components/tag";
import { plainSentence } from "@/lib/columns";
import { costInPoints, points, scoreJudgement } from "../words";

const LISTED = 5;

/** The score, and what each defect takes off it. */
export function ScoreCard({ report }: { report: Report }) {
  const { word, tone, icon } = scoreJudgement(report.score);
  const costs = [...report.score_costs].sort((left, right) => right.cost - left.cost);
  const rest = costs.slice(LISTED);
  const shown = points(report.score);
  return (
    <ChartCard
      title="Quality score"
      help="100 is a file with every column the model can use and no flaw in any row. Each defect takes off what it costs the predictions."
    >
      <p className="flex items-center gap-3">
        <span className="text-4xl leading-none font-semibold tracking-tight">{shown}</span>
        <span className="text-sm text-muted">of 100</span>
        <Tag tone={tone} icon={icon}>
          {word}
        </Tag>
      </p>
      <div
        role="img"
        aria-label={`A score of ${shown} of 100; defects take off ${points(1 - report.score)}.`}
        className="mt-4 flex h-2.5 gap-0.5 overflow-hidden rounded-full"
      >
        <div className="h-full bg-neutral-mark" style={{ flexGrow: Math.max(0, report.score) }} />
        {costs
          .filter((cost) => cost.cost >= 0.005)
          .map((cost) => (
            <div
              key={cost.check}
              className="h-full bg-medium-mark"
              style={{ flexGrow: cost.cost }}
            />
          ))}
      </div>
      {costs.length === 0 ? (
        <p className="mt-4 text-sm text-muted">Nothing takes anything off.</p>
      ) : (
        <ul className="mt-4 flex flex-col gap-3 text-sm">
          {costs.slice(0, LISTED).map((cost) => (
            <li key={cost.check} className="flex items-baseline justify-between gap-4">
              <span className="min-w-0 break-words">{plainSentence(cost.message)}</span>
              <span className="shrink-0 font-medium whitespace-nowrap text-medium">
                {costInPoints(cost.cost)}
              </span>
            </li>
          ))}
          {rest.length > 0 && (
            <li className="flex justify-between gap-4 text-muted">
              <span>{rest.length} more</span>
              <span className="font-medium">
                {costInPoints(rest.reduce((sum, cost) => sum + cost.cost, 0))}
              </span>
            </li>
          )}
        </ul>
      )}
    </ChartCard>
  );
}
