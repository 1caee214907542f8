import { ChevronRight } from "lucide-react";
import { Link } from "react-router";
import { StatusBadge } from "@/components/status-badge";
import type { Prediction } from "@/api/predictions";

/** The way back to files that are still worked on; nothing where there are none. */
export function Unfinished({ unfinished }: { unfinished: Prediction[] }) {
  if (unfinished.length === 0) return null;
  return (
    <ul aria-label="Files that are not finished" className="mt-4 flex flex-col gap-2">
      {unfinished.map((prediction) => (
        <li key={prediction.id}>
          <Link
            to={`/predictions/${prediction.id}`}
            className="flex min-h-12 items-center gap-3 rounded-lg border border-line bg-surface px-4 py-2 text-sm hover:bg-sunken"
          >
            <span className="flex min-w-0 flex-1 flex-wrap items-center gap-x-3 gap-y-1">
              <span className="max-w-full truncate font-medium">{prediction.filename}</span>
              <StatusBadge status={prediction.status} />
            </span>
            <ChevronRight aria-hidden size={16} className="shrink-0 text-muted" />
          </Link>
        </li>
      ))}
    </ul>
  );
}
