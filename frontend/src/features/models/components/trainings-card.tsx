import { ChevronRight } from "lucide-react";
import { Link } from "react-router";
import { ChartCard } from "@/components/chart-card";
import { StatusBadge } from "@/components/status-badge";
import { formatDateTime } from "@/lib/format";
import type { Training } from "../queries";

/** The last trainings, each with where it stands. */
export function TrainingsCard({ trainings }: { trainings: Training[] }) {
  return (
    <ChartCard
      title="Trainings"
      help="Each file that a model was learnt from, and what came of it."
    >
      <ul className="-my-2 flex flex-col divide-y divide-line">
        {trainings.map((training) => (
          <li key={training.id}>
            <Link
              to={`/models/trainings/${training.id}`}
              className="group flex min-h-11 items-center gap-3 py-3 text-sm"
            >
              <span className="min-w-0 flex-1">
                <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
                  <span className="font-medium break-all group-hover:text-brand">
                    {training.filename}
                  </span>
                  <StatusBadge status={training.status} />
                </span>
                <span className="mt-0.5 block break-words text-muted">{training.message}</span>
                <span className="block text-xs text-muted">
                  {formatDateTime(training.created_at)}
                </span>
              </span>
              <ChevronRight aria-hidden size={16} className="shrink-0 text-muted" />
            </Link>
          </li>
        ))}
      </ul>
    </ChartCard>
  );
}
