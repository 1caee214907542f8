import { ChevronRight, FileSpreadsheet } from "lucide-react";
import { Link } from "react-router";
import { isUnderWay, type Prediction } from "@/api/predictions";
import { ProgressBar } from "@/components/progress-bar";
import { StatusBadge } from "@/components/status-badge";
import { plainSentence } from "@/lib/columns";
import { formatDateTime, plural } from "@/lib/format";
import { shareOf } from "../steps";

/** One file of the list: all of it leads to the prediction. */
export function PredictionRow({ prediction }: { prediction: Prediction }) {
  const { status, filename, created_at, rows_total, message } = prediction;
  return (
    <li className="border-b border-line last:border-b-0">
      <Link
        to={`/predictions/${prediction.id}`}
        className="flex min-h-18 items-center gap-3 p-4 -outline-offset-2 hover:bg-sunken sm:gap-4 sm:px-5"
      >
        <span className="hidden size-10 shrink-0 items-center justify-center rounded-lg bg-sunken text-muted xs:flex">
          <FileSpreadsheet aria-hidden size={18} />
        </span>
        <span className="min-w-0 flex-1">
          <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <span className="max-w-full truncate text-sm font-medium">{filename}</span>
            <StatusBadge status={status} />
          </span>
          <span className="mt-1 block text-xs text-muted">
            {formatDateTime(created_at)}
            {rows_total !== null && ` · ${plural(rows_total, "row")}`}
          </span>
          {status !== "COMPLETED" && (
            <span className="mt-1 line-clamp-2 text-xs break-words text-muted">
              {plainSentence(
                prediction.error?.message ?? prediction.questions[0]?.message ?? message,
              )}
            </span>
          )}
          {isUnderWay(prediction) && (
            <span className="mt-2 block max-w-sm">
              <ProgressBar share={shareOf(prediction)} label={`Progress of ${filename}`} />
            </span>
          )}
        </span>
        <ChevronRight aria-hidden size={18} className="shrink-0 text-muted" />
      </Link>
    </li>
  );
}
