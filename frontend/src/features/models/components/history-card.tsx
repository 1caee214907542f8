import { GraduationCap, Undo2, UserRound } from "lucide-react";
import { ChartCard } from "@/components/chart-card";
import { industryTitle } from "@/lib/columns";
import { formatDateTime } from "@/lib/format";
import type { ModelList } from "../queries";

type Change = ModelList["history"][number];

/** Who put which model to use, the last change first. */
export function HistoryCard({ history }: { history: Change[] }) {
  return (
    <ChartCard title="History" help="Every change of the model in use.">
      <ol className="flex flex-col gap-4">
        {history.map((change, place) => {
          const Icon = change.rollback ? Undo2 : byTraining(change) ? GraduationCap : UserRound;
          return (
            <li key={place} className="flex gap-3 text-sm">
              <span
                aria-hidden
                className="flex size-8 shrink-0 items-center justify-center rounded-full bg-sunken text-muted"
              >
                <Icon size={16} />
              </span>
              <div className="min-w-0">
                <p>{sentenceOf(change)}</p>
                <p className="text-xs text-muted">{formatDateTime(change.at)}</p>
              </div>
            </li>
          );
        })}
      </ol>
    </ChartCard>
  );
}

function byTraining({ by }: Change): boolean {
  return by?.startsWith("training:") ?? false;
}

function sentenceOf(change: Change): string {
  const { version, previous, industry, rollback } = change;
  const name = industryTitle(industry);
  if (rollback)
    return `${name}: back from ${previous ?? "another"} to ${version ?? "the baseline"}.`;
  const before = previous ? `instead of ${previous}` : "instead of the baseline";
  const why = byTraining(change) ? "as it was better beyond chance" : "by hand";
  return `${name}: ${version} ${before}, ${why}.`;
}
